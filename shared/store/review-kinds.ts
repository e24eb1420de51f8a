import * as z from "zod";
import {
  type AuthorEvent,
  type AuthorState,
  authorState,
  emptyAuthor,
  observeAuthor,
  retractAuthor,
} from "../scoring/review/author-state.ts";
import {
  type EntityEvent,
  type EntityState,
  emptyEntity,
  entityState,
  observeEntity,
} from "../scoring/review/entity-state.ts";
import {
  type EntityKind,
  emptySite,
  observeSite,
  type SiteEvent,
  type SiteState,
  siteState,
} from "../scoring/review/site-state.ts";
import {
  emptyTarget,
  observeTarget,
  retractTarget,
  type TargetEvent,
  targetState,
} from "../scoring/review/target-state.ts";
import type { StateKind } from "./counted-states.ts";

/** Days without a review after which a target or an author is forgotten; and a device, payment means or network. */
const DAYS = 400;
const ENTITY_DAYS = 180;
/** A partition takes a thousand write units a second; a bombed target gets as many partitions as this. */
const TARGET_SHARDS = 4;

/** A target's reviews, and those of them that are consistent with fakery. */
const targetRecord = z.strictObject({ all: targetState, suspected: targetState });
export type TargetRecord = z.infer<typeof targetRecord>;

/** A review that comes to a state, or that `goes` from it because a newer revision takes its place. */
export interface Coming<Event> {
  readonly event: Event;
  readonly suspected?: boolean;
  readonly goes?: boolean;
}

/** A kind of states, and how they are read. */
export interface ReviewKind<State> extends StateKind {
  /** @throws where what is stored is not of this kind */
  parse(stored: unknown): State;
}

/**
 * A kind by its parts. What a reducer made needs no second look: in a file that is replayed, or in a batch, the schema
 * would take longer than the scoring.
 */
function kindOf<State extends object, Event>(
  { name, days, shards = 0 }: { readonly name: string; readonly days: number; readonly shards?: number },
  schema: z.ZodType<State>,
  empty: () => State,
  apply: (state: State, events: readonly Event[]) => State,
): ReviewKind<State> {
  const made = new WeakSet<object>();
  const parse = (stored: unknown): State => {
    if (stored === undefined) return empty();
    return made.has(stored as object) ? (stored as State) : schema.parse(stored);
  };
  return {
    name,
    days,
    shards,
    parse,
    after(stored, events) {
      const before = parse(stored);
      const state = apply(before, events as readonly Event[]);
      if (state === before && stored !== undefined) return stored;
      made.add(state);
      return state;
    },
  };
}

/** Reviews that came together in the order of their own times; a review goes only after it came. */
const inOrder = <Event extends { readonly at: number }>(events: readonly Coming<Event>[]): Coming<Event>[] =>
  events.toSorted((a, b) => Number(a.goes ?? false) - Number(b.goes ?? false) || a.event.at - b.event.at);

function afterReview(record: TargetRecord, { event, suspected, goes }: Coming<TargetEvent>): TargetRecord {
  const apply = goes ? retractTarget : observeTarget;
  return {
    all: apply(record.all, event),
    suspected: suspected ? apply(record.suspected, event) : record.suspected,
  };
}

export const TARGET = kindOf<TargetRecord, Coming<TargetEvent>>(
  { name: "target", days: DAYS, shards: TARGET_SHARDS },
  targetRecord,
  () => ({ all: emptyTarget(), suspected: emptyTarget() }),
  (record, events) => inOrder(events).reduce(afterReview, record),
);

/** An author has one row, however much they write: it is forgotten whole when they ask for it. */
export const AUTHOR = kindOf<AuthorState, Coming<AuthorEvent>>(
  { name: "author", days: DAYS },
  authorState,
  emptyAuthor,
  (state, events) =>
    inOrder(events).reduce((before, { event, goes }) => (goes ? retractAuthor : observeAuthor)(before, event), state),
);

const entityKind = (name: EntityKind) =>
  kindOf<EntityState, EntityEvent>({ name, days: ENTITY_DAYS }, entityState, emptyEntity, (state, events) =>
    events.reduce(observeEntity, state),
  );

export const ENTITIES: Readonly<Record<EntityKind, ReviewKind<EntityState>>> = {
  device: entityKind("device"),
  payment: entityKind("payment"),
  ipPrefix: entityKind("ipPrefix"),
};

export const SITE = kindOf<SiteState, SiteEvent>({ name: "site", days: DAYS }, siteState, emptySite, (state, events) =>
  events.reduce(observeSite, state),
);
