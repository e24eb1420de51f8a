import {
  type BacktestTally,
  type ByAction,
  type JobUsage,
  type Judged,
  type Load,
  type Split,
  VIEWS,
  type View,
} from "../domain/backtest.ts";
import type { BacktestReport } from "../domain/backtest-report.ts";
import { ACTIONS } from "../domain/verdict.ts";
import { wilson } from "../scoring/statistics.ts";
import { loadChange } from "./load-change.ts";

const DAY = 86_400_000;
/** A window of a minute, in days: a rate over less would say nothing. */
const SHORTEST = 1 / 1_440;

export interface ReportInput {
  readonly tally: BacktestTally;
  readonly since: Date;
  readonly until: Date;
  readonly minutesPerCase: number;
  readonly used: JobUsage;
}

const sumOf = (counts: ByAction): number => counts.reduce((sum, count) => sum + count, 0);
const reviewShare = (counts: ByAction): number => {
  const all = sumOf(counts);
  return all === 0 ? 0 : (all - counts[0]) / all;
};

const ofViews = <Value>(make: (view: View) => Value): Record<View, Value> => ({
  before: make("before"),
  active: make("active"),
  candidate: make("candidate"),
});

function groupsOf(splits: Readonly<Record<string, Split>>) {
  return Object.entries(splits)
    .map(([name, split]) => ({
      name,
      items: sumOf(split.candidate),
      changed: split.changed,
      review: ofViews((view) => reviewShare(split[view])),
    }))
    .sort((a, b) => b.items - a.items || (a.name < b.name ? -1 : 1));
}

/** How much of a UTC day lies within a window, 0 to 1. */
function partOf(day: string, since: Date, until: Date): number {
  const start = Date.parse(`${day}T00:00:00Z`);
  return Math.max(0, Math.min(until.getTime(), start + DAY) - Math.max(since.getTime(), start)) / DAY;
}

const NO_LOAD: Load = {
  before: 0,
  active: 0,
  candidate: 0,
  gained: { before: 0, active: 0 },
  lost: { before: 0, active: 0 },
};

function precisionOf({ items, upheld }: Judged) {
  const { low, high } = wilson(upheld, items);
  return { items, upheld, share: items === 0 ? 0 : upheld / items, low, high };
}

/**
 * What a tally says, in counts, shares and intervals.
 * @param minutesPerCase minutes that a moderator needs for a case
 */
export function backtestReport({ tally, since, until, minutesPerCase, used }: ReportInput): BacktestReport {
  // Days without a single verdict say nothing of a usual day: there was no traffic, or no journal yet.
  const seen = Object.keys(tally.days);
  const days = seen.reduce((sum, day) => sum + partOf(day, since, until), 0);
  const whole = seen.filter((day) => partOf(day, since, until) === 1);
  const loads = Object.entries(tally.load);
  const names = [...new Set(loads.flatMap(([, queues]) => Object.keys(queues)))].sort();

  const changeOf = (base: "before" | "active", queues: readonly string[]) => {
    const of = (day: string, way: "gained" | "lost"): number =>
      queues.reduce((sum, queue) => sum + (tally.load[day]?.[queue] ?? NO_LOAD)[way][base], 0);
    const all = (way: "gained" | "lost"): number => loads.reduce((sum, [day]) => sum + of(day, way), 0);
    const byDay = whole.map((day) => of(day, "gained") - of(day, "lost"));
    return loadChange(all("gained"), all("lost"), Math.max(days, SHORTEST), byDay);
  };
  const loadOf = (queues: readonly Load[]) => ofViews((view) => queues.reduce((sum, load) => sum + load[view], 0));

  const cases = changeOf("active", names);
  const changed = wilson(tally.changed, tally.items);
  const severest = new Set(tally.severest.map(({ rank }) => rank));
  return {
    items: tally.items,
    asked: tally.asked ?? tally.items,
    days,
    changed: {
      items: tally.changed,
      share: tally.items === 0 ? 0 : tally.changed / tally.items,
      ...changed,
    },
    drifted: tally.drifted,
    actions: ACTIONS.map((action, index) => ({ action, ...ofViews((view) => tally.actions[view][index] ?? 0) })),
    moves: (["active", "before"] as const).flatMap((base) =>
      tally.moves[base].flatMap((items, at) => {
        const from = ACTIONS[Math.floor(at / ACTIONS.length)];
        const to = ACTIONS[at % ACTIONS.length];
        return items > 0 && from && to && from !== to ? [{ base, from, to, items }] : [];
      }),
    ),
    queues: names.map((queue) => ({
      queue,
      ...loadOf(loads.map(([, queues]) => queues[queue] ?? NO_LOAD)),
      change: { before: changeOf("before", [queue]), active: changeOf("active", [queue]) },
    })),
    load: loads.map(([day, queues]) => ({ day, ...loadOf(Object.values(queues)) })),
    cost: {
      minutesPerCase,
      minutesPerDay: cases.perDay * minutesPerCase,
      low: cases.low * minutesPerCase,
      high: cases.high * minutesPerCase,
      used,
    },
    groups: {
      kind: groupsOf(tally.by.kind),
      language: groupsOf(tally.by.language),
      surface: groupsOf(tally.by.surface),
    },
    rules: Object.entries(tally.rules)
      .map(([rule, hits]) => ({ rule, ...hits }))
      .sort((a, b) => Math.max(...VIEWS.map((view) => b[view])) - Math.max(...VIEWS.map((view) => a[view]))),
    precision: {
      decided: tally.decided.all.items,
      upheld: tally.decided.all.upheld,
      ...ofViews((view) => precisionOf(tally.decided[view])),
    },
    changes: [...tally.severest, ...tally.sample.filter(({ rank }) => !severest.has(rank))],
  };
}
