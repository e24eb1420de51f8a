import type { Case, Decision, Withdrawal } from "./case.ts";
import { DEFAULT_QUEUE } from "./routing.ts";

/** Minutes in which a decision can be undone without giving a reason. */
export const UNDO_MINUTES = 10;
/** Withdrawn decisions that a case remembers; the log remembers all. */
const MOST_PAST = 5;

export interface Withdrawing {
  readonly by: string;
  readonly now: Date;
}

export type Withdrawn =
  | { readonly kind: "withdrawn"; readonly case: Case }
  /** It is over, or somebody decided otherwise since, or nobody has decided. */
  | { readonly kind: "changed" | "late" | "not_yours"; readonly case: Case };

/** The decision that holds: the last one made, be it an escalation. */
export const standing = (current: Case): Decision | undefined =>
  current.state === "decided" ? current.decision : current.state === "open" ? current.escalation : undefined;

function withdraw(current: Case, made: Withdrawal): Case {
  const { decision: _, claim: __, ...rest } = current;
  const kind = made.how === "undone" ? ("decision.undone" as const) : ("case.reopened" as const);
  const next = {
    ...rest,
    state: "open" as const,
    version: current.version + 1,
    past: [made, ...(current.past ?? [])].slice(0, MOST_PAST),
    last: { kind, decision: made.decision.id },
  };
  if (made.decision.outcome !== "escalate") return next;
  const { escalation: ___, escalatedFrom, ...before } = next;
  return { ...before, queue: escalatedFrom ?? DEFAULT_QUEUE };
}

const wasWithdrawn = (current: Case, id: string): boolean =>
  current.past?.some(({ decision }) => decision.id === id) ?? false;

/**
 * The case as if this decision had not been made, back in its lane with the waiting time that it had. Within ten minutes,
 * by whoever decided or a lead. Undoing again what is undone changes nothing.
 */
export function undoDecision(current: Case, id: string, isLead: boolean, { by, now }: Withdrawing): Withdrawn {
  const made = standing(current);
  if (made?.id !== id) return { kind: wasWithdrawn(current, id) ? "withdrawn" : "changed", case: current };
  if (made.by !== by && !isLead) return { kind: "not_yours", case: current };
  if (now.getTime() - new Date(made.at).getTime() > UNDO_MINUTES * 60_000) return { kind: "late", case: current };
  return { kind: "withdrawn", case: withdraw(current, { decision: made, how: "undone", by, at: now.toISOString() }) };
}

/** A decided case opened again, at any time, for a reason. */
export function reopenCase(
  current: Case,
  reason: NonNullable<Withdrawal["reason"]>,
  seenVersion: number,
  { by, now }: Withdrawing,
): Withdrawn {
  const { decision: made } = current;
  const [latest] = current.past ?? [];
  // Sent twice because its answer was late.
  if (latest?.how === "reopened" && latest.by === by && current.state === "open" && current.version === seenVersion + 1)
    return { kind: "withdrawn", case: current };
  if (current.state !== "decided" || !made || current.version !== seenVersion)
    return { kind: "changed", case: current };
  return {
    kind: "withdrawn",
    case: withdraw(current, { decision: made, how: "reopened", reason, by, at: now.toISOString() }),
  };
}
