import { dayOf } from "../../shared/scoring/review/review-facts.ts";
import type { RatingRow } from "./rating-row.ts";

/** Imagined reviews of the usual kind that a target's own labels start with. */
const IMAGINED = 10;
/** The same for how far its labels exceed what the scorecard expected. */
const IMAGINED_SURPLUS = 15;

interface Counts {
  fake: number;
  all: number;
  /** Σ label − the shipped scorecard's probability. */
  surplus: number;
}

/** A review whose label may count later. */
export interface Labelled {
  readonly row: RatingRow;
  readonly first: boolean;
  /** `rankReview(found).probability`. */
  readonly expected: number;
}

/** Columns that `labelHistory` writes for each row. */
export const HISTORY_NAMES: readonly string[] = [
  "history.target",
  "history.first",
  "history.side",
  "history.surplus",
  "history.surplus.side",
];

const side = (rating: number): number => (rating >= 4 ? 2 : rating <= 2 ? 0 : 1);

/**
 * How much oftener than usual a target's EARLIER reviews were labelled fake: of all, of authors' first ones, of those on
 * the same side of its ratings; and how far they exceed what the scorecard expected of them. Labels of days before a review only, none from `until` on (minutes since the epoch). It is
 * what decided cases would tell of a target; never the model's own flags. Rows come in the order of time.
 */
export function labelHistory(until: number) {
  const counts = new Map<string, Counts>();
  const site: Counts = { fake: 1, all: 8, surplus: 0 };
  const siteFirst: Counts = { fake: 1, all: 5, surplus: 0 };
  let pending: Labelled[] = [];
  let day = Number.NEGATIVE_INFINITY;
  const of = (key: string): Counts => counts.get(key) ?? { fake: 0, all: 0, surplus: 0 };
  const add = (key: string, label: number, expected: number): void => {
    const { fake, all, surplus } = of(key);
    counts.set(key, { fake: fake + label, all: all + 1, surplus: surplus + label - expected });
  };
  const surplusOf = (key: string): number => of(key).surplus / (of(key).all + IMAGINED_SURPLUS);
  const rate = ({ fake, all }: Counts, usual: number): number => (fake + IMAGINED * usual) / (all + IMAGINED);
  const settle = (): void => {
    for (const { row, first, expected } of pending) {
      const { label = 0, target, rating } = row;
      add(target, label, expected);
      add(`${target}\n${side(rating)}`, label, expected);
      site.fake += label;
      site.all++;
      if (!first) continue;
      add(`${target}\nfirst`, label, expected);
      siteFirst.fake += label;
      siteFirst.all++;
    }
    pending = [];
  };
  return {
    /** Writes the columns of a review, then keeps its label for later days. */
    pass(review: Labelled, into: Float64Array, from: number): void {
      const { row } = review;
      if (dayOf(row.at) > day) settle();
      day = dayOf(row.at);
      const usual = site.fake / site.all;
      const usualFirst = siteFirst.fake / siteFirst.all;
      const own = rate(of(row.target), usual);
      into[from] = own / usual;
      into[from + 1] = rate(of(`${row.target}\nfirst`), usualFirst) / usualFirst;
      into[from + 2] = rate(of(`${row.target}\n${side(row.rating)}`), own) / usual;
      into[from + 3] = surplusOf(row.target);
      into[from + 4] = surplusOf(`${row.target}\n${side(row.rating)}`);
      if (row.label !== undefined && row.at < until) pending.push(review);
    },
  };
}
