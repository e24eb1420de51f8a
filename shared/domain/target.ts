import * as z from "zod";
import { opaqueId, timestamp } from "./id.ts";

/** Ratings of a target: how many, their mean, and how many of each from one to five stars. */
export const ratings = z.strictObject({
  count: z.int().min(0),
  mean: z.number().min(1).max(5).optional(),
  stars: z.tuple([z.int(), z.int(), z.int(), z.int(), z.int()]),
});

/** One day of a target's reviews. */
export const reviewDay = z.strictObject({
  day: z.iso.date(),
  count: z.int().min(0),
  oneStar: z.int().min(0),
  fiveStar: z.int().min(0),
  suspected: z.int().min(0),
});

export const WINDOW_KINDS = ["low_storm", "praise_burst", "busy", "suspected"] as const;

/** Unusual days of a target, both ends included, with what is usual outside of them. `why` is for people. */
export const ratingWindow = z.strictObject({
  from: z.iso.date(),
  to: z.iso.date(),
  kind: z.enum(WINDOW_KINDS),
  reviews: z.int().min(0),
  oneStar: z.int().min(0),
  fiveStar: z.int().min(0),
  firstTime: z.int().min(0),
  suspected: z.int().min(0),
  usualPerDay: z.number().min(0),
  why: z.array(z.string()),
});

/** What is known of a target: its ratings with and without reviews that are consistent with fakery. */
export const targetView = z
  .strictObject({
    id: opaqueId,
    all: ratings,
    withoutSuspected: ratings,
    suspected: z.int().min(0),
    days: z.array(reviewDay).max(60),
    windows: z.array(ratingWindow).max(30),
    /** How many reviewers each of up to five other targets shares with this one, most first; a single one is no group. */
    sharedReviewers: z.array(z.int().min(2)).max(5),
    firstSeen: timestamp.optional(),
    lastSeen: timestamp.optional(),
  })
  .meta({ id: "TargetView" });
export type TargetView = z.infer<typeof targetView>;
