import * as z from "zod";
import { opaqueId } from "../../domain/id.ts";
import { leastOf, TOKEN_MINIMA, tokensOf } from "./lockstep.ts";
import { ratingClass } from "./review-facts.ts";
import { TRUST_SCALE } from "./target-state.ts";

const TIMES_KEPT = 16;
const TARGETS_KEPT = 8;
export const GAP_BINS = 12;

/** Numbers known around a review of a target, in hundredths (see `around` of the event). */
const AROUND = 6;

/** What is remembered of a reviewer. At most 2.5 KB as JSON. Times are minutes since the epoch. */
export const authorState = z.strictObject({
  v: z.literal(1),
  count: z.int().min(0),
  /** Reviews by rating class 1 to 5. */
  ratings: z.array(z.int().min(0)).length(5),
  /** Times of the latest 16 reviews, newest first. */
  times: z.array(z.int()).max(TIMES_KEPT),
  /** The latest 8 targets, each with the time of its latest review and what was known around it, newest first. */
  targets: z
    .array(z.strictObject({ id: opaqueId, at: z.int(), around: z.array(z.int()).max(AROUND).default([]) }))
    .max(TARGETS_KEPT),
  accountCreated: z.int().optional(),
  /** Time of the earliest review. */
  since: z.int().optional(),
  /** Gaps to the nearest known review by their logarithm: bin b holds those of 4^b − 1 to 4^(b+1) − 2 minutes. */
  gaps: z
    .array(z.int().min(0))
    .length(GAP_BINS)
    .default(() => new Array<number>(GAP_BINS).fill(0)),
  /** Σ reliability in ten thousandths; Σ |rating − mean| and its square in hundredths. */
  trust: z.int().min(0).default(0),
  deviation: z.int().min(0).default(0),
  deviationSquare: z.int().min(0).default(0),
  /** MinHash of what was reviewed how and when (see `lockstep.ts`); empty before the first review. */
  minima: z.array(z.int().min(0)).max(TOKEN_MINIMA).default([]),
});
export type AuthorState = z.infer<typeof authorState>;

/** One review as its author's state remembers it: plain JSON. `at`, `accountCreated`: minutes since the epoch. */
export interface AuthorEvent {
  readonly at: number;
  /** 1 to 5. */
  readonly rating: number;
  readonly targetId: string;
  readonly accountCreated?: number | undefined;
  /** Minutes to the author's nearest review known when it came; undefined for the first. */
  readonly gap?: number | undefined;
  readonly trust?: number;
  readonly deviation?: number;
  /** Hundredths: rating, |deviation|, log2 of the target's reviews, its share of first reviews, its mean, its burst. */
  readonly around?: readonly number[];
}

export const emptyAuthor = (): AuthorState => ({
  v: 1,
  count: 0,
  ratings: [0, 0, 0, 0, 0],
  times: [],
  targets: [],
  gaps: new Array<number>(GAP_BINS).fill(0),
  trust: 0,
  deviation: 0,
  deviationSquare: 0,
  minima: [],
});

/** The bin of a gap in minutes. */
export const gapBin = (minutes: number): number =>
  Math.min(GAP_BINS - 1, Math.floor(Math.log2(Math.max(0, minutes) + 1) / 2));

/** Minutes to the nearest of the known times; undefined where none is known. */
export function nearestGap(times: readonly number[], at: number): number | undefined {
  let least: number | undefined;
  for (const time of times) {
    const gap = Math.abs(at - time);
    if (least === undefined || gap < least) least = gap;
  }
  return least;
}

const trustOf = ({ trust = 0.75 }: AuthorEvent): number => Math.round(trust * TRUST_SCALE);
const hundredths = (value: number): number => Math.round(value * 100);

/**
 * The state after one more review. Commutative: "latest" goes by the reviews' own times, ties by id, so the same events
 * in any order end in the same state. What depends on order (gap, trust, deviation) lies in the events. Not idempotent:
 * whoever stores the state must apply a review once.
 */
export function observeAuthor(state: AuthorState, event: AuthorEvent): AuthorState {
  const { at, targetId, deviation = 0 } = event;
  const own = ratingClass(event.rating);
  const created = [state.accountCreated, event.accountCreated].filter((time) => time !== undefined);
  const bin = event.gap === undefined ? -1 : gapBin(event.gap);
  return {
    v: 1,
    count: state.count + 1,
    ratings: state.ratings.map((count, index) => (index === own - 1 ? count + 1 : count)),
    times: [...state.times, at].sort((a, b) => b - a).slice(0, TIMES_KEPT),
    targets: withTarget(state.targets, { id: targetId, at, around: [...(event.around ?? [])] }),
    ...(created.length > 0 ? { accountCreated: Math.min(...created) } : {}),
    since: Math.min(state.since ?? at, at),
    gaps: bin < 0 ? state.gaps : state.gaps.map((count, index) => (index === bin ? count + 1 : count)),
    trust: state.trust + trustOf(event),
    deviation: state.deviation + hundredths(deviation),
    deviationSquare: state.deviationSquare + hundredths(deviation ** 2),
    minima: leastOf(state.minima, tokensOf(event)),
  };
}

type Known = AuthorState["targets"][number];

const later = (a: Known, b: Known): number => {
  if (a.at !== b.at) return b.at - a.at;
  if (a.id !== b.id) return a.id < b.id ? -1 : 1;
  // Two reviews of one target in one minute: any total order will do, so long as it is one.
  return String(a.around) < String(b.around) ? -1 : 1;
};

function withTarget(targets: readonly Known[], one: Known): Known[] {
  const known = targets.find(({ id }) => id === one.id);
  const newest = known && later(known, one) < 0 ? known : one;
  return [...targets.filter(({ id }) => id !== one.id), newest].sort(later).slice(0, TARGETS_KEPT);
}

/**
 * The state without a review that was deleted or edited; `event` is what was observed. Counts and sums are taken back
 * and one of the review's times; its target and minima fade as later ones push them out or drown them.
 */
export function retractAuthor(state: AuthorState, event: AuthorEvent): AuthorState {
  const own = ratingClass(event.rating);
  const less = (count: number, by: number): number => Math.max(0, count - by);
  const lessAt = (counts: readonly number[], place: number): number[] =>
    counts.map((count, index) => (index === place ? less(count, 1) : count));
  const time = state.times.indexOf(event.at);
  return {
    ...state,
    count: less(state.count, 1),
    ratings: lessAt(state.ratings, own - 1),
    times: time < 0 ? state.times : state.times.toSpliced(time, 1),
    gaps: event.gap === undefined ? state.gaps : lessAt(state.gaps, gapBin(event.gap)),
    trust: less(state.trust, trustOf(event)),
    deviation: less(state.deviation, hundredths(event.deviation ?? 0)),
    deviationSquare: less(state.deviationSquare, hundredths((event.deviation ?? 0) ** 2)),
  };
}
