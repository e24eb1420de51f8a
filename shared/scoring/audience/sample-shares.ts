import type { Share } from "../../domain/audience.ts";
import { SUSPICIOUS_FROM } from "../../domain/suspicious-from.ts";
import { countAt, oldestSlot } from "../recent-counts.ts";
import { type TestQuality, trueShare } from "../statistics.ts";
import { FOLLOWS } from "./audience-counts.ts";
import { MINUTE_MS } from "./audience-snapshots.ts";
import type { AudienceState } from "./audience-state.ts";
import { DAY_MS, HOUR_MS } from "./follow-delta.ts";
import { type FollowerSample, UNKNOWN } from "./follower-sample.ts";
import { PROFILE_QUALITY } from "./profile-quality.ts";

const LEAST_SAMPLED = 10;
/** A part of the following that is smaller does not move the estimate, and may be unknown. */
const SMALL_PART = 0.02;
/** A test that is never wrong: what is inactive is so by definition. */
const SURE: TestQuality = { hits: 1e9, positives: 1e9, passes: 1e9, negatives: 1e9 };

export interface SampleShares {
  /** Sampled followers, those judged, and how many of these are suspicious. */
  readonly sampled: number;
  readonly judged: number;
  readonly suspicious: number;
  /** Mean share of the facts that the judged profiles held, 0 to 1. */
  readonly facts: number;
  /** Share of the following that the sample can speak for. */
  readonly seen: number;
  /** Undefined where fewer than 10 are judged. */
  readonly fake: Share | undefined;
  readonly inactive: Share | undefined;
}

/** Sampled followers of a part of the following. */
interface Part {
  /** Followers that they stand for. */
  readonly size: number;
  readonly sampled: number;
  readonly judged: number;
  readonly suspicious: number;
  /** Sum of the judged ones' shares of facts. */
  readonly facts: number;
  readonly known: number;
  readonly idle: number;
}

function partOf(sample: FollowerSample, size: number, since = UNKNOWN): Part {
  let [sampled, judged, suspicious, facts, known, idle] = [0, 0, 0, 0, 0, 0];
  for (const [at, chance] of sample.chances.entries()) {
    if ((sample.hours[at] ?? UNKNOWN) < since) continue;
    sampled++;
    if (chance !== UNKNOWN) {
      judged++;
      facts += (sample.facts[at] ?? 0) / 10;
      if (chance >= SUSPICIOUS_FROM) suspicious++;
    }
    const own = sample.idle[at] ?? UNKNOWN;
    if (own !== UNKNOWN) known++;
    if (own === 1) idle++;
  }
  return { size: Math.max(size, sampled), sampled, judged, suspicious, facts, known, idle };
}

/** Follows seen from an hour on; of hours no longer kept by their days. */
export function followsSince({ counts: { hours, days } }: AudienceState, hour: number): number {
  const first = Math.max(hour, oldestSlot(hours) ?? hour);
  let sum = 0;
  for (let slot = first; slot <= hours.newest; slot++) sum += countAt(hours, FOLLOWS, slot);
  const perDay = DAY_MS / HOUR_MS;
  for (let day = Math.floor(hour / perDay) + 1; day < Math.floor(first / perDay); day++)
    sum += countAt(days, FOLLOWS, day);
  return sum;
}

/**
 * The parts of the following that samples speak for: all at the time when the platform drew a sample, and who was seen
 * following since; without such a sample, who was seen following at all.
 */
function partsOf(state: AudienceState): Part[] {
  const { followers, stated, snapshots } = state.sample;
  if (!stated || stated.followers.hashes.length < LEAST_SAMPLED) return [partOf(followers, state.counts.follows)];
  const count = snapshots.find(({ at }) => at === stated.at)?.followers ?? snapshots.at(-1)?.followers ?? 0;
  const since = Math.ceil((stated.at * MINUTE_MS) / HOUR_MS);
  const stock = partOf(stated.followers, count);
  const flow = partOf(followers, followsSince(state, since), since);
  return flow.size < SMALL_PART * stock.size ? [stock] : [stock, flow];
}

/**
 * What the parts' samples come to as if they were one: the share that weighs each part by its size, and the number of
 * followers that would tell it as well. A stratified sample, Cochran 1977, with the finite-population factor of each part.
 */
function pooled(parts: readonly Part[], count: (part: Part) => readonly [yes: number, of: number]) {
  const all = parts.reduce((sum, { size }) => sum + size, 0);
  let [share, variance, smooth] = [0, 0, 0];
  for (const part of parts) {
    const [yes, of] = count(part);
    const weight = part.size / all;
    const own = (yes + 1) / (of + 2);
    const finite = part.size > of ? (part.size - of) / Math.max(1, part.size - 1) : 0;
    share += weight * (yes / of);
    smooth += weight * own;
    variance += weight ** 2 * finite * ((own * (1 - own)) / of);
  }
  return { share, size: variance === 0 ? Number.POSITIVE_INFINITY : (smooth * (1 - smooth)) / variance };
}

/** A test of profiles with some of their facts missing is known as if it had been tested on fewer. */
const weaker = ({ hits, positives, passes, negatives }: TestQuality, by: number): TestQuality => ({
  hits: hits * by,
  positives: positives * by,
  passes: passes * by,
  negatives: negatives * by,
});

const MOST_SIZE = 1e9;

function shareOf(
  parts: readonly Part[],
  count: (part: Part) => readonly [yes: number, of: number],
  quality: TestQuality,
  facts: number,
): Share | undefined {
  if (parts.some((part) => count(part)[1] < LEAST_SAMPLED)) return undefined;
  const [only] = parts;
  if (only && parts.length === 1) {
    const [yes, of] = count(only);
    return trueShare(yes * facts, of * facts, weaker(quality, facts), Math.max(only.size, of));
  }
  const { share, size } = pooled(parts, count);
  const whole = Math.min(MOST_SIZE, size) * facts;
  return trueShare(share * whole, whole, weaker(quality, facts));
}

/**
 * The shares of fake and of inactive followers with 95% intervals, from uniform samples of the following's parts. Profiles
 * with missing facts count for less, both as samples and as what the test's quality rests on: the interval is wider. Those of
 * whom too little is known are taken to be like the others. @param followers all of them
 */
export function sampleShares(state: AudienceState, followers: number): SampleShares {
  const parts = partsOf(state);
  // Too few of a part are judged: then the others speak for it, and the estimate is of them.
  const telling = parts.filter(({ judged }) => judged >= LEAST_SAMPLED);
  const used = telling.length > 0 ? telling : parts;
  const sum = (of: (part: Part) => number): number => used.reduce((total, part) => total + of(part), 0);
  const judged = sum((part) => part.judged);
  const facts = judged === 0 ? 0 : sum((part) => part.facts) / judged;
  return {
    sampled: sum(({ sampled }) => sampled),
    judged,
    suspicious: sum(({ suspicious }) => suspicious),
    facts,
    seen: followers === 0 ? 1 : Math.min(1, sum(({ size }) => size) / followers),
    fake: shareOf(used, ({ suspicious, judged: of }) => [suspicious, of], PROFILE_QUALITY, facts),
    inactive: shareOf(used, ({ idle, known }) => [idle, known], SURE, 1),
  };
}
