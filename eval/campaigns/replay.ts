import type { Item } from "../../shared/domain/item.ts";
import type { Verdict } from "../../shared/domain/verdict.ts";
import { isSuspected } from "../../shared/policy/judge-review.ts";
import type { ToldReview } from "./told-review.ts";

/** What the judge said of one simulated review, and what the simulation knows of it. */
export interface Outcome extends ToldReview {
  /** Consistent with fakery by the verdict, and not simply allowed. */
  readonly suspected: boolean;
  readonly labels: readonly string[];
  readonly codes: readonly string[];
  /** No earlier review of this author was told. */
  readonly first: boolean;
  /** What a rule of thumb says: a first review, or the author's third within a day, that gives one or five stars. */
  readonly naive: boolean;
}

const DAY = 86_400_000;

type Judge = (item: Item) => Promise<Pick<Verdict, "action" | "labels">>;

/** Judges all reviews in the order of their times. `now` is told each review's own time before it is judged. */
export async function replay(
  told: readonly ToldReview[],
  judge: Judge,
  now: (time: Date) => void,
  progress: (done: number, of: number) => void,
): Promise<Outcome[]> {
  const ordered = told.toSorted((a, b) => (a.review.createdAt < b.review.createdAt ? -1 : 1));
  const times = new Map<string, number[]>();
  const outcomes: Outcome[] = [];
  for (const one of ordered) {
    const { author, createdAt, rating } = one.review;
    const at = Date.parse(createdAt);
    now(new Date(at));
    const verdict = await judge(one.review);
    const before = times.get(author.id) ?? [];
    const today = before.filter((time) => at - time < DAY).length;
    outcomes.push({
      ...one,
      suspected: isSuspected(verdict),
      labels: verdict.labels.map(({ label }) => label),
      codes: verdict.labels.flatMap(({ reasons }) => reasons.map(({ code }) => code)),
      first: before.length === 0,
      naive: (before.length === 0 || today >= 2) && (rating === 1 || rating === 5),
    });
    times.set(author.id, [...before, at]);
    if (outcomes.length % 1000 === 0) progress(outcomes.length, ordered.length);
  }
  return outcomes;
}
