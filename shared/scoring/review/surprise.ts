import { type AuthorState, gapBin, nearestGap } from "./author-state.ts";
import { ratingClass } from "./review-facts.ts";
import type { Usual } from "./site-state.ts";

/** Reviews as the site's usual author would have written, which each author starts with. */
const IMAGINED = 5;

/** How unlike the site's usual an author rates and paces (after BIRDNEST), this review included; in nats. */
export interface Surprise {
  readonly rating: number;
  readonly tempo: number;
}

/** KL(θ‖π) of θ = (c + aπ) / (n + a). */
function divergence(counts: readonly number[], usual: readonly number[]): number {
  let whole = IMAGINED;
  for (const count of counts) whole += count;
  let sum = 0;
  for (let bin = 0; bin < usual.length; bin++) {
    const share = usual[bin] ?? 0;
    if (share <= 0) continue;
    const own = ((counts[bin] ?? 0) + IMAGINED * share) / whole;
    sum += own * Math.log(own / share);
  }
  return sum;
}

const withOne = (counts: readonly number[], bin: number): number[] =>
  counts.map((count, index) => (index === bin ? count + 1 : count));

export function surpriseOf(rating: number, at: number, author: AuthorState, usual: Usual): Surprise {
  const gap = nearestGap(author.times, at);
  return {
    rating: divergence(withOne(author.ratings, ratingClass(rating) - 1), usual.ratings),
    tempo: divergence(gap === undefined ? author.gaps : withOne(author.gaps, gapBin(gap)), usual.gaps),
  };
}

/** How an author's reviews lie in time: the latest sixteen and this one. */
export interface Rhythm {
  /** (σ − μ) / (σ + μ) of the gaps: −1 like a clock, 0 at random, towards 1 in bursts; 0 under three gaps. */
  readonly burstiness: number;
  /** Entropy of the gaps' bins in nats. */
  readonly entropy: number;
  /** Reviews a day from the earliest known to this one, in log2(1 + x). */
  readonly pace: number;
}

const FEWEST_GAPS = 3;

export function rhythmOf(at: number, author: AuthorState): Rhythm {
  const times = [...author.times, at].sort((a, b) => a - b);
  const gaps = times.slice(1).map((time, index) => time - (times[index] ?? 0));
  const days = Math.max(1, (at - (author.since ?? at)) / 1440);
  const pace = Math.log2(1 + (author.count + 1) / days);
  if (gaps.length < FEWEST_GAPS) return { burstiness: 0, entropy: 0, pace };
  const mean = gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length;
  const spread = Math.sqrt(gaps.reduce((sum, gap) => sum + (gap - mean) ** 2, 0) / gaps.length);
  const bins = new Map<number, number>();
  for (const gap of gaps) bins.set(gapBin(gap), (bins.get(gapBin(gap)) ?? 0) + 1);
  let entropy = 0;
  for (const count of bins.values()) entropy -= (count / gaps.length) * Math.log(count / gaps.length);
  return { burstiness: spread + mean === 0 ? 0 : (spread - mean) / (spread + mean), entropy, pace };
}
