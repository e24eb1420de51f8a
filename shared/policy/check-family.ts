import { checkPolicy, type PolicyCheck, type PolicyFault } from "./check-policy.ts";
import { inheritedRules } from "./inherited-rules.ts";
import { DEEPEST, type PolicyDocument } from "./policy-document.ts";
import type { PolicySource } from "./policy-source.ts";

export type FindPolicy = (id: string) => PolicyDocument | undefined;

export interface PolicyFaults {
  readonly ok: false;
  readonly faults: readonly PolicyFault[];
}

const inheritsFault = (message: string, fix: string): PolicyFaults => ({
  ok: false,
  faults: [{ pointer: "/inherits", message, fix }],
});

/**
 * What a policy inherits from, nearest first.
 * @param find the policies that there are, the built-in ones among them
 */
export function parentsOf(
  document: Pick<PolicyDocument, "id" | "inherits">,
  find: FindPolicy,
): { readonly ok: true; readonly parents: readonly PolicyDocument[] } | PolicyFaults {
  const parents: PolicyDocument[] = [];
  for (let id = document.inherits; id !== undefined; ) {
    if (id === document.id || parents.some((parent) => parent.id === id))
      return inheritsFault("the policies inherit from each other in a circle", "let one of them inherit from a root");
    if (parents.length + 1 >= DEEPEST)
      return inheritsFault(`more than ${DEEPEST} policies in one chain`, "inherit from one that is nearer to the root");
    const parent = find(id);
    if (!parent)
      return inheritsFault(
        parents.length === 0 ? "no such policy" : "what it inherits from inherits from a policy that is not there",
        "inherit from touchstone-default, or save (and activate) the parent first",
      );
    parents.push(parent);
    id = parent.inherits;
  }
  return { ok: true, parents };
}

/**
 * Checks a document against what it inherits from among the policies that there are.
 * @param source where its values stand in the text that it was read from
 */
export function checkWithin(document: unknown, find: FindPolicy, source?: PolicySource): PolicyCheck {
  // Read before it is known to be a policy at all: what it inherits from decides what its conditions may name.
  const family = parentsOf(inheritanceOf(document), find);
  if (!family.ok)
    return { ok: false, faults: family.faults.map((fault) => ({ ...fault, ...source?.placeOf(["inherits"]) })) };
  // A text would be read as JSON, and what it inherits from was not looked up.
  const given = typeof document === "string" ? null : document;
  return checkPolicy(given, { parents: family.parents, ...(source ? { source } : {}) });
}

function inheritanceOf(document: unknown): Pick<PolicyDocument, "id" | "inherits"> {
  const { id, inherits } = (typeof document === "object" ? (document ?? {}) : {}) as Record<string, unknown>;
  return { id: typeof id === "string" ? id : "", ...(typeof inherits === "string" ? { inherits } : {}) };
}

function inheritsFrom({ inherits }: PolicyDocument, wanted: string, find: FindPolicy): boolean {
  let id = inherits;
  for (let steps = 0; id !== undefined && steps <= DEEPEST; steps += 1) {
    if (id === wanted) return true;
    id = find(id)?.inherits;
  }
  return false;
}

/**
 * A policy that inherits, as it is checked when something else changes: without the names in `disable` that nothing
 * inherited bears. To whoever writes it such a name is a mistake; there it must not keep a parent from being rolled back.
 */
function asHeir(heir: PolicyDocument, find: FindPolicy): PolicyDocument {
  const family = parentsOf(heir, find);
  if (heir.disable === undefined || !family.ok) return heir;
  const names = new Set(inheritedRules(family.parents.map((document) => ({ document }))).map(({ name }) => name));
  return { ...heir, disable: heir.disable.filter((name) => names.has(name)) };
}

/** A policy that would not hold any more, and why. */
export interface BrokenPolicy {
  readonly id: string;
  readonly faults: readonly PolicyFault[];
}

export type ActiveDocuments = ReadonlyMap<string, PolicyDocument>;

export interface ActiveChange {
  /** The policy that is activated, rolled back or deactivated. */
  readonly id: string;
  /** It decided before as it is: then only what inherits from it is checked. */
  readonly wasActive?: boolean | undefined;
  readonly before: ActiveDocuments;
  readonly after: ActiveDocuments;
}

/**
 * Would the active policies still hold together? Checks the changed one and whatever inherits from it, but for what did
 * not hold before either; the others stand as they stood. Of policies that inherit from nothing, only one may take the
 * place of the built-in root.
 * @param builtIn the policies that come with Touchstone
 */
export function brokenBy(
  { id, wasActive = false, before, after }: ActiveChange,
  builtIn: ActiveDocuments,
): BrokenPolicy | undefined {
  const findAmong =
    (documents: ActiveDocuments): FindPolicy =>
    (wanted) =>
      documents.get(wanted) ?? builtIn.get(wanted);
  const find = findAmong(after);
  const own = after.get(id);
  const roots = [...after.values()].filter(({ inherits }) => inherits === undefined);
  if (own && roots.includes(own) && roots.length > 1) {
    const message = "another policy that inherits from nothing is active, and there is one root";
    return { id, faults: [{ pointer: "/inherits", message, fix: "let it inherit, or deactivate the other" }] };
  }
  if (own && !wasActive) {
    const checked = checkWithin(own, find);
    if (!checked.ok) return { id, faults: checked.faults };
  }
  for (const heir of after.values()) {
    if (!inheritsFrom(heir, id, find)) continue;
    const checked = checkWithin(asHeir(heir, find), find);
    if (!checked.ok && checkWithin(asHeir(heir, findAmong(before)), findAmong(before)).ok)
      return { id: heir.id, faults: checked.faults };
  }
  return undefined;
}
