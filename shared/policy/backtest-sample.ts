import type { ChangedItem } from "../domain/backtest.ts";
import { ACTIONS } from "../domain/verdict.ts";

/** Changed items that are kept: a sample of all of them, and the most severe. */
export const MOST_SAMPLED = 150;
export const MOST_SEVERE = 50;

type Order = (a: ChangedItem, b: ChangedItem) => number;

const nameOf = ({ ref }: ChangedItem): string => `${ref.kind}#${ref.id}#${ref.revision}`;
const byRank: Order = (a, b) => a.rank - b.rank || (nameOf(a) < nameOf(b) ? -1 : 1);

/** How many steps of strictness lie between the active policies' action and the candidate's. */
const leap = ({ active, candidate }: ChangedItem): number =>
  Math.abs(ACTIONS.indexOf(active.action) - ACTIONS.indexOf(candidate.action));
/** Whatever changes its action comes before what only changes its queue. */
const bySeverity: Order = (a, b) =>
  Math.sign(leap(b)) - Math.sign(leap(a)) || b.severity - a.severity || leap(b) - leap(a) || byRank(a, b);

/**
 * The first `most` items of an order, whatever the order in which they come: of two parts' firsts the firsts of both can
 * be made. An item that is offered twice is kept once.
 */
function firstBy(order: Order, most: number) {
  const kept: ChangedItem[] = [];
  return {
    offer(item: ChangedItem): void {
      const last = kept.at(-1);
      if (last && kept.length >= most && order(item, last) >= 0) return;
      let low = 0;
      let high = kept.length;
      while (low < high) {
        const middle = (low + high) >> 1;
        const at = kept[middle];
        if (at && nameOf(at) === nameOf(item)) return;
        if (at && order(at, item) < 0) low = middle + 1;
        else high = middle;
      }
      kept.splice(low, 0, item);
      if (kept.length > most) kept.pop();
    },
    list: (): ChangedItem[] => [...kept],
  };
}

/** Keeps a bounded number of changed items: the same ones in whatever order, and in however many parts, they come. */
export function changedItems() {
  const sample = firstBy(byRank, MOST_SAMPLED);
  const severest = firstBy(bySeverity, MOST_SEVERE);
  return {
    offer(item: ChangedItem): void {
      sample.offer(item);
      severest.offer(item);
    },
    sample: sample.list,
    severest: severest.list,
  };
}
