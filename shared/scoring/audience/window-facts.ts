import type { Share, WindowSignal } from "../../domain/audience.ts";
import { countAt } from "../recent-counts.ts";
import { leastDifference } from "../statistics.ts";
import { burstiness } from "./arrival-gaps.ts";
import { AGE_DAYS, type AudienceCounts, BINS } from "./audience-counts.ts";
import type { AudienceState } from "./audience-state.ts";
import { isShared } from "./cohorts.ts";
import type { FoundWindow } from "./find-windows.ts";
import { TENS_A_DAY } from "./follow-delta.ts";
import { PROFILE_QUALITY } from "./profile-quality.ts";
import type { Quality } from "./quality-shift.ts";

const Z = 1.959964;

/** A share a little towards the middle, with its variance (Agresti & Coull 1998). */
function adjusted({ part, whole }: Quality): { readonly share: number; readonly variance: number } {
  const share = (part + 2) / (whole + 4);
  return { share, variance: (share * (1 - share)) / (whole + 4) };
}

/**
 * How many of a window's followers are consistent with purchase, with a 95% interval. Its suspicious share is taken as a
 * mixture: the usual followers are suspicious as usual, bought ones as often as the profile test finds them, so that
 * x = (p − p₀) / (Se − p₀); the variance is of all three (delta method). Sellers' best accounts look better than those that
 * the test was measured on, so the interval reaches up to all who came above what is usual. Undefined where the test could
 * not tell.
 */
export function boughtIn(
  { followers, quality, expected }: Pick<FoundWindow, "followers" | "quality" | "expected">,
  base: Quality,
): Share | undefined {
  const { hits, positives } = PROFILE_QUALITY;
  const window = adjusted(quality);
  const usual = adjusted(base);
  const found = adjusted({ part: hits, whole: positives });
  const raw = hits / positives;
  const rawUsual = base.whole === 0 ? usual.share : base.part / base.whole;
  if (quality.whole === 0 || raw <= rawUsual || found.share <= usual.share) return undefined;
  const clamp = (share: number): number => Math.min(1, Math.max(0, share));
  const kept = clamp((window.share - usual.share) / (found.share - usual.share));
  const variance = window.variance + kept ** 2 * found.variance + (1 - kept) ** 2 * usual.variance;
  const reach = (Z * Math.sqrt(variance)) / (found.share - usual.share);
  const estimate = followers * clamp((quality.part / quality.whole - rawUsual) / (raw - rawUsual));
  // Usual followers come in the window, too, more or less of them.
  const spread = Z * Math.sqrt(Math.max(1, expected)) + expected / 2;
  const above = Math.max(0, followers - expected);
  const middle = Math.round(Math.min(estimate, above));
  return {
    estimate: middle,
    low: Math.max(0, Math.min(middle, Math.floor(Math.min(followers * clamp(kept - reach), above - spread)))),
    high: Math.min(followers, Math.max(middle, Math.ceil(Math.max(followers * clamp(kept + reach), above + spread)))),
  };
}

/** A version is followed by the next where a bought window grew by so much. */
export const TOLD_GROWTH = 1.03;

/** Until the next version is due more may come in a window that still grows: the interval reaches as far. */
export const whileGrowing = (added: Share): Share => ({ ...added, high: Math.ceil(added.high * TOLD_GROWTH) });

/** Bins of account age in which so many more followers of a window are than usual are a band. */
const LEAST_BAND = 0.3;
const LEAST_AGES = 50;
/** The χ² of 15 degrees of freedom that chance passes once in a million. */
const CHI_SQUARE = 59;

/**
 * Do accounts of one age stand out among those who followed on a window's days? χ² of their ages over 16 bins against all
 * others, and one bin that holds at least three tenths more of them than usual, with 95% confidence. Accounts that were made
 * together are a band, whatever their profiles look like.
 */
export function isBatchMade({ ages, allAges }: AudienceCounts, { start, end }: FoundWindow): boolean {
  const first = Math.max(Math.floor(start / TENS_A_DAY), ages.newest - AGE_DAYS + 1);
  const last = Math.min(Math.ceil(end / TENS_A_DAY) - 1, ages.newest);
  const own = new Array<number>(BINS).fill(0);
  for (let day = first; day <= last; day++)
    for (let bin = 0; bin < BINS; bin++) own[bin] = (own[bin] ?? 0) + countAt(ages, bin, day);
  const others = allAges.map((count, bin) => Math.max(0, count - (own[bin] ?? 0)));
  const [ownAll, othersAll] = [own, others].map((counts) => counts.reduce((sum, count) => sum + count, 0)) as [
    number,
    number,
  ];
  if (ownAll < LEAST_AGES || othersAll < LEAST_AGES) return false;
  let chiSquare = 0;
  let band = false;
  for (let bin = 0; bin < BINS; bin++) {
    const [a = 0, b = 0] = [own[bin], others[bin]];
    if (a + b === 0) continue;
    chiSquare += (a * Math.sqrt(othersAll / ownAll) - b * Math.sqrt(ownAll / othersAll)) ** 2 / (a + b);
    if (leastDifference({ part: a, whole: ownAll }, { part: b, whole: othersAll }) > LEAST_BAND) band = true;
  }
  return band && chiSquare > CHI_SQUARE;
}

/** Gaps more even than this do not come by themselves: organic follows are at chance (0) or burstier. */
const EVEN = -0.2;

/** What else speaks for a window. */
export function moreSignals({ counts, sample }: AudienceState, window: FoundWindow): WindowSignal[] {
  const [from, to] = [Math.floor(window.start / TENS_A_DAY), Math.ceil(window.end / TENS_A_DAY)];
  const pace = burstiness(counts.gaps, from, to);
  return [
    ...(isBatchMade(counts, window) ? ["batch_made" as const] : []),
    ...(pace !== undefined && pace < EVEN ? ["even_pace" as const] : []),
    ...(isShared(sample.cohorts, from, to) ? ["shared_cohort" as const] : []),
  ];
}
