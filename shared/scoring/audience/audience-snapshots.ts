import * as z from "zod";
import { countAt, oldestSlot } from "../recent-counts.ts";
import { type AudienceCounts, FOLLOWS } from "./audience-counts.ts";

export const MINUTE_MS = 60_000;
const DAY_MINUTES = 1_440;
const SNAPSHOTS_KEPT = 30;
/** A count within so many minutes after a day stands for that day. */
const NEAR = 2 * DAY_MINUTES;

/** What a platform stated at a time in minutes since the epoch. */
const snapshotEntry = z.strictObject({
  at: z.int(),
  followers: z.int().min(0),
  /** Likes, replies and shares together, where stated. */
  engagement: z.int().min(0).optional(),
});
type SnapshotEntry = z.infer<typeof snapshotEntry>;

/** The latest 30 counts that the platform stated, oldest first. */
export const snapshots = z.array(snapshotEntry).max(SNAPSHOTS_KEPT);
export type Snapshots = z.infer<typeof snapshots>;

/** The latest snapshots with one more, the larger count where two are of one minute. Commutative and idempotent. */
export function addSnapshot(known: Snapshots, added: SnapshotEntry): Snapshots {
  const twin = known.find(({ at }) => at === added.at);
  const [oldest] = known;
  if (!twin && known.length === SNAPSHOTS_KEPT && oldest && added.at < oldest.at) return known;
  const engagement = Math.max(twin?.engagement ?? -1, added.engagement ?? -1);
  const followers = Math.max(twin?.followers ?? 0, added.followers);
  if (twin && twin.followers === followers && (twin.engagement ?? -1) === engagement) return known;
  return [
    ...known.filter(({ at }) => at !== added.at),
    { at: added.at, followers, ...(engagement < 0 ? {} : { engagement }) },
  ]
    .sort((a, b) => a.at - b.at)
    .slice(-SNAPSHOTS_KEPT);
}

/** Follows seen between two times in minutes, by whole days and shares of the first and last. */
function followsBetween({ days }: AudienceCounts, from: number, to: number): number {
  let sum = 0;
  for (let day = Math.floor(from / DAY_MINUTES); day * DAY_MINUTES < to; day++) {
    const [start, end] = [Math.max(from, day * DAY_MINUTES), Math.min(to, (day + 1) * DAY_MINUTES)];
    sum += (countAt(days, FOLLOWS, day) * (end - start)) / DAY_MINUTES;
  }
  return sum;
}

/**
 * The share of the followers of `daysAgo` days ago that has left since: what was gained and does not show in the count.
 * Undefined where no snapshot is of that time, follows of that time are not all known, or fewer were seen than the count grew
 * (then not all follows are sent).
 */
export function lostShare(known: Snapshots, counts: AudienceCounts, daysAgo: number): number | undefined {
  const last = known.at(-1);
  if (!last) return undefined;
  const from = last.at - daysAgo * DAY_MINUTES;
  const first = known.findLast(({ at }) => at <= from);
  const watched = oldestSlot(counts.days);
  if (!first || first.at < from - NEAR || first.followers === 0) return undefined;
  if (watched === undefined || watched * DAY_MINUTES > first.at) return undefined;
  const lost = first.followers + followsBetween(counts, first.at, last.at) - last.followers;
  // Days are counted whole: a few too many or too few are chance.
  if (lost < -0.02 * first.followers - 5) return undefined;
  return Math.min(1, Math.max(0, lost / first.followers));
}

const LEAST_EARLIER = 3;

/**
 * ln of the latest engagement over what is usual for this account at that many followers: the median of its earlier
 * snapshots' engagement per follower. Undefined below three earlier ones.
 */
export function engagementResidual(known: Snapshots): number | undefined {
  const rates = known.flatMap(({ engagement, followers }) =>
    engagement === undefined || followers === 0 ? [] : Math.log1p(engagement) - Math.log1p(followers),
  );
  const last = known.at(-1)?.engagement === undefined ? undefined : rates.at(-1);
  if (last === undefined || rates.length <= LEAST_EARLIER) return undefined;
  const earlier = rates.slice(0, -1).sort((a, b) => a - b);
  const middle = earlier.length >> 1;
  const usual = earlier.length % 2 === 1 ? earlier[middle] : ((earlier[middle - 1] ?? 0) + (earlier[middle] ?? 0)) / 2;
  return last - (usual ?? 0);
}
