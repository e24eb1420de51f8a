import { createHash } from "node:crypto";
import * as z from "zod";
import { claim } from "./claim.ts";
import { type ItemRef, itemRef, tenantId, timestamp } from "./id.ts";
import { labelName } from "./label.ts";
import { type Reversal, reversal } from "./reversal.ts";
import { ESCALATIONS } from "./routing.ts";
import { contentDigest, lane, type Verdict, verdict } from "./verdict.ts";

/** `correct`: what the policy did stands, for other labels. `escalate` closes nothing: seniors and leads decide. */
export const OUTCOMES = ["uphold", "overturn", "correct", "escalate"] as const;
export const outcome = z.enum(OUTCOMES);

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

/** The id of a case: made from an item's identity. */
export const caseId = z.string().regex(/^[A-Za-z0-9_-]{22}$/);

/** A member of a cluster that is judged otherwise than the rest. */
export const exception = z.strictObject({
  case: caseId,
  outcome: z.enum(["uphold", "overturn"]),
  reason: z.enum(DECISION_REASONS),
});

/** A moderator's judgement of a case. The note is sealed where it is stored: it may quote people. */
export const decision = z.strictObject({
  id: z.string().max(64),
  outcome,
  reason: decisionReason,
  by: z.string().max(64),
  at: timestamp,
  note: z.string().optional(),
  /** With `correct`: the labels as they should be. */
  labels: z.array(labelName).max(12).optional(),
  exceptions: z.array(exception).max(50).optional(),
});
export type Decision = z.infer<typeof decision>;

/** Why a decided case is opened again. */
export const REOPEN_REASONS = ["appeal", "new_evidence", "wrong_decision", "quality_check"] as const;

/** A decision that no longer holds. */
export const withdrawal = z.strictObject({
  decision,
  how: z.enum(["undone", "reopened"]),
  reason: z.enum(REOPEN_REASONS).optional(),
  by: z.string().max(64),
  at: timestamp,
});
export type Withdrawal = z.infer<typeof withdrawal>;

/** What happened to a case last that others are told of; `id` is that of the decision it is about. */
export const lastEvent = z.strictObject({
  kind: z.enum(["decision.made", "decision.undone", "case.reopened"]),
  decision: z.string().max(64),
});

/** A verdict as its case keeps it: what the case says itself is not said twice. */
export const verdictOfCase = z.object(
  verdict.omit({ tenant: true, ref: true, queue: true, lane: true, cluster: true }).shape,
);

/**
 * One flagged item, or a cluster of them, waiting for people. `version` grows by one with every change of what was
 * decided; who holds the case and how large its cluster is may change without.
 */
export const moderationCase = z
  .strictObject({
    tenant: tenantId,
    id: caseId,
    /**
     * `erased`: its author asked to be forgotten; what was decided stays, under a pseudonym. `joined`: the item is
     * decided with its cluster, which is another case.
     */
    state: z.enum(["open", "decided", "erased", "joined"]),
    queue: verdict.shape.queue,
    lane,
    ref: itemRef,
    verdict: verdictOfCase,
    openedAt: timestamp,
    version: z.int().min(1),
    decision: decision.optional(),
    /** How the action was taken back, where an undo did. */
    reversed: reversal.optional(),
    claim: claim.optional(),
    /** Its key, and how many items it has, the first included. */
    cluster: z.strictObject({ key: contentDigest, size: z.int().min(1) }).optional(),
    joined: caseId.optional(),
    /** Who passed it on, and from which queue. */
    escalation: decision.optional(),
    escalatedFrom: verdict.shape.queue.optional(),
    /** The newest first. */
    past: z.array(withdrawal).max(5).optional(),
    last: lastEvent.optional(),
  })
  .meta({ id: "Case" });
export type Case = z.infer<typeof moderationCase>;

/** An item of a cluster, beside its first: as much of it as those who are told of decisions need. */
export const clusterMember = z
  .strictObject({
    /** The item's own case, which shows it whole. */
    case: caseId,
    /** The first item is 1; a decision is about the numbers given out before it. */
    number: z.int().min(2),
    ref: itemRef,
    openedAt: timestamp,
    action: verdict.shape.action,
    labels: z.array(labelName).max(12),
    policy: verdict.shape.policy,
  })
  .meta({ id: "ClusterMember" });
