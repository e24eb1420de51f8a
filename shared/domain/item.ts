import * as z from "zod";
import { opaqueId, platformHash, timestamp } from "./id.ts";

/** Longest text of one item in UTF-16 code units: escaped to ASCII (6 bytes a unit) it still fits one SQS message. */
export const MAX_TEXT_UNITS = 100_000;
/** Most followers in one `follow` message. */
export const MAX_FOLLOWERS = 1_000;

// Control characters and lone surrogates are refused in everything that is not people's own words: names of channels,
// languages or products that hold them are mistakes or attacks. In `text` and `title` they pass and are scored.
const NAME = /^[^\p{Cc}\p{Cs}\p{Zl}\p{Zp}]*$/u;
const name = (max: number) =>
  z
    .string()
    .min(1, "not empty")
    .max(max, `at most ${max} characters`)
    .regex(NAME, "no control characters or lone surrogates");
const count = z.int("a whole number").min(0, "not negative").max(10_000_000_000, "at most 10,000,000,000");
const TOO_LONG = `at most ${MAX_TEXT_UNITS} UTF-16 code units; split longer documents into several items`;
const text = z
  .string()
  // zod counts code points, and an emoji is one of those but two units, twelve bytes in a message.
  .max(MAX_TEXT_UNITS, { error: TOO_LONG, abort: true })
  .refine((value) => value.length <= MAX_TEXT_UNITS, TOO_LONG)
  .refine((value) => /\S/u.test(value), "not empty: leave the item out, or send its media references");

/** A pointer to a picture, sound or film that belongs to the item. Never fetched. */
export const mediaReference = z.strictObject({
  id: opaqueId,
  type: z.enum(["image", "video", "audio", "file"]),
  mimeType: z
    .string()
    .regex(/^[\w.+-]{1,64}\/[\w.+-]{1,64}$/, "a media type such as image/png")
    .optional(),
  sha256: z
    .string()
    .regex(/^[0-9a-f]{64}$/, "64 lower-case hex digits")
    .optional(),
  byteLength: count.optional(),
});

/** Where the item stands, and who may see it there. */
export const channel = z.strictObject({
  id: opaqueId,
  visibility: z.enum(["public", "private"]),
  surface: z.enum(["comment", "post", "message", "forum", "review", "profile", "live_chat"]),
  /** `minors` lowers thresholds for safety labels. */
  audience: z.enum(["general", "minors"]).default("general"),
});

/** What the platform knows of the author. Reach (followers) is stored for parity measurement only; it never orders work. */
export const author = z.strictObject({
  id: opaqueId,
  createdAt: timestamp.optional(),
  followers: count.optional(),
  following: count.optional(),
  itemsPosted: count.optional(),
  verified: z.boolean().optional(),
  ageBand: z.enum(["under_13", "13_15", "16_17", "adult"]).optional(),
});

/** Digests made by the platform; HMACed again with the tenant's key before they are stored or queued. */
export const fingerprints = z.strictObject({
  device: platformHash.optional(),
  payment: platformHash.optional(),
  ipPrefix: platformHash.optional(),
});

const common = {
  id: opaqueId,
  /** The platform's revision of the item; left out, a digest of the content stands in. */
  revision: opaqueId.optional(),
  createdAt: timestamp,
};

export const languageTag = z
  .string()
  .max(35, "at most 35 characters")
  .regex(/^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$/, "a BCP 47 tag such as en or pt-BR");

const context = {
  channel,
  author,
  language: languageTag.optional(),
  country: z
    .string()
    .regex(/^[A-Z]{2}$/, "two capital letters, ISO 3166-1")
    .optional(),
  brandIds: z.array(opaqueId).max(20, "at most 20").default([]),
  productLine: opaqueId.optional(),
  media: z.array(mediaReference).max(20, "at most 20").default([]),
  fingerprints: fingerprints.optional(),
};

