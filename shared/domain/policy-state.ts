import * as z from "zod";
import { timestamp } from "./id.ts";

/** Policies of one tenant that can be active at once. */
export const MOST_ACTIVE = 50;
/** Candidates that can run in shadow beside them: each is evaluated for every item. */
export const MOST_SHADOWS = 3;
/** Changes that the state itself remembers; the store keeps a row of each for good. */
const MOST_HISTORY = 50;
/** Versions of one policy that can be rolled back through, one after the other. */
const MOST_EARLIER = 20;

const policyId = z.string().max(60);
export const policyVersion = z.int().min(1).max(99_999_999);
/** Who did it: a member, or `key:ID` for a key of the tenant. */
const author = z.string().max(80);
const note = z.string().max(500);

const activation = z.strictObject({
  id: policyId,
  version: policyVersion,
  by: author,
  at: timestamp,
  note,
  /** Versions that were active before, the latest last: what a rollback leads back to. */
  earlier: z.array(policyVersion).max(MOST_EARLIER),
});

const shadow = z.strictObject({ id: policyId, version: policyVersion, by: author, at: timestamp });

export const policyEvent = z
  .strictObject({
    /** Of the state that the change led to. */
    epoch: z.int().min(1),
    event: z.enum(["activated", "rolled_back", "deactivated", "shadow_started", "shadow_stopped"]),
    id: policyId,
    /** The version that is active, or in shadow, from now on; left out where none is. */
    version: policyVersion.optional(),
    /** The version that was active until now. */
    from: policyVersion.optional(),
    by: author,
    at: timestamp,
    note: note.optional(),
  })
  .meta({ id: "PolicyEvent" });
export type PolicyEvent = z.infer<typeof policyEvent>;

/** Which policies decide about a tenant's items: one row, changed as a whole, `epoch` by one each time. */
export const policyState = z.strictObject({
  epoch: z.int().min(0),
  active: z.array(activation).max(MOST_ACTIVE),
  shadows: z.array(shadow).max(MOST_SHADOWS),
  /** Newest first. */
  history: z.array(policyEvent).max(MOST_HISTORY),
});
export type PolicyState = z.infer<typeof policyState>;

/** What a tenant has that never activated anything: the built-in policy alone. */
export const NO_POLICIES: PolicyState = { epoch: 0, active: [], shadows: [], history: [] };

/** A version of a policy as an identity; its document is elsewhere and never changes. */
export interface VersionOf {
  readonly id: string;
  readonly version: number;
}

export interface Author {
  /** A member, or `key:ID`. */
  readonly by: string;
  /** RFC 3339. */
  readonly at: string;
}

export type Change =
  | { readonly kind: "next"; readonly state: PolicyState }
  /** It is so already. */
  | { readonly kind: "unchanged" }
  | { readonly kind: "full" }
  /** There is nothing to lead back to, or nothing to end. */
  | { readonly kind: "nothing" };

/** The state after a change, with the change in its history. */
function afterEvent(
  state: PolicyState,
  event: Omit<PolicyEvent, "epoch">,
  changed: Partial<Omit<PolicyState, "epoch" | "history">>,
): PolicyState {
  const epoch = state.epoch + 1;
  return { ...state, ...changed, epoch, history: [{ epoch, ...event }, ...state.history].slice(0, MOST_HISTORY) };
}

const isOf =
  ({ id, version }: VersionOf) =>
  (one: VersionOf): boolean =>
    one.id === id && one.version === version;

const activeOf = (state: PolicyState, id: string) => state.active.find((one) => one.id === id);
const withoutPolicy = (state: PolicyState, id: string) => state.active.filter((one) => one.id !== id);