export type ClusterMember = z.infer<typeof clusterMember>;

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
export function openCase(made: Verdict, now: Date, inQueue = made.queue): Case {
  const { tenant, ref, queue: _, lane: inLane, cluster, ...rest } = made;
  return {
    tenant,
    id: caseIdOf(tenant, ref),
    state: "open",
    queue: inQueue,
    lane: inLane,
    ref,
    verdict: rest,
    openedAt: now.toISOString(),
    version: 1,
    ...(cluster ? { cluster: { key: cluster, size: 1 } } : {}),
  };
}

export type Decided =
  | { readonly kind: "decided"; readonly case: Case }
  | { readonly kind: "already"; readonly case: Case }
  | { readonly kind: "escalated"; readonly case: Case }
  | { readonly kind: "stale"; readonly case: Case };

/**
 * What a decision makes of a case. `stale`: the moderator saw another version. `already`: someone decided before; the
 * same decision sent again (by id) is `decided` once more, so that a lost answer can be asked for again. An escalation
 * moves the case to its own queue, where it waits as long as it has; `escalated`: it was passed on before.
 */
export function decide(current: Case, made: Decision, seenVersion: number): Decided {
  const before = [current.decision, current.escalation].find((one) => one?.id === made.id);
  // The same request again; another judgement under its id must not pass for made.
  if (before?.outcome === made.outcome && before.reason === made.reason) return { kind: "decided", case: current };
  if (current.state !== "open") return { kind: "already", case: current };
  if (current.version !== seenVersion) return { kind: "stale", case: current };
  const { claim: _, ...rest } = current;
  const next = { ...rest, version: current.version + 1, last: { kind: "decision.made", decision: made.id } } as const;
  if (made.outcome !== "escalate") return { kind: "decided", case: { ...next, state: "decided", decision: made } };
  if (current.escalation) return { kind: "escalated", case: current };
  return {
    kind: "decided",
    case: { ...next, queue: ESCALATIONS, escalation: made, escalatedFrom: current.queue },
  };
}

/** Receivers know decisions by their id: one for each case that an undo closes. */
export const decisionIdOf = (undo: string, caseId: string): string => `${undo.replace(":", "-")}-${caseId}`;

/**
 * A case whose action was taken back. One that asks for nobody any more is closed as overturned; one with a milder action
 * stays open for a person.
 * @param others whether other items wait in its cluster: then the case stays open for them
 */
export function reverseCase(current: Case, made: Reversal, others = false): Case {
  const { claim: _, ...rest } = current;
  const reversed = { ...rest, reversed: made, version: current.version + 1 };
  if (made.to !== "allow" || others) return reversed;
  const { joined: __, ...own } = reversed;
  const id = decisionIdOf(made.by, current.id);
  return {
    ...own,
    state: "decided",
    decision: { id, outcome: "overturn", reason: UNDONE, by: made.by, at: made.at },
    last: { kind: "decision.made", decision: id },
  };
}

/**
 * A case after its author was erased: a pseudonym for the author, wherever they are named, no note that could quote
 * them. It leaves its lane.
 * @param others whether items of others wait in its cluster: then the case stays open for them
 */
export function eraseAuthor(current: Case, pseudonym: string, others = false): Case {
  const { decision: made, escalation, past, claim: _, ...rest } = current;
  const { audience } = current.verdict;
  const waits = current.state === "open" && others;
  return {
    ...rest,
    state: waits ? "open" : "erased",
    ref: current.ref.kind === "audience" ? { ...current.ref, id: pseudonym } : current.ref,
    verdict: {
      ...current.verdict,
      authorId: pseudonym,
      ...(audience ? { audience: { ...audience, account: pseudonym } } : {}),
    },
    version: current.version + 1,
    ...(made ? { decision: withoutNote(made) } : {}),
    ...(escalation ? { escalation: withoutNote(escalation) } : {}),
    ...(past ? { past: past.map((one) => ({ ...one, decision: withoutNote(one.decision) })) } : {}),
  };
}

function withoutNote({ note: _, ...kept }: Decision): Decision {
  return kept;
}
