import type { UndoItem, UndoOutcome, UndoTally } from "../domain/undo.ts";
import { isReversed, UNDO_OUTCOMES } from "../domain/undo.ts";

/** Items of each list that are kept. */
const MOST_LISTED = 150;
const MOST_EXCEPTIONS = 100;
/** Rules that are told apart; verdicts of the rest are counted under `(others)`. */
const MOST_RULES = 500;

const identity = ({ ref }: UndoItem): string => `${ref.kind}#${ref.id}#${ref.revision}`;

function lowestRanks(most: number) {
  let kept: UndoItem[] = [];
  const order = (a: UndoItem, b: UndoItem): number => a.rank - b.rank || (identity(a) < identity(b) ? -1 : 1);
  return {
    offer(item: UndoItem): void {
      kept.push(item);
      if (kept.length > 4 * most) kept = this.list();
    },
    list(): UndoItem[] {
      const unique = new Map(kept.map((item) => [identity(item), item]));
      return [...unique.values()].sort(order).slice(0, most);
    },
  };
}

export interface UndoCounter {
  /** A verdict of the window that does not rest on the cause alone. */
  pass(stands: boolean): void;
  count(item: UndoItem): void;
  add(tally: UndoTally): void;
  tally(): UndoTally;
}

/** Counts what an undo does or would do; bounded, and in parts as all at once. */
export function undoCounter(): UndoCounter {
  let items = 0;
  let stands = 0;
  const outcomes = Object.fromEntries(UNDO_OUTCOMES.map((outcome) => [outcome, 0])) as Record<UndoOutcome, number>;
  const moves = new Map<string, number>();
  const kinds = new Map<string, number>();
  const rules = new Map<string, number>();
  const sample = lowestRanks(MOST_LISTED);
  const exceptions = lowestRanks(MOST_EXCEPTIONS);
  const addTo = (to: Map<string, number>, name: string, more: number, most = MOST_RULES): void => {
    const known = to.has(name) || to.size < most ? name : "(others)";
    to.set(known, (to.get(known) ?? 0) + more);
  };
  const record = (from: Map<string, number>) => Object.fromEntries([...from].sort(([a], [b]) => (a < b ? -1 : 1)));
  return {
    pass(stood) {
      items += 1;
      if (stood) stands += 1;
    },
    count(item) {
      items += 1;
      outcomes[item.outcome] += 1;
      if (isReversed(item.outcome)) {
        addTo(moves, `${item.from}>${item.to}`, 1);
        addTo(kinds, item.ref.kind, 1);
        addTo(rules, item.rule, 1);
        sample.offer(item);
      } else exceptions.offer(item);
    },
    add(tally) {
      items += tally.items;
      stands += tally.stands;
      for (const outcome of UNDO_OUTCOMES) outcomes[outcome] += tally.outcomes[outcome];
      for (const [name, more] of Object.entries(tally.moves)) addTo(moves, name, more);
      for (const [name, more] of Object.entries(tally.kinds)) addTo(kinds, name, more);
      for (const [name, more] of Object.entries(tally.rules)) addTo(rules, name, more);
      for (const item of tally.sample) sample.offer(item);
      for (const item of tally.exceptions) exceptions.offer(item);
    },
    tally: () => ({
      items,
      stands,
      outcomes: { ...outcomes },
      moves: record(moves),
      kinds: record(kinds),
      rules: record(rules),
      sample: sample.list(),
      exceptions: exceptions.list(),
    }),
  };
}
