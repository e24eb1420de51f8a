import type { TargetView } from "../domain/target.ts";
import { countAt, oldestSlot } from "../scoring/recent-counts.ts";
import { ALL, FIVE_STAR, ONE_STAR, type TargetState } from "../scoring/review/target-state.ts";

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;

const difference = (all: TargetState, suspected: TargetState) => ({
  stars: all.ratings.map((count, index) => count - (suspected.ratings[index] ?? 0)),
  sum: all.ratingSum - suspected.ratingSum,
});

function ratingsOf({ stars, sum }: { readonly stars: readonly number[]; readonly sum: number }): TargetView["all"] {
  const count = stars.reduce((total, one) => total + one, 0);
  const [one = 0, two = 0, three = 0, four = 0, five = 0] = stars;
  const mean = count === 0 ? {} : { mean: Math.round(sum / count) / 100 };
  return { count, ...mean, stars: [one, two, three, four, five] };
}

/** A target's ratings, with and without the reviews that are consistent with fakery, and its recent days. */
export function viewOf(
  id: string,
  { all, suspected }: { readonly all: TargetState; readonly suspected: TargetState },
): TargetView {
  const from = oldestSlot(all.days) ?? 0;
  const slots =
    oldestSlot(all.days) === undefined ? [] : Array.from({ length: all.days.newest - from + 1 }, (_, n) => from + n);
  const days = slots
    .map((slot) => ({
      day: new Date(slot * DAY_MS).toISOString().slice(0, 10),
      count: countAt(all.days, ALL, slot),
      oneStar: countAt(all.days, ONE_STAR, slot),
      fiveStar: countAt(all.days, FIVE_STAR, slot),
      suspected: countAt(suspected.days, ALL, slot),
    }))
    .filter(({ count }) => count > 0);
  const time = (minutes: number | undefined) =>
    minutes === undefined ? undefined : new Date(minutes * MINUTE_MS).toISOString();
  const firstSeen = time(all.firstSeen);
  const lastSeen = time(all.lastSeen);
  return {
    id,
    all: ratingsOf({ stars: all.ratings, sum: all.ratingSum }),
    withoutSuspected: ratingsOf(difference(all, suspected)),
    suspected: suspected.ratings.reduce((total, one) => total + one, 0),
    days,
    ...(firstSeen ? { firstSeen } : {}),
    ...(lastSeen ? { lastSeen } : {}),
  };
}
