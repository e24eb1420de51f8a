import type { Exception, Judgement, Label, Outcome, Reason } from "./case-record.ts";

/** What somebody is about to decide of a case. */
export interface Draft {
  /** Of the decision to be: sent again with it, it is done once. */
  readonly actId: string;
  readonly outcome?: Outcome | undefined;
  readonly reason?: Reason | undefined;
  readonly note: string;
  /** A note for others, not yet added. */
  readonly forOthers: string;
  /** With `correct`: the labels as they should be. */
  readonly labels: readonly Label[];
  /** Items of a cluster that are judged the other way, by the id of their case, with the reason of that. */
  readonly exceptions: Readonly<Record<string, Exception["reason"]>>;
}

export const emptyDraft = (labels: readonly Label[] = []): Draft => ({
  actId: crypto.randomUUID(),
  note: "",
  forOthers: "",
  labels,
  exceptions: {},
});

/** The other way: what an exception of this outcome is; undefined where an outcome has no exceptions. */
export function otherWay(outcome: Outcome | undefined): Exception["outcome"] | undefined {
  if (outcome === undefined || outcome === "escalate") return undefined;
  return outcome === "overturn" ? "uphold" : "overturn";
}

/** What is still to be said before a draft can be sent; undefined where nothing is. */
export function missingIn({
  outcome,
  reason,
  note,
  labels,
}: Pick<Draft, "outcome" | "reason" | "note" | "labels">): string | undefined {
  if (outcome === undefined) return "Choose an outcome.";
  if (reason === undefined) return "Choose a reason.";
  if (outcome === "correct" && labels.length === 0) return "Name at least one label.";
  if (reason === "other" && note.trim() === "") return "Say the reason in a note.";
  return undefined;
}

/** The decision that a complete draft makes of a version of its case. */
export function judgementOf(draft: Draft, version: number): Judgement | undefined {
  const { actId, outcome, reason, note, labels, exceptions } = draft;
  if (missingIn(draft) !== undefined || outcome === undefined || reason === undefined) return undefined;
  const other = otherWay(outcome);
  const others = Object.entries(exceptions).map(([id, why]) => ({ case: id, reason: why }));
  return {
    id: actId,
    version,
    outcome,
    reason,
    ...(note.trim() !== "" && { note: note.trim() }),
    ...(outcome === "correct" && { labels: [...labels] }),
    ...(other && others.length > 0 && { exceptions: others.map((one) => ({ ...one, outcome: other })) }),
  };
}

/** What is left of a draft once it was sent: a note for others that nobody has added yet. */
export const afterDecision = ({ forOthers, labels }: Draft): Draft | undefined =>
  forOthers.trim() === "" ? undefined : { ...emptyDraft(labels), forOthers };