export const post = z
  .strictObject({
    kind: z.literal("post"),
    ...common,
    ...context,
    text: text.optional(),
    thread: z.strictObject({ id: opaqueId, parentId: opaqueId.optional() }).optional(),
  })
  .refine((item) => item.text !== undefined || item.media.length > 0, {
    path: ["text"],
    error: "needed unless the item has media",
  });

/** What is known of a target's owner: shared fingerprints with a reviewer are evidence of a conflict of interest. */
export const targetOwner = z.strictObject({
  id: opaqueId.optional(),
  device: platformHash.optional(),
  payment: platformHash.optional(),
  ipPrefix: platformHash.optional(),
  address: platformHash.optional(),
});

const EARLIEST_REVIEW = Date.parse("1995-01-01T00:00:00Z");
const CLOCK_AHEAD_MS = 86_400_000;
// What is remembered of a target goes by its reviews' own times: one from the year 2100 would push all others out.
const reviewTime = timestamp
  .refine((value) => !(Date.parse(value) < EARLIEST_REVIEW), "not before 1995: there were no online reviews")
  .refine((value) => !(Date.parse(value) > Date.now() + CLOCK_AHEAD_MS), "at most one day ahead of our clock");

export const review = z.strictObject({
  kind: z.literal("review"),
  ...common,
  createdAt: reviewTime,
  ...context,
  target: z.strictObject({
    id: opaqueId,
    category: name(80).optional(),
    title: name(300).optional(),
    owner: targetOwner.optional(),
  }),
  rating: z.number("a number").min(1, "1 to 5").max(5, "1 to 5; map other scales to 1-5 before sending"),
  title: z.string().max(500, "at most 500 characters").optional(),
  text: text.optional(),
  verifiedPurchase: z.boolean().optional(),
  purchasedAt: timestamp.optional(),
});

/** Facts of a follower's profile. Names stay with the platform: it sends their lengths and digits only. */
export const profile = z.strictObject({
  createdAt: timestamp.optional(),
  followers: count.optional(),
  following: count.optional(),
  statuses: count.optional(),
  favourites: count.optional(),
  listed: count.optional(),
  defaultProfile: z.boolean().optional(),
  defaultImage: z.boolean().optional(),
  verified: z.boolean().optional(),
  private: z.boolean().optional(),
  hasUrl: z.boolean().optional(),
  nameLength: count.optional(),
  handleLength: count.optional(),
  handleDigits: count.optional(),
  bioLength: count.optional(),
});

const EARLIEST_FOLLOW = Date.parse("2000-01-01T00:00:00Z");
// What is remembered of an account goes by its follows' own times, too.
const followTime = timestamp
  .refine((value) => !(Date.parse(value) < EARLIEST_FOLLOW), "not before 2000: there was nobody to follow")
  .refine((value) => !(Date.parse(value) > Date.now() + CLOCK_AHEAD_MS), "at most one day ahead of our clock");

export const follower = z.strictObject({ id: opaqueId, followedAt: followTime, profile: profile.optional() });

const account = z.strictObject({ id: opaqueId, createdAt: timestamp.optional() });

export const follow = z.strictObject({
  kind: z.literal("follow"),
  ...common,
  account,
  followers: z
    .array(follower)
    .min(1, "at least one")
    .max(MAX_FOLLOWERS, `at most ${MAX_FOLLOWERS}; send the rest in further messages`),
});

export const audience = z.strictObject({
  kind: z.literal("audience"),
  ...common,
  createdAt: followTime,
  account,
  followerCount: count,
  engagement: z
    .strictObject({
      likes: count.optional(),
      replies: count.optional(),
      shares: count.optional(),
      views: count.optional(),
    })
    .optional(),
  sample: z
    .array(z.strictObject({ id: opaqueId, profile }))
    .max(MAX_FOLLOWERS, `at most ${MAX_FOLLOWERS}`)
    .default([]),
});

export const item = z.discriminatedUnion("kind", [post, review, follow, audience]).meta({ id: "Item" });

export type Item = z.infer<typeof item>;
export type Post = z.infer<typeof post>;
export type Review = z.infer<typeof review>;
export type ItemKind = Item["kind"];
