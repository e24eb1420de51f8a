import type { FollowWindow, Share } from "../../shared/domain/audience.ts";
import { boughtBlock, type Delivery } from "./bought-block.ts";
import { type Chance, chance } from "./chance.ts";
import { STEADY, truthAfter } from "./deliver.ts";
import { extrasOf, type MadeAccount, makeAccount, profileOf, WHO } from "./made-account.ts";
import { DAY } from "./organic-growth.ts";
import { replayAccount } from "./replay-account.ts";

/** What the last verdict says of one block that was delivered in full. */
export interface Amount {
  readonly delivery: Delivery;
  readonly sold: number;
  /** How many were bought, by all windows of purchase together; undefined where none was named. */
  readonly added: Share | undefined;
  /** Of the whole following, of which the platform told the new ones and sampled the old ones: the truth and what is said. */
  readonly fake: Stated;
  readonly inactive: Stated;
}

export interface Stated {
  readonly truth: number;
  readonly stated: Share | undefined;
}

const QUIET = 24;
const AFTERWARDS = 0.25;

/** Estimates of several windows taken together; their errors stem from the same scorer, so that the limits add up. */
function together(windows: readonly FollowWindow[]): Share | undefined {
  const known = windows.flatMap(({ kind, added }) => ((kind === "bought" || kind === "drip") && added ? [added] : []));
  if (known.length === 0) return undefined;
  const sum = (of: (share: Share) => number): number => known.reduce((total, one) => total + of(one), 0);
  return { estimate: sum((one) => one.estimate), low: sum((one) => one.low), high: sum((one) => one.high) };
}

const DRAWN = 1_000;

/** The share of accounts that never posted or liked, to be expected of an account's whole following. */
function idleShare(account: MadeAccount, draw: Chance): number {
  const kinds = Object.values(WHO);
  const counts = kinds.map(() => 0);
  for (const who of account.who) counts[who] = (counts[who] ?? 0) + 1;
  counts[WHO.stray] = (counts[WHO.stray] ?? 0) + account.before * account.strays;
  counts[WHO.person] = (counts[WHO.person] ?? 0) + account.before * (1 - account.strays);
  let idle = 0;
  for (const who of kinds) {
    let own = 0;
    for (let one = 0; one < DRAWN; one++) {
      const { statuses, favourites } = profileOf(account, who, account.begins, draw);
      if (statuses === 0 && favourites === 0) own++;
    }
    idle += ((counts[who] ?? 0) * own) / DRAWN;
  }
  return idle / (account.before + account.who.length);
}

/** One account that buys 5% to 60% of its following once, some hours after the last of it came. */
export function amountOf(delivery: Delivery, begins: number, seed: number): Amount {
  const draw = chance(seed);
  const before = Math.round(draw.logBetween(1_000, 20_000));
  const from = begins + (QUIET + draw.uniform()) * DAY;
  const block = boughtBlock(delivery, from, Math.round(before * draw.between(0.05, 0.6)), draw);
  const ends = (block.times.at(-1) ?? from) + AFTERWARDS * DAY;
  const days = Math.ceil((ends - begins) / DAY) + 1;
  const plan = {
    id: `n${seed}`,
    begins,
    days,
    before,
    rate: draw.logBetween(0.0005, 0.01),
    facts: "all",
    seller: block.seller,
  } as const;
  const account = makeAccount(plan, extrasOf(block), draw);
  let last: Pick<Amount, "added"> & { readonly fake: Stated; readonly inactive: Share | undefined } = {
    added: undefined,
    fake: { truth: 0, stated: undefined },
    inactive: undefined,
  };
  replayAccount(account, STEADY, draw, ends, ({ seen, score: { assessment } }) => {
    const { fake, all } = truthAfter(account, seen);
    last = {
      added: together(assessment.windows),
      fake: { truth: fake / all, stated: assessment.fakeShare },
      inactive: assessment.inactiveShare,
    };
    return "enough";
  });
  return {
    delivery,
    sold: block.times.length,
    added: last.added,
    fake: last.fake,
    inactive: { truth: idleShare(account, draw), stated: last.inactive },
  };
}
