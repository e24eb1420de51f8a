import type { routes } from "../../shared/contracts/routes.ts";
import {
  activate,
  type Change,
  deactivate,
  MOST_ACTIVE,
  MOST_SHADOWS,
  type PolicyState,
  rollBack,
  standingOf,
  startShadow,
  stopShadow,
} from "../../shared/domain/policy-state.ts";
import { brokenBy } from "../../shared/policy/check-family.ts";
import { hiddenBy } from "../../shared/policy/hidden-policy.ts";
import type { UseCase } from "../../shared/runtime/http-stack.ts";
import { activeDocuments, builtInDocuments, documentOf } from "../../shared/runtime/policy-documents.ts";
import { requestFaults } from "../../shared/runtime/policy-faults.ts";
import { answer, notFound, type Result, refuse } from "../../shared/runtime/result.ts";
import type { Policies } from "../../shared/store/policies.ts";

type Ports = Pick<Policies, "get" | "active" | "change">;

const noVersion = () =>
  notFound("This tenant has no such version of a policy.", "save it first: POST /v1/policies/{id}/versions");

/** Says how things stand to somebody who lost a race, or who saw another state. */
function changed(state: PolicyState, id: string): Result<never> {
  const { active } = standingOf(state, id);
  const now = active ? `${id} is active in version ${active.version} since ${active.at}` : `${id} is not active`;
  return refuse("policy_changed", `The policies are at epoch ${state.epoch}: ${now}.`, [
    { pointer: "/expectedEpoch", detail: "somebody was faster", fix: "read the policies again before you change them" },
  ]);
}

function refusedBy(broken: NonNullable<ReturnType<typeof brokenBy>>, id: string): Result<never> {
  const faults = requestFaults(broken.faults, "/document");
  if (broken.id === id)
    return refuse("policy_invalid", "Beside the policies that are active this version does not hold.", faults);
  return refuse("policy_in_use", `The active policy ${broken.id} inherits from this one and would not hold any more.`, [
    {
      pointer: "path:/id",
      detail: `${broken.id} would break: ${faults.map(({ detail }) => detail).join("; ")}`,
      fix: `activate a version of ${broken.id} that holds with both, or deactivate ${broken.id} first`,
    },
  ]);
}

const unreadable = (id: string) =>
  refuse("policy_invalid", `This version of ${id} is no policy for the Touchstone that runs here.`, [
    { pointer: "path:/id", detail: "saved by another version of Touchstone", fix: "save it again, then activate that" },
  ]);

interface Together {
  readonly refused?: Result<never>;
  /** What is nearer to every item that the policy is for. */
  readonly hiddenBy?: string | undefined;
}

/** Whether a state may come about: its policies have to hold with what they inherit from. */
async function heldTogether(
  policies: Ports,
  { tenant, id, version, wasActive }: Wanted,
  now: PolicyState,
  next: PolicyState,
): Promise<Together> {
  const documents = ({ active }: PolicyState) => activeDocuments(policies, tenant, active);
  const [before, active] = await Promise.all([documents(now), documents(next)]);
  const after = new Map(active);
  let decides = next.active.some((one) => one.id === id);
  // A shadow decides as if it were the active version of its policy.
  const shadow = next.shadows.find((one) => one.id === id && one.version === version);
  if (shadow) {
    decides = true;
    after.delete(id);
    const document = await documentOf(policies, tenant, shadow);
    if (document) after.set(id, document);
  }
  if (decides && !after.has(id)) return { refused: unreadable(id) };
  const broken = brokenBy({ id, wasActive, before, after }, builtInDocuments);
  return broken ? { refused: refusedBy(broken, id) } : { hiddenBy: hiddenBy(id, active) };
}

interface Wanted {
  readonly tenant: string;
  readonly id: string;
  /** A version that has to be there. */
  readonly version?: number;
  readonly expectedEpoch?: number | undefined;
  /** It leads back: what decided before may decide again, even if it would not be let in today. */
  readonly wasActive?: boolean;
  /** It takes only something away that decided nothing. */
  readonly isHarmless?: boolean;
  readonly nothing: string;
}

/**
 * Changes the tenant's state by one conditional write, after making sure that every active policy that is concerned holds
 * with what it inherits from. Documents never change, so what was checked is what the write makes true.
 */
async function changeState(policies: Ports, wanted: Wanted, next: (state: PolicyState) => Change) {
  const { tenant, id, version, expectedEpoch } = wanted;
  const state = await policies.active(tenant, true);
  if (version !== undefined && !(await policies.get(tenant, id, version))) return noVersion();
  if (expectedEpoch !== undefined && expectedEpoch !== state.epoch) return changed(state, id);
  const change = next(state);
  if (change.kind === "unchanged") return standing(state, id, false);
  if (change.kind === "nothing") return notFound(wanted.nothing, "GET /v1/policies shows how each policy stands");
  if (change.kind === "full")
    return refuse("policy_limit", `At most ${MOST_ACTIVE} policies are active and ${MOST_SHADOWS} run in shadow.`, [
      { pointer: "path:/id", detail: "one too many", fix: "deactivate another one, or end another shadow, first" },
    ]);
  const held: Together = wanted.isHarmless ? {} : await heldTogether(policies, wanted, state, change.state);
  if (held.refused) return held.refused;
  if (!(await policies.change(tenant, change.state))) return changed(await policies.active(tenant, true), id);
  return standing(change.state, id, true, held.hiddenBy);
}

const standing = (state: PolicyState, id: string, isChanged: boolean, hidden?: string) =>
  answer({
    id,
    epoch: state.epoch,
    changed: isChanged,
    ...standingOf(state, id),
    ...(hidden === undefined ? {} : { hiddenBy: hidden }),
  });

const NOT_ACTIVE = "This tenant has no such active policy.";

export function activatePolicy(policies: Ports): UseCase<(typeof routes)["activate-policy"]> {
  return ({ caller: { tenant, actor }, params: { id }, body: { version, note, expectedEpoch }, now }) => {
    const who = { by: actor, at: now.toISOString(), note };
    const wanted = { tenant, id, version, expectedEpoch, nothing: NOT_ACTIVE };
    return changeState(policies, wanted, (state) => activate(state, { id, version }, who));
  };
}

export function rollBackPolicy(policies: Ports): UseCase<(typeof routes)["roll-back-policy"]> {
  return ({ caller: { tenant, actor }, params: { id }, body: { note, expectedEpoch }, now }) => {
    const who = { by: actor, at: now.toISOString(), note };
    const nothing = "This tenant has no such policy that could be rolled back.";
    const wanted = { tenant, id, expectedEpoch, wasActive: true, nothing };
    return changeState(policies, wanted, (state) => rollBack(state, id, who));
  };
}

export function deactivatePolicy(policies: Ports): UseCase<(typeof routes)["deactivate-policy"]> {
  return ({ caller: { tenant, actor }, params: { id }, body: { note, expectedEpoch }, now }) => {
    const who = { by: actor, at: now.toISOString(), note };
    const wanted = { tenant, id, expectedEpoch, nothing: NOT_ACTIVE };
    return changeState(policies, wanted, (state) => deactivate(state, id, who));
  };
}

export function changeShadow(policies: Ports): UseCase<(typeof routes)["shadow-policy"]> {
  return ({ caller: { tenant, actor }, params: { id }, body: { version, run }, now }) => {
    const who = { by: actor, at: now.toISOString() };
    const wanted = { tenant, id, version, isHarmless: !run, nothing: "This version does not run in shadow." };
    const step = run ? startShadow : stopShadow;
    return changeState(policies, wanted, (state) => step(state, { id, version }, who));
  };
}
