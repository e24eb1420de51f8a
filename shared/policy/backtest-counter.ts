import type { BacktestTally, ByAction, ChangedItem, Judged, Load, Opinion, Split, View } from "../domain/backtest.ts";
import { VIEWS } from "../domain/backtest.ts";
import type { ItemRef } from "../domain/id.ts";
import { ACTIONS, type Action } from "../domain/verdict.ts";
import { hash42 } from "../scoring/hash.ts";
import { changedItems } from "./backtest-sample.ts";

/** What a view did with an item, or would do. A `PolicyDecision` is one. */
export interface Answer {
  readonly action: Action;
  readonly queue: string;
  readonly severity?: number;
  readonly policy: {
    readonly id: string;
    readonly version: number;
    readonly rule: string;
    readonly lineage?: readonly { readonly id: string }[] | undefined;
    readonly matched?:
      | readonly { readonly rule: string; readonly values: Readonly<Record<string, number | string | boolean>> }[]
      | undefined;
  };
}

/** What the counter has to know of an item besides the views' answers. */
export interface Counted {
  readonly ref: ItemRef;
  readonly scoredAt: string;
  readonly facts: {
    readonly kind: string;
    readonly surface: string;
    readonly language: string;
    readonly labels: readonly { readonly label: string; readonly probability: number; readonly severity: number }[];
  };
}

/** Names of one kind that a tally tells apart; what comes after them is counted under `OTHERS`. */
const MOST_NAMES = 500;
export const OTHERS = "(others)";

const DAY = "2026-11-22".length;

const noActions = (): ByAction => [0, 0, 0, 0];
const noLoad = (): Load => ({
  before: 0,
  active: 0,
  candidate: 0,
  gained: { before: 0, active: 0 },
  lost: { before: 0, active: 0 },
});
const noSplit = (): Split => ({ before: noActions(), active: noActions(), candidate: noActions(), changed: 0 });
const noViews = (): Record<View, number> => ({ before: 0, active: 0, candidate: 0 });
const nobody = (): Judged => ({ items: 0, upheld: 0 });

/** Maps, not objects: names come from outside, and one may be called `constructor`. */
function named<Value>(make: () => Value, most = MOST_NAMES) {
  const all = new Map<string, Value>();
  return {
    all,
    of(name: string): Value {
      const key = all.has(name) || all.size < most ? name : OTHERS;
      const known = all.get(key);
      if (known !== undefined) return known;
      const made = make();
      all.set(key, made);
      return made;
    },
    record: <Out>(out: (value: Value) => Out): Record<string, Out> =>
      Object.fromEntries([...all].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, value]) => [name, out(value)])),
  };
}

const addActions = (to: ByAction, from: ByAction): void => {
  for (let index = 0; index < ACTIONS.length; index++) to[index] = (to[index] ?? 0) + (from[index] ?? 0);
};

const indexOf = (action: Action): number => ACTIONS.indexOf(action);
const opens = ({ action }: Answer): boolean => action !== "allow";
const alike = (a: Answer, b: Answer): boolean => a.action === b.action && (!opens(a) || a.queue === b.queue);

/** `en-GB` counts as English. */
const primary = (language: string): string => {
  const cut = language.indexOf("-");
  return cut < 0 ? language || "unknown" : language.slice(0, cut);
};

function opinionOf({ action, queue, policy }: Answer): Opinion {
  const values = policy.matched?.find(({ rule }) => rule === policy.rule)?.values;
  return {
    action,
    queue,
    policy: policy.id,
    version: policy.version,
    rule: policy.rule,
    ...(values && Object.keys(values).length > 0 ? { values: { ...values } } : {}),
  };
}

const changedOf = (item: Counted, before: Answer, active: Answer, candidate: Answer): ChangedItem => ({
  ref: item.ref,
  scoredAt: item.scoredAt,
  surface: item.facts.surface,
  language: item.facts.language,
  severity: Math.max(
    active.severity ?? 0,
    candidate.severity ?? 0,
    ...item.facts.labels.map(({ severity }) => severity),
  ),
  rank: hash42(`${item.ref.kind}#${item.ref.id}#${item.ref.revision}`),
  labels: item.facts.labels.slice(0, 3).map(({ label, probability }) => ({ label, probability })),
  before: opinionOf(before),
  active: opinionOf(active),
  candidate: opinionOf(candidate),
});

/** Is it an answer of this policy, or of one that inherits from it? */
export const isAnswerOf = (id: string, { policy }: Answer): boolean =>
  policy.id === id || (policy.lineage ?? []).some((one) => one.id === id);

export interface BacktestCounter {
  /** @param isAsked whether the candidate itself answered, or a policy that inherits from it */
  count(item: Counted, before: Answer, active: Answer, candidate: Answer, isAsked?: boolean): void;
  /** A person's decision: whether it was upheld, and whether each view would have had a person look at it. */
  countDecision(upheld: boolean, looks: Readonly<Record<View, boolean>>): void;
  /** Adds what was counted elsewhere. */
  add(tally: BacktestTally): void;
  tally(): BacktestTally;
}

/**
 * Counts what three views make of the same items. Its memory does not grow with the number of items, and counting in
 * parts and adding them up gives what counting all at once gives (of names beyond the first 500 of a kind only their sum).
 */