/** Makes a version the active one of its policy. What ran in shadow and is active now is no shadow any more. */
export function activate(state: PolicyState, made: VersionOf, who: Author & { readonly note: string }): Change {
  const { id, version } = made;
  const before = activeOf(state, id);
  if (before?.version === version) return { kind: "unchanged" };
  if (!before && state.active.length >= MOST_ACTIVE) return { kind: "full" };
  const earlier = before ? [...before.earlier, before.version].slice(-MOST_EARLIER) : [];
  const event = { event: "activated", id, version, ...(before ? { from: before.version } : {}), ...who } as const;
  const isThis = isOf(made);
  return {
    kind: "next",
    state: afterEvent(state, event, {
      active: [...withoutPolicy(state, id), { id, version, ...who, earlier }],
      shadows: state.shadows.filter((one) => !isThis(one)),
    }),
  };
}

/** Ends a policy: its items fall to what it inherited from. */
export function deactivate(state: PolicyState, id: string, who: Author & { readonly note: string }): Change {
  const before = activeOf(state, id);
  if (!before) return { kind: "nothing" };
  const event = { event: "deactivated", id, from: before.version, ...who } as const;
  return { kind: "next", state: afterEvent(state, event, { active: withoutPolicy(state, id) }) };
}

const ENDS = ["activated", "rolled_back", "deactivated"];

/**
 * Leads a policy back by one step: to the version that was active before, to none where it was activated only once, and
 * out of a deactivation. Another rollback leads further back, never forward again.
 */
export function rollBack(state: PolicyState, id: string, who: Author & { readonly note: string }): Change {
  const before = activeOf(state, id);
  const active = withoutPolicy(state, id);
  if (before) {
    const version = before.earlier.at(-1);
    const event = { event: "rolled_back", id, from: before.version, ...who } as const;
    if (version === undefined) return { kind: "next", state: afterEvent(state, event, { active }) };
    const next = { id, version, ...who, earlier: before.earlier.slice(0, -1) };
    return { kind: "next", state: afterEvent(state, { ...event, version }, { active: [...active, next] }) };
  }
  const last = state.history.find((one) => one.id === id && ENDS.includes(one.event));
  if (last?.event !== "deactivated" || last.from === undefined) return { kind: "nothing" };
  if (state.active.length >= MOST_ACTIVE) return { kind: "full" };
  const version = last.from;
  const event = { event: "rolled_back", id, version, ...who } as const;
  return {
    kind: "next",
    state: afterEvent(state, event, { active: [...active, { id, version, ...who, earlier: [] }] }),
  };
}

/** Lets a version run beside the active policies, without effect. */
export function startShadow(state: PolicyState, made: VersionOf, { by, at }: Author): Change {
  if (state.shadows.some(isOf(made)) || state.active.some(isOf(made))) return { kind: "unchanged" };
  if (state.shadows.length >= MOST_SHADOWS) return { kind: "full" };
  const { id, version } = made;
  const event = { event: "shadow_started", id, version, by, at } as const;
  return { kind: "next", state: afterEvent(state, event, { shadows: [...state.shadows, { id, version, by, at }] }) };
}

export function stopShadow(state: PolicyState, made: VersionOf, { by, at }: Author): Change {
  const isThis = isOf(made);
  if (!state.shadows.some(isThis)) return { kind: "nothing" };
  const event = { event: "shadow_stopped", id: made.id, version: made.version, by, at } as const;
  return {
    kind: "next",
    state: afterEvent(state, event, { shadows: state.shadows.filter((one) => !isThis(one)) }),
  };
}

export interface Standing {
  readonly active?: {
    readonly version: number;
    readonly by: string;
    readonly at: string;
    readonly note: string;
    /** What a rollback leads back to. */
    readonly previous?: number;
  };
  readonly shadows: { readonly version: number; readonly by: string; readonly at: string }[];
}

/** What a state says of one policy. */
export function standingOf(state: PolicyState, id: string): Standing {
  const shadows = state.shadows.flatMap(({ id: of, ...one }) => (of === id ? [one] : []));
  const own = activeOf(state, id);
  if (!own) return { shadows };
  const { version, by, at, note, earlier } = own;
  const previous = earlier.at(-1);
  return { active: { version, by, at, note, ...(previous === undefined ? {} : { previous }) }, shadows };
}
