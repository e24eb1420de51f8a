import type { Tally } from "../domain/alert.ts";
import type { AlertEvent } from "./alert-event.ts";

/** Names that a tally keeps apart; what comes later is counted as `other`. */
const MOST_NAMES = 20;
const OTHER = "other";

function add(counts: Readonly<Record<string, number>>, more: Readonly<Record<string, number>>): Record<string, number> {
  const sum: Record<string, number> = { ...counts };
  for (const [name, count] of Object.entries(more)) {
    const known = Object.hasOwn(sum, name) || Object.keys(sum).length < MOST_NAMES;
    const under = known ? name : OTHER;
    sum[under] = (sum[under] ?? 0) + count;
  }
  return sum;
}

const ones = (names: readonly string[]): Record<string, number> => Object.fromEntries(names.map((name) => [name, 1]));

/** What one event counts for. */
export function tallyOf({ facts: { item, breaker, at } }: Pick<AlertEvent, "facts">): Tally {
  const stars: Tally["stars"] = [0, 0, 0, 0, 0];
  const star = item?.rating === undefined ? undefined : Math.min(5, Math.max(1, Math.round(item.rating)));
  if (star !== undefined) stars[star - 1] = 1;
  const language = item?.language?.split("-")[0]?.toLowerCase();
  return {
    count: 1,
    firstAt: at,
    lastAt: at,
    stars,
    labels: ones(item?.labels.map(({ label }) => label) ?? (breaker?.subject === "label" ? [breaker.name] : [])),
    languages: ones(language === undefined ? [] : [language]),
    actions: ones(item ? [item.action] : []),
    worst: item?.severity ?? 0,
  };
}

const earlier = (one: string, other: string): string => (Date.parse(one) <= Date.parse(other) ? one : other);

/** Both together. Sums of the same tallies are equal in any order, but for which names stand under `other`. */
export function together(one: Tally, more: Tally): Tally {
  const stars = one.stars.map((count, index) => count + (more.stars[index] ?? 0)) as Tally["stars"];
  return {
    count: one.count + more.count,
    firstAt: earlier(one.firstAt, more.firstAt),
    lastAt: earlier(one.lastAt, more.lastAt) === one.lastAt ? more.lastAt : one.lastAt,
    stars,
    labels: add(one.labels, more.labels),
    languages: add(one.languages, more.languages),
    actions: add(one.actions, more.actions),
    worst: Math.max(one.worst, more.worst),
  };
}

/** The largest first; equal ones by name. */
export const largest = (counts: Readonly<Record<string, number>>): readonly (readonly [string, number])[] =>
  Object.entries(counts).sort(([a, one], [b, other]) => other - one || (a < b ? -1 : 1));

/** Share of one-star reviews among those with stars; undefined where none has any. */
export function oneStarOf({ stars }: Pick<Tally, "stars">): number | undefined {
  const rated = stars.reduce((sum, count) => sum + count, 0);
  return rated === 0 ? undefined : stars[0] / rated;
}