export function backtestCounter(): BacktestCounter {
  let items = 0;
  let asked = 0;
  let changed = 0;
  let drifted = 0;
  const actions = { before: noActions(), active: noActions(), candidate: noActions() };
  const moves = { before: new Array<number>(16).fill(0), active: new Array<number>(16).fill(0) };
  const by = { kind: named(noSplit), language: named(noSplit), surface: named(noSplit) };
  const rules = named(noViews, 4 * MOST_NAMES);
  const days = named(() => ({ items: 0 }));
  const load = named(() => named(noLoad));
  const decided = { all: nobody(), before: nobody(), active: nobody(), candidate: nobody() };
  const kept = changedItems();

  const countLoad = (day: string, before: Answer, active: Answer, candidate: Answer): void => {
    if (!opens(before) && !opens(active) && !opens(candidate)) return;
    const queues = load.of(day);
    if (opens(before)) queues.of(before.queue).before += 1;
    if (opens(active)) queues.of(active.queue).active += 1;
    if (opens(candidate)) queues.of(candidate.queue).candidate += 1;
    for (const [view, base] of [
      ["before", before],
      ["active", active],
    ] as const) {
      const same = opens(base) === opens(candidate) && base.queue === candidate.queue;
      if (same) continue;
      if (opens(candidate)) queues.of(candidate.queue).gained[view] += 1;
      if (opens(base)) queues.of(base.queue).lost[view] += 1;
    }
  };

  const move = (from: readonly number[] & number[], base: Answer, to: Answer): void => {
    const at = indexOf(base.action) * ACTIONS.length + indexOf(to.action);
    from[at] = (from[at] ?? 0) + 1;
  };

  return {
    count(item, before, active, candidate, isAsked = true) {
      items += 1;
      if (isAsked) asked += 1;
      const isChanged = !alike(active, candidate);
      if (isChanged) changed += 1;
      if (!alike(before, active)) drifted += 1;
      const { kind, language, surface } = item.facts;
      const splits = [by.kind.of(kind), by.language.of(primary(language)), by.surface.of(surface)];
      const answers = { before, active, candidate };
      for (const view of VIEWS) {
        const answer = answers[view];
        const index = indexOf(answer.action);
        actions[view][index] = (actions[view][index] ?? 0) + 1;
        for (const split of splits) split[view][index] = (split[view][index] ?? 0) + 1;
        if (answer.policy.rule !== "none") rules.of(`${answer.policy.id}/${answer.policy.rule}`)[view] += 1;
      }
      move(moves.before, before, candidate);
      move(moves.active, active, candidate);
      const day = item.scoredAt.slice(0, DAY);
      days.of(day).items += 1;
      countLoad(day, before, active, candidate);
      if (!isChanged) return;
      for (const split of splits) split.changed += 1;
      kept.offer(changedOf(item, before, active, candidate));
    },
    countDecision(upheld, looks) {
      const seen = (judged: Judged): void => {
        judged.items += 1;
        if (upheld) judged.upheld += 1;
      };
      seen(decided.all);
      for (const view of VIEWS) if (looks[view]) seen(decided[view]);
    },
    add(tally) {
      items += tally.items;
      asked += tally.asked ?? tally.items;
      changed += tally.changed;
      drifted += tally.drifted;
      for (const view of VIEWS) addActions(actions[view], tally.actions[view]);
      for (const base of ["before", "active"] as const)
        tally.moves[base].forEach((count, at) => {
          moves[base][at] = (moves[base][at] ?? 0) + count;
        });
      for (const dimension of ["kind", "language", "surface"] as const)
        for (const [name, split] of Object.entries(tally.by[dimension])) {
          const own = by[dimension].of(name);
          own.changed += split.changed;
          for (const view of VIEWS) addActions(own[view], split[view]);
        }
      for (const [name, hits] of Object.entries(tally.rules)) {
        const own = rules.of(name);
        for (const view of VIEWS) own[view] += hits[view];
      }
      for (const [day, count] of Object.entries(tally.days)) days.of(day).items += count;
      for (const [day, queues] of Object.entries(tally.load))
        for (const [queue, part] of Object.entries(queues)) {
          const own = load.of(day).of(queue);
          for (const view of VIEWS) own[view] += part[view];
          for (const base of ["before", "active"] as const) {
            own.gained[base] += part.gained[base];
            own.lost[base] += part.lost[base];
          }
        }
      for (const group of ["all", ...VIEWS] as const) {
        decided[group].items += tally.decided[group].items;
        decided[group].upheld += tally.decided[group].upheld;
      }
      for (const item of tally.sample) kept.offer(item);
      for (const item of tally.severest) kept.offer(item);
    },
    tally: () =>
      structuredClone({
        items,
        asked,
        changed,
        drifted,
        actions,
        moves,
        by: {
          kind: by.kind.record((split) => split),
          language: by.language.record((split) => split),
          surface: by.surface.record((split) => split),
        },
        rules: rules.record((hits) => hits),
        days: days.record(({ items: count }) => count),
        load: load.record((queues) => queues.record((part) => part)),
        decided,
        sample: kept.sample(),
        severest: kept.severest(),
      }),
  };
}
