import {
  type BreakerEvent,
  type BreakerState,
  FLOW_KINDS,
  type FlowKind,
  type Quarantine,
  SPARED_LABELS,
  standing,
} from "../domain/breaker.ts";
import type { FlowSlot } from "../domain/flow-slot.ts";
import { poissonTail } from "../scoring/statistics.ts";
import { LEARNING_MS, type Usual } from "./breaker-bands.ts";
import { itemsOf, type Subject, subjectIn } from "./flow.ts";

/** Fewer items of a kind in ten minutes, or fewer hits, are no flood. */
const FEWEST_ITEMS = 50;
const FEWEST_HITS = 10;
/** The chance of so many hits where the share is at the upper end of its band. */
const CHANCE = 1e-6;
/** After that a quarantine ends by itself. */
const HELD_MS = 86_400_000;
const MOST_HISTORY = 50;
const MOST_RELEARNING = 100;

const effectOf = ({ subject, name }: Subject): Quarantine["effect"] =>
  subject === "label" && (SPARED_LABELS as readonly string[]).includes(name) ? "announced" : "flag";

/** A subject that left its band. */
type Trip = Omit<Quarantine, "id" | "at" | "until">;

const oddsOf = (share: number): number => share / (1 - share);

/** The upper end of the usual band of a counter; undefined while that is not known. */
function bandOf(usual: Usual, kind: FlowKind, counter: string, epoch: number): number | undefined {
  const band = usual.bands[counter];
  // A rule of policies that are new may never have been asked before.
  if (band === undefined) return usual.epoch === epoch ? usual.unseen[kind] : undefined;
  return band ?? undefined;
}

/**
 * Subjects whose share of a kind's items in these ten minutes left the usual band: the odds of a hit are over `factor`
 * times those at its upper end, and so many hits were next to impossible there. A share grows no faster than its traffic:
 * an item that goes viral brings more of everything, and trips nothing.
 */
export function tripsOf({ counts, epoch }: FlowSlot, usual: Usual, factor: number): Trip[] {
  const items = new Map(FLOW_KINDS.map((kind) => [kind, counts[itemsOf(kind)] ?? 0]));
  return Object.entries(counts).flatMap(([counter, hits]) => {
    const found = subjectIn(counter);
    if (!found) return [];
    const { kind, subject, name } = found;
    const all = items.get(kind) ?? 0;
    const upper = bandOf(usual, kind, counter, epoch);
    if (upper === undefined || all < FEWEST_ITEMS || hits < FEWEST_HITS) return [];
    const seen = Math.min(1, hits / all);
    if (oddsOf(seen) <= factor * oddsOf(upper) || poissonTail(hits, all * upper) >= CHANCE) return [];
    return [{ subject, name, kind, effect: effectOf(found), usual: upper, factor, seen, hits, items: all }];
  });
}

const isOf =
  ({ subject, name }: Subject) =>
  (one: Subject): boolean =>
    one.subject === subject && one.name === name;

const isRelearning = ({ relearning }: BreakerState, of: Subject, now: Date): boolean =>
  relearning.some((one) => isOf(of)(one) && now.getTime() - Date.parse(one.since) < LEARNING_MS);

const closing = (held: Quarantine, now: Date, by: string): BreakerEvent => ({
  id: `${held.id}-closed`,
  type: "breaker.closed",
  at: now.toISOString(),
  quarantine: held,
  by,
});

interface Happened extends BreakerEvent {
  readonly note?: string;
}

/** The state with events in its history, and owed. */
function withEvents(
  state: BreakerState,
  quarantines: readonly Quarantine[],
  events: readonly Happened[],
): BreakerState {
  return {
    ...state,
    version: state.version + 1,
    quarantines: [...quarantines],
    owed: [...state.owed, ...events.map(({ note: _, ...event }) => event)],
    history: [...events.toReversed(), ...state.history].slice(0, MOST_HISTORY),
  };
}

/**
 * The state after a look at the flow: what is over ends, what left its band is held from now on. The very `state` where
 * nothing changes.
 * @param newId gives each new quarantine a name of its own
 */
export function afterTrips(state: BreakerState, trips: readonly Trip[], now: Date, newId: () => string): BreakerState {
  const held = standing(state, now);
  const over = state.quarantines.filter((one) => !held.includes(one));
  const opened: Quarantine[] = [];
  for (const trip of trips) {
    if ([...held, ...opened].some(isOf(trip)) || isRelearning(state, trip, now)) continue;
    const until = new Date(now.getTime() + HELD_MS).toISOString();
    opened.push({ id: newId(), ...trip, at: now.toISOString(), until });
  }
  if (over.length + opened.length === 0) return state;
  return withEvents(
    state,
    [...held, ...opened],
    [
      ...over.map((one) => closing(one, now, "time")),
      ...opened.map((one) => ({
        id: `${one.id}-opened`,
        type: "breaker.opened" as const,
        at: one.at,
        quarantine: one,
      })),
    ],
  );
}

/**
 * The state after a person said that a subject's share is right as it is: its quarantine ends, and its band is learned
 * anew. The very `state` where that was said before and still holds; undefined where it is not held.
 */
export function afterReset(
  state: BreakerState,
  of: Subject,
  now: Date,
  { by, note }: { readonly by: string; readonly note: string },
): BreakerState | undefined {
  const ended = standing(state, now).filter(isOf(of));
  if (ended.length === 0) return isRelearning(state, of, now) ? state : undefined;
  const left = state.quarantines.filter((one) => !ended.includes(one));
  const since = now.toISOString();
  const others = state.relearning.filter((one) => !isOf(of)(one));
  return {
    ...withEvents(
      state,
      left,
      ended.map((one) => ({ ...closing(one, now, by), note })),
    ),
    relearning: [{ subject: of.subject, name: of.name, since }, ...others].slice(0, MOST_RELEARNING),
  };
}

/** The state once these events have been published; the very `state` where none of them is owed. */
export function afterPublishing(state: BreakerState, published: readonly BreakerEvent[]): BreakerState {
  const ids = new Set(published.map(({ id }) => id));
  const owed = state.owed.filter(({ id }) => !ids.has(id));
  return owed.length === state.owed.length ? state : { ...state, version: state.version + 1, owed };
}
