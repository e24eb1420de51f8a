import { type Block, boughtBlock, type Delivery } from "./bought-block.ts";
import { type Chance, chance } from "./chance.ts";
import { STEADY } from "./deliver.ts";
import { extrasOf, makeAccount } from "./made-account.ts";
import type { Facts } from "./made-profile.ts";
import { DAY, HOUR } from "./organic-growth.ts";
import { namesPurchase, replayAccount } from "./replay-account.ts";

/** Blocks by their size against the following at the time. */
export const BLOCKS = [0.01, 0.02, 0.05, 0.1, 0.25, 0.5] as const;

/** What became of one bought block. Delays are hours of event time from its first follow; undefined: never. */
export interface Delay {
  readonly delivery: Delivery;
  readonly share: number;
  readonly before: number;
  /** The verdict was there before the block began: whatever it names, it is not this. */
  readonly early: boolean;
  readonly named: number | undefined;
  readonly threeSigma: number | undefined;
  readonly fiveTimes: number | undefined;
}

/** Days of ordinary growth before the block, and days in which it may be named. */
const QUIET = 24;
const WATCHED = 12;

export interface DelayPlan {
  readonly begins: number;
  /** Followers at the beginning, between these. */
  readonly before: readonly [least: number, most: number];
  readonly facts: Facts;
}

/** One account, one block, delivered to a platform that tells every ten minutes. */
export function delayOf(delivery: Delivery, share: number, plan: DelayPlan, seed: number): Delay {
  const draw: Chance = chance(seed);
  const before = Math.round(draw.logBetween(...plan.before));
  const from = plan.begins + QUIET * DAY + draw.uniform() * 7 * DAY;
  const block: Block = boughtBlock(delivery, from, Math.max(1, Math.round(share * before)), draw);
  const account = makeAccount(
    {
      id: `d${seed}`,
      begins: plan.begins,
      days: QUIET + 7 + WATCHED,
      before,
      rate: draw.logBetween(0.0005, 0.01),
      facts: plan.facts,
      seller: block.seller,
    },
    extrasOf(block),
    draw,
  );
  const first = block.times[0] ?? from;
  let early = false;
  let named: number | undefined;
  let threeSigma: number | undefined;
  let fiveTimes: number | undefined;
  replayAccount(account, STEADY, draw, first - HOUR, ({ at, score, naive }) => {
    const after = (at - first) / HOUR;
    if (after < 0) {
      early = namesPurchase(score);
      return undefined;
    }
    if (naive.threeSigma) threeSigma ??= after;
    if (naive.fiveTimes) fiveTimes ??= after;
    if (namesPurchase(score)) named ??= after;
    // An hour at least, for what counts alone say in it.
    return early || after > WATCHED * 24 || (named !== undefined && after > 1) ? "enough" : undefined;
  });
  return { delivery, share, before, early, named, threeSigma, fiveTimes };
}
