import type * as z from "zod";
import { type audience, MAX_FOLLOWERS } from "../../shared/domain/item.ts";
import type { Follower } from "../../shared/scoring/audience/audience-state.ts";
import type { Chance } from "./chance.ts";
import { isFake, type MadeAccount, profileOf, WHO } from "./made-account.ts";
import { sent } from "./made-profile.ts";
import { DAY, HOUR } from "./organic-growth.ts";

type Snapshot = z.infer<typeof audience>;

/** How a platform sends what it knows. */
export interface Platform {
  /** Milliseconds in which follows are gathered into one message of up to 1,000. */
  readonly gathers: number;
  /** Share of messages that come late, by hours; and that come again, cut differently. */
  readonly late: number;
  readonly again: number;
  /** Days between two snapshots; the first brings this many profiles. */
  readonly snapshots: number;
  readonly sampled: number;
}

export const MINUTE = 60_000;

/** As most platforms would connect: every ten minutes, hardly anything late. */
export const STEADY: Platform = { gathers: 10 * MINUTE, late: 0.01, again: 0.002, snapshots: 1, sampled: 60 };

export const somePlatform = (draw: Chance): Platform => ({
  gathers: draw.among([2 * MINUTE, 10 * MINUTE, HOUR, HOUR, 6 * HOUR, DAY]),
  late: draw.among([0, 0.01, 0.05]),
  again: draw.among([0, 0.002, 0.02]),
  snapshots: draw.among([1, 2, 7]),
  sampled: draw.among([0, 40, 100]),
});

/** What comes out of the queue at `at`, milliseconds since the epoch. `seen`: follows told so far, repeats not counted. */
export type Message = { readonly at: number; readonly seen: number } & (
  | { readonly followers: readonly Follower[] }
  | { readonly snapshot: Snapshot }
);

interface Cut {
  readonly at: number;
  readonly from: number;
  readonly to: number;
}

function cutsOf({ times }: MadeAccount, platform: Platform, draw: Chance): Cut[] {
  const cuts: Cut[] = [];
  for (let from = 0; from < times.length; ) {
    const first = times[from] ?? 0;
    // Platforms gather by the clock, not from the first follow on.
    const closes = (Math.floor(first / platform.gathers) + 1) * platform.gathers;
    let to = from + 1;
    while (to < times.length && to - from < MAX_FOLLOWERS && (times[to] ?? 0) < closes) to++;
    const full = to - from === MAX_FOLLOWERS;
    const late = draw.happens(platform.late) ? 2 * HOUR * draw.exponential() : 0;
    cuts.push({ at: (full ? (times[to - 1] ?? 0) : closes) + 5_000 + late, from, to });
    from = to;
  }
  return cuts;
}

/** Followers left at a time; those who leave are spread evenly over those who came. */
function remaining(account: MadeAccount, at: number): number {
  const { begins, before, times, who, churn, soldChurn } = account;
  let count = before * Math.exp((-churn * (at - begins)) / DAY);
  for (let index = 0; index < times.length && (times[index] ?? 0) < at; index++) {
    const rate = who[index] === WHO.sold ? soldChurn : churn;
    count += Math.exp((-rate * (at - (times[index] ?? 0))) / DAY);
  }
  return Math.round(count);
}

function snapshotAt(account: MadeAccount, at: number, sampled: number, draw: Chance): Snapshot {
  const followerCount = remaining(account, at);
  const sample = Array.from({ length: Math.min(sampled, account.before) }, (_, index) => {
    const who = draw.happens(account.strays) ? WHO.stray : WHO.person;
    const profile = sent(profileOf(account, who, at, draw), account.facts, draw);
    return { id: `${account.id}.b${index}`, profile: profile ?? {} };
  });
  const likes = Math.round(followerCount * draw.between(0.01, 0.04));
  return {
    kind: "audience",
    id: `${account.id}.s${at}`,
    createdAt: new Date(at).toISOString(),
    account: { id: account.id },
    followerCount,
    engagement: { likes, replies: Math.round(likes / 12) },
    sample,
  };
}

/** Everything a platform tells of an account, in the order in which it comes out of the queue. */
export function* deliver(account: MadeAccount, platform: Platform, draw: Chance): Generator<Message> {
  const { id, begins, days, times, who } = account;
  const cuts = cutsOf(account, platform, draw);
  const snapshots = Array.from({ length: Math.ceil(days / platform.snapshots) }, (_, index) => ({
    at: begins + index * platform.snapshots * DAY + MINUTE,
    sampled: index === 0 ? platform.sampled : 0,
  }));
  const all = [...cuts, ...snapshots].sort((a, b) => a.at - b.at);
  let seen = 0;
  for (const one of all) {
    if ("sampled" in one) {
      yield { at: one.at, seen, snapshot: snapshotAt(account, one.at, one.sampled, draw) };
      continue;
    }
    const followers: Follower[] = [];
    for (let index = one.from; index < one.to; index++) {
      const at = times[index] ?? 0;
      const profile = sent(profileOf(account, who[index] ?? 0, at, draw), account.facts, draw);
      const followedAt = new Date(at).toISOString();
      followers.push(
        profile === undefined ? { id: `${id}.${index}`, followedAt } : { id: `${id}.${index}`, followedAt, profile },
      );
    }
    seen += followers.length;
    yield { at: one.at, seen, followers };
    if (draw.happens(platform.again))
      yield { at: one.at + MINUTE, seen, followers: followers.slice(followers.length >> 1) };
  }
}

/** Fake and all followers that the account has had up to its first `seen` follows, the beginning's included. */
export function truthAfter(account: MadeAccount, seen: number): { readonly fake: number; readonly all: number } {
  let fake = account.before * account.strays;
  for (let index = 0; index < seen; index++) if (isFake(account.who[index] ?? 0)) fake++;
  return { fake, all: account.before + seen };
}
