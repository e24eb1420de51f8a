import type { TargetView } from "../domain/target.ts";
import { countAt, oldestSlot } from "../scoring/recent-counts.ts";
import { ALL, FIVE_STAR, ONE_STAR, type TargetState } from "../scoring/review/target-state.ts";
import { type TargetWindow, targetWindows } from "../scoring/review/target-windows.ts";

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

const MOST_SHARED = 5;
const LEAST_SHARED = 2;

const dateOf = (day: number): string => new Date(day * DAY_MS).toISOString().slice(0, 10);
const percent = (share: number): number => Math.round(share * 100);
const tenths = (value: number): number => Math.round(value * 10) / 10;

/** Why a window is shown, in the words that a moderator and a brand read. */
function whyOf({ kind, first, last, usual, usualPerDay, ...window }: TargetWindow): string[] {
  const days = last - first + 1;
  const span = days === 1 ? "a day" : `${days} days`;
  const part = (count: number, what: string, share: number): string =>
    `${count} of them ${what} (usual ${percent(share)}%)`;
  const shares = {
    low_storm: [part(window.oneStar, "with one star", usual.oneStar)],
    praise_burst: [part(window.fiveStar, "with five stars", usual.fiveStar)],
    busy: [],
    suspected: [],
  }[kind];
  const volume = [
    `${window.reviews} ${window.reviews === 1 ? "review" : "reviews"} in ${span} (usual ${tenths(usualPerDay)} a day)`,
    ...shares,
    ...(window.firstTime > 0 ? [part(window.firstTime, "by authors without an earlier review", usual.firstTime)] : []),
  ].join(", ");
  const meaning = {
    low_storm: "Consistent with review bombing, or with news that made many people angry at once.",
    praise_burst: "Consistent with solicited or paid praise.",
    busy: "Busier than usual with the usual mix of ratings: nothing speaks against these reviews.",
    suspected: "Many of these days' reviews are consistent with fakery.",
  }[kind];
  const suspects =
    window.suspected === 0
      ? []
      : [`${window.suspected} of these reviews are consistent with fakery, each for reasons of its own.`];
  return [`${volume}.`, meaning, ...suspects];
}

const windowView = (window: TargetWindow): TargetView["windows"][number] => ({
  from: dateOf(window.first),
  to: dateOf(window.last),
  kind: window.kind,
  reviews: window.reviews,
  oneStar: window.oneStar,
  fiveStar: window.fiveStar,
  firstTime: window.firstTime,
  suspected: window.suspected,
  usualPerDay: tenths(window.usualPerDay),
  why: whyOf(window),
});

const sharedOf = ({ partners }: TargetState): number[] =>
  partners
    .map(({ count, over }) => count - over)
    .filter((reviewers) => reviewers >= LEAST_SHARED)
    .sort((a, b) => b - a)
    .slice(0, MOST_SHARED);

interface TargetStates {
  readonly all: TargetState;
  readonly suspected: TargetState;
}

/** A target's ratings, with and without the reviews that are consistent with fakery. */
export const ratingsIn = ({ all, suspected }: TargetStates) => ({
  all: ratingsOf({ stars: all.ratings, sum: all.ratingSum }),
  withoutSuspected: ratingsOf(difference(all, suspected)),
  suspected: suspected.ratings.reduce((total, one) => total + one, 0),
});

/** A target's ratings, with and without the reviews that are consistent with fakery, and its recent days. */
export function viewOf(id: string, { all, suspected }: TargetStates): TargetView {
  const from = oldestSlot(all.days) ?? 0;
  const slots =
    oldestSlot(all.days) === undefined ? [] : Array.from({ length: all.days.newest - from + 1 }, (_, n) => from + n);
  const days = slots
    .map((slot) => ({
      day: dateOf(slot),
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
    ...ratingsIn({ all, suspected }),
    days,
    windows: targetWindows(all, suspected).map(windowView),
    sharedReviewers: sharedOf(all),
    ...(firstSeen ? { firstSeen } : {}),
    ...(lastSeen ? { lastSeen } : {}),
  };
}
