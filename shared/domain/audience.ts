import * as z from "zod";
import { opaqueId, timestamp } from "./id.ts";
import { reason } from "./label.ts";

const count = z.int().min(0);
const part = z.number().min(0).max(1);

/** A share with its 95% interval. */
export const share = z.strictObject({ estimate: z.number(), low: z.number(), high: z.number() });
export type Share = z.infer<typeof share>;

/**
 * What speaks for a window: `hour_spike`, `ten_minute_spike` and `rising_hours` (more follows than is usual at that hour
 * of the week), `suspicious_hours` and `suspicious_days` (more followers consistent with automation than usual),
 * `worse_profiles` (their share grew), `batch_made` (accounts of one age stand out), `even_pace` (they come as a meter
 * delivers), `shared_cohort` (other accounts gained the same followers).
 */
export const windowSignal = z.enum([
  "hour_spike",
  "ten_minute_spike",
  "rising_hours",
  "suspicious_hours",
  "suspicious_days",
  "worse_profiles",
  "batch_made",
  "even_pace",
  "shared_cohort",
]);
export type WindowSignal = z.infer<typeof windowSignal>;

/**
 * A time in which an account gained followers unlike its usual ones. `bought`: worse profiles than usual. `drip`: the
 * same over days. `viral`: many at once, with profiles as usual. `unclear`: too little is known of the profiles.
 */
export const followWindow = z.strictObject({
  start: timestamp,
  end: timestamp,
  /** All who followed in it. */
  followers: count,
  /** Those of them whose profile was judged, and how many of these are consistent with automation. */
  scored: count.optional(),
  suspicious: z.number().min(0),
  kind: z.enum(["bought", "drip", "viral", "unclear"]),
  signals: z.array(windowSignal).max(9).optional(),
  /** How many of them are consistent with purchase, with a 95% interval: counts, not shares. */
  added: share.optional(),
});
export type FollowWindow = z.infer<typeof followWindow>;

/** What is known of an account's following. */
export const audienceAssessment = z.strictObject({
  account: opaqueId,
  /** The platform's last count and what was seen to follow since; without one, all follows seen. */
  followers: count,
  /** Follow events whose profile was sent and judged. */
  scored: count,
  fakeShare: share.optional(),
  /** Share of accounts that never post or like. */
  inactiveShare: share.optional(),
  windows: z.array(followWindow).max(8),
  /** Share of the followers of 7 and 30 days ago that has left since, by the platform's counts and the follows seen. */
  lost: z.strictObject({ days7: part.optional(), days30: part.optional() }).optional(),
  /** Burstiness of the gaps between follows, −1 (a clock) over 0 (chance) to 1 (bursts): Goh & Barabási 2008. */
  burstiness: z.number().min(-1).max(1).optional(),
  /** ln of the latest engagement over what is usual for this account at that size. */
  engagementResidual: z.number().optional(),
  /** What was missing or odd, and what it does to the figures. */
  notes: z.array(reason).max(6).optional(),
});
export type AudienceAssessment = z.infer<typeof audienceAssessment>;

/** What the pictures of an audience are drawn from. Shares and counts only: no follower is named. */
export const audienceHistory = z.strictObject({
  /** The latest 14 days by hour, oldest first, `usual` being what is usual at that hour of the week. */
  hours: z
    .array(z.strictObject({ start: timestamp, follows: count, scored: count, suspicious: count, usual: z.number() }))
    .max(336),
  /** The latest 45 days, oldest first. */
  days: z.array(z.strictObject({ day: z.iso.date(), follows: count, scored: count, suspicious: count })).max(45),
  /** The sampled followers of whom both times are known, in the order in which they followed. */
  order: z
    .array(
      z.strictObject({
        /** To the hour. */
        followed: timestamp,
        created: z.iso.date(),
        /** Percentage that the profile is consistent with automation. */
        chance: z.int().min(0).max(100).optional(),
      }),
    )
    .max(256),
  /** How old the judged followers' accounts were when they followed: of the latest 14 days, and of all before. */
  ages: z.array(z.strictObject({ fromDays: z.number(), recent: count, before: count })).max(16),
  snapshots: z.array(z.strictObject({ at: timestamp, followers: count, engagement: count.optional() })).max(30),
  /** First digits 1 to 9 of the followers' own follower counts. For display: many honest audiences are unlike Benford's law. */
  digits: z.array(count).length(9),
});
export type AudienceHistory = z.infer<typeof audienceHistory>;
