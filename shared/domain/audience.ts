import * as z from "zod";
import { opaqueId, timestamp } from "./id.ts";

/** A time in which an account gained followers far above its usual rate. */
export const followWindow = z.strictObject({
  start: timestamp,
  end: timestamp,
  followers: z.int().min(0),
  /** How many of them have profiles consistent with automation, as a sum of probabilities. */
  suspicious: z.number().min(0),
  kind: z.enum(["bought", "viral", "unclear"]),
});
export type FollowWindow = z.infer<typeof followWindow>;

/** A share with its 95% interval. */
export const share = z.strictObject({ estimate: z.number(), low: z.number(), high: z.number() });

/** What is known of an account's following. */
export const audienceAssessment = z.strictObject({
  account: opaqueId,
  /** Follow events reflected so far. */
  followers: z.int().min(0),
  /** Those of them whose profile was sent and scored. */
  scored: z.int().min(0),
  fakeShare: share.optional(),
  windows: z.array(followWindow).max(8),
});
export type AudienceAssessment = z.infer<typeof audienceAssessment>;
