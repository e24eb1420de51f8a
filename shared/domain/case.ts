import { createHash } from "node:crypto";
import * as z from "zod";
import { type ItemRef, itemRef, tenantId, timestamp } from "./id.ts";
import { type Reversal, reversal } from "./reversal.ts";
import { lane, type Verdict, verdict } from "./verdict.ts";

export const outcome = z.enum(["uphold", "overturn"]);

/** The policy reason that a decision must name. */
export const DECISION_REASONS = [
  "violates_policy",
  "severe_harm",
  "context_acceptable",
  "wrongly_detected",
  "honest_criticism",
  "counter_speech",
  "quoted_or_reported",
  "other",
] as const;

/** The reason of a decision that no moderator makes: what the verdict rested on was undone. */
export const UNDONE = "cause_undone";
export const decisionReason = z.enum([...DECISION_REASONS, UNDONE]);

/** A moderator's judgement of a case. The note is sealed where it is stored: it may quote people. */
export const decision = z.strictObject({
  id: z.string().max(64),
  outcome,
  reason: decisionReason,
  by: z.string().max(64),
  at: timestamp,
  note: z.string().optional(),
});
export type Decision = z.infer<typeof decision>;

/** A verdict as its case keeps it: what the case says itself is not said twice. */
export const verdictOfCase = z.object(verdict.omit({ tenant: true, ref: true, queue: true, lane: true }).shape);

/** One flagged item (later: a cluster) waiting for people. `version` grows by one with every change. */
export const moderationCase = z
  .strictObject({
    tenant: tenantId,
    id: z.string().regex(/^[A-Za-z0-9_-]{22}$/),
    /** `erased`: its author asked to be forgotten; what was decided stays, under a pseudonym. */
    state: z.enum(["open", "decided", "erased"]),
    queue: verdict.shape.queue,
    lane,
    ref: itemRef,
    verdict: verdictOfCase,
    openedAt: timestamp,
    version: z.int().min(1),
    decision: decision.optional(),
    /** How the action was taken back, where an undo did. */
    reversed: reversal.optional(),
  })
  .meta({ id: "Case" });
export type Case = z.infer<typeof moderationCase>;

/**
 * The id of the case of a flagged revision: made from its identity, so that a repeat finds the same case. An account's
 * audience is one case, whatever its version: its verdict evolves while the case waits.
 */
export const caseIdOf = (tenant: string, { kind, id, revision }: ItemRef): string =>
  createHash("sha256")
    .update(`${tenant}#${kind}#${id}#${kind === "audience" ? "" : revision}`)
    .digest("base64url")
    .slice(0, 22);

/**
 * How what outlives an erasure calls an item: an account whose audience was judged by its case's id, from which nobody can
 * tell whose it is; everything else by its ref. `AudienceVerdicts.accountNamed` knows the account until it is erased.
 */
export const lastingRef = (tenant: string, ref: ItemRef): ItemRef =>
  ref.kind === "audience" ? { ...ref, id: caseIdOf(tenant, ref) } : ref;

/** The id of the case of what a lasting ref calls. */
export const caseIdOfLasting = (tenant: string, ref: ItemRef): string =>
  ref.kind === "audience" ? ref.id : caseIdOf(tenant, ref);

/** Does a verdict need a person? */
export const needsReview = (made: Pick<Verdict, "action">): boolean => made.action !== "allow";

/** Evidence of harm to a child is under legal hold: neither it nor its words may be erased on request. */
export const isUnderLegalHold = ({ action, labels }: Pick<Verdict, "action" | "labels">): boolean =>
  action !== "allow" && labels.some(({ label }) => label === "child_safety");

/** The case that a flagged verdict opens: the same verdict always gives the same case, so a repeat opens none twice. */
export function openCase(made: Verdict, now: Date): Case {
  const { tenant, ref, queue, lane: inLane, ...rest } = made;
  return {
    tenant,
    id: caseIdOf(tenant, ref),
    state: "open",
    queue,
    lane: inLane,
    ref,
    verdict: rest,
    openedAt: now.toISOString(),
    version: 1,
  };
}

export type Decided =
  | { readonly kind: "decided"; readonly case: Case }
  | { readonly kind: "already"; readonly case: Case }
  | { readonly kind: "stale"; readonly case: Case };

/**
 * What a decision makes of a case. `stale`: the moderator saw another version. `already`: someone decided before; the
 * same decision sent again (by id) is `decided` once more, so that a lost answer can be asked for again.
 */
export function decide(current: Case, made: Decision, seenVersion: number): Decided {
  if (current.decision?.id === made.id) return { kind: "decided", case: current };
  if (current.state !== "open") return { kind: "already", case: current };
  if (current.version !== seenVersion) return { kind: "stale", case: current };
  return { kind: "decided", case: { ...current, state: "decided", decision: made, version: current.version + 1 } };
}

/** Receivers know decisions by their id: one for each case that an undo closes. */
export const decisionIdOf = (undo: string, caseId: string): string => `${undo.replace(":", "-")}-${caseId}`;

/**
 * A case whose action was taken back. One that asks for nobody any more is closed as overturned; one with a milder action
 * stays open for a person.
 */
export function reverseCase(current: Case, made: Reversal): Case {
  const reversed = { ...current, reversed: made, version: current.version + 1 };
  if (made.to !== "allow") return reversed;
  return {
    ...reversed,
    state: "decided",
    decision: { id: decisionIdOf(made.by, current.id), outcome: "overturn", reason: UNDONE, by: made.by, at: made.at },
  };
}

/**
 * A case after its author was erased: a pseudonym for the author, wherever they are named, no note that could quote
 * them, out of every lane.
 */
export function eraseAuthor(current: Case, pseudonym: string): Case {
  const { decision: made, ...rest } = current;
  const { note: _, ...kept } = made ?? {};
  const { audience } = current.verdict;
  return {
    ...rest,
    state: "erased",
    ref: current.ref.kind === "audience" ? { ...current.ref, id: pseudonym } : current.ref,
    verdict: {
      ...current.verdict,
      authorId: pseudonym,
      ...(audience ? { audience: { ...audience, account: pseudonym } } : {}),
    },
    version: current.version + 1,
    ...(made ? { decision: decision.parse(kept) } : {}),
  };
}
