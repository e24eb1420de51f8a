import { decayedSum } from "../recent-counts.ts";
import type { AuthorState } from "./author-state.ts";
import { monthOf, SUM, SUM_SCALE, type TargetState } from "./target-state.ts";

/** What a month leaves of the weight of earlier months: half, or five sixths. */
const RECENT = 1;
const STEADY = 0.25;

/** What the target's recent reviews are like, without any label: decayed means, and spreads where they say more. */
export interface TargetNeighbours {
  /** Recent reviews, decayed. */
  readonly reviews: number;
  /** Share of authors' first reviews. */
  readonly first: number;
  /** log2(1 + earlier reviews) of their authors. */
  readonly experience: number;
  readonly experienceSpread: number;
  readonly deviation: number;
  readonly deviationSpread: number;
  readonly rating: number;
  readonly ratingSpread: number;
  readonly trust: number;
  /** Share of authors who wrote another review within a day. */
  readonly haste: number;
}

/** The target's reviews of about the last two months, or with `steady` of the last eight. */
export function targetNeighbours({ sums }: TargetState, at: number, steady = false): TargetNeighbours {
  const now = monthOf(at);
  const sum = (column: number): number => decayedSum(sums, column, now, steady ? STEADY : RECENT) / SUM_SCALE;
  const reviews = sum(SUM.count);
  const mean = (column: number): number => (reviews < 1e-6 ? 0 : sum(column) / reviews);
  const spread = (column: number, squares: number): number => Math.sqrt(Math.max(0, mean(squares) - mean(column) ** 2));
  return {
    reviews,
    first: mean(SUM.first),
    experience: mean(SUM.experience),
    experienceSpread: spread(SUM.experience, SUM.experienceSquare),
    deviation: mean(SUM.deviation),
    deviationSpread: spread(SUM.deviation, SUM.deviationSquare),
    rating: mean(SUM.rating),
    ratingSpread: spread(SUM.rating, SUM.ratingSquare),
    trust: mean(SUM.trust),
    haste: mean(SUM.haste),
  };
}

/** Places in what an author's state keeps around each of the latest eight targets, in hundredths. */
export const AROUND = { rating: 0, deviation: 1, reviews: 2, first: 3, mean: 4, burst: 5 } as const;
export const AROUND_SCALE = 100;

/** Mean, spread and greatest of what was known around the author's latest eight targets. */
export interface Around {
  readonly mean: number;
  readonly spread: number;
  readonly most: number;
}

export type AuthorNeighbours = Readonly<Record<keyof typeof AROUND, Around>>;

const NONE: Around = { mean: 0, spread: 0, most: 0 };

function summary(values: readonly number[]): Around {
  if (values.length === 0) return NONE;
  let sum = 0;
  let squares = 0;
  let most = Number.NEGATIVE_INFINITY;
  for (const value of values) {
    sum += value;
    squares += value * value;
    if (value > most) most = value;
  }
  const mean = sum / values.length;
  return { mean, spread: Math.sqrt(Math.max(0, squares / values.length - mean * mean)), most };
}

export function authorNeighbours({ targets }: AuthorState): AuthorNeighbours {
  const known = targets.filter(({ around }) => around.length > 0);
  const of = (place: number): Around => summary(known.map(({ around }) => (around[place] ?? 0) / AROUND_SCALE));
  return {
    rating: of(AROUND.rating),
    deviation: of(AROUND.deviation),
    reviews: of(AROUND.reviews),
    first: of(AROUND.first),
    mean: of(AROUND.mean),
    burst: of(AROUND.burst),
  };
}
