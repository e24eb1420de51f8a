import { dayOf } from "../../shared/scoring/review/review-facts.ts";
import type { RatingRow } from "./rating-row.ts";

/** Imagined reviews of the usual kind that a target's own labels start with. */
const IMAGINED = 10;

interface Counts {
  fake: number;
  all: number;
}

/** Columns that `labelHistory` writes for each row. */
export const HISTORY_NAMES: readonly string[] = ["history.target", "history.first", "history.side"];

const side = (rating: number): number => (rating >= 4 ? 2 : rating <= 2 ? 0 : 1);

/**
 * How much oftener than usual a target's EARLIER reviews were labelled fake: of all, of authors' first ones, of those on
 * the same side of its ratings. Labels of days before a review only, none from `until` on (minutes since the epoch). It is
 * what decided cases would tell of a target; never the model's own flags. Rows come in the order of time.
 */
export function labelHistory(until: number) {
  const counts = new Map<string, Counts>();
  const site: Counts = { fake: 1, all: 8 };
  const siteFirst: Counts = { fake: 1, all: 5 };
  let pending: { row: RatingRow; first: boolean }[] = [];
  let day = Number.NEGATIVE_INFINITY;
  const of = (key: string): Counts => counts.get(key) ?? { fake: 0, all: 0 };
  const add = (key: string, label: number): void => {
    const { fake, all } = of(key);
    counts.set(key, { fake: fake + label, all: all + 1 });
  };
  const rate = ({ fake, all }: Counts, usual: number): number => (fake + IMAGINED * usual) / (all + IMAGINED);
  const settle = (): void => {
    for (const { row, first } of pending) {
      const { label = 0, target, rating } = row;
      add(target, label);
      add(`${target}\n${side(rating)}`, label);
      site.fake += label;
      site.all++;
      if (!first) continue;
      add(`${target}\nfirst`, label);
      siteFirst.fake += label;
      siteFirst.all++;
    }
    pending = [];
  };
  return {
    /** Writes the columns of a review, then keeps its label for later days. */
    pass(row: RatingRow, first: boolean, into: Float64Array, from: number): void {
      if (dayOf(row.at) > day) settle();
      day = dayOf(row.at);
      const usual = site.fake / site.all;
      const usualFirst = siteFirst.fake / siteFirst.all;
      const own = rate(of(row.target), usual);
      into[from] = own / usual;
      into[from + 1] = rate(of(`${row.target}\nfirst`), usualFirst) / usualFirst;
      into[from + 2] = rate(of(`${row.target}\n${side(row.rating)}`), own) / usual;
      if (row.label !== undefined && row.at < until) pending.push({ row, first });
    },
  };
}
