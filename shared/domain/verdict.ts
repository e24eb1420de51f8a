import * as z from "zod";
import { audienceAssessment } from "./audience.ts";
import { itemRef, opaqueId, tenantId, timestamp } from "./id.ts";
import { author, channel, languageTag } from "./item.ts";
import { labelScore } from "./label.ts";

export const ACTIONS = ["allow", "flag", "hold", "block"] as const;
export const action = z.enum(ACTIONS);
export type Action = z.infer<typeof action>;

const policyVersion = z.strictObject({ id: z.string().max(60), version: z.int().min(1) });

/** Most rules and values of a verdict that say why. */
export const MOST_MATCHED = 5;
export const MOST_VALUES = 6;

/** A rule that applied, and the facts of the item by which it did: numbers and our own words, never words of the item. */
export const matchedRule = z.strictObject({
  rule: z.string().max(60),
  action,
  values: z.record(z.string().max(60), z.union([z.number(), z.boolean(), z.string().max(128)])),
});
export type MatchedRule = z.infer<typeof matchedRule>;

/** The rule of the policy that decided. `version` is immutable: it answers later which rule made which verdict. */
export const policyReference = policyVersion.extend({
  rule: z.string().max(60),
  reasonCode: z.string().max(60),
  /** The policies that this one inherits from, nearest first; left out where there are none. */
  lineage: z.array(policyVersion).max(5).optional(),
  /** The rules that applied, the deciding one first; left out where none did. */
  matched: z.array(matchedRule).max(MOST_MATCHED).optional(),
  /** The rule would have done more, and only flags while the flood breaker holds it. */
  quarantined: z.literal(true).optional(),
});
export type PolicyReference = z.infer<typeof policyReference>;

export const LANES = ["severe_safety", "high", "medium", "low"] as const;
export const lane = z.enum(LANES);
export type Lane = z.infer<typeof lane>;

/** The keyed digest of an item's content; the same content of one tenant gives the same digest. */
export const contentDigest = z.string().regex(/^[A-Za-z0-9_-]{22,43}$/);

/** What policies ask of an item that nothing else of its verdict says; only what was sent. */
export const verdictAbout = z.strictObject({
  country: z.string().max(2).optional(),
  productLine: opaqueId.optional(),
  /** The channel's audience are minors. */
  minors: z.literal(true).optional(),
  verifiedPurchase: z.boolean().optional(),
  author: z
    .strictObject({
      /** Whole days from the account's creation to the item's receipt. */
      ageDays: z.int().optional(),
      itemsPosted: author.shape.itemsPosted,
      verified: author.shape.verified,
      ageBand: author.shape.ageBand,
    })
    .optional(),
});
export type VerdictAbout = z.infer<typeof verdictAbout>;

/** What was decided of one revision of one item, and why; no words of the item. At most 1 KB as stored is the aim. */
export const verdict = z
  .strictObject({
    tenant: tenantId,
    ref: itemRef,
    digest: contentDigest,
    action,
    severity: z.int().min(0).max(7),
    queue: z.string().regex(/^[a-z0-9-]{1,40}$/),
    lane,
    labels: z.array(labelScore).max(12),
    features: z.record(z.string().max(40), z.number()),
    policy: policyReference,
    models: z.array(z.string().max(60)).max(8),
    status: z.enum(["complete", "degraded"]),
    /** Of the text: as detected, else as the platform tagged it; left out where nothing speaks for one. */
    language: languageTag.optional(),
    authorId: opaqueId,
    channelId: opaqueId.optional(),
    /** What a review is about. */
    targetId: opaqueId.optional(),
    /** What it is about belongs to this, as the platform names it, folded: `air-fryers`. */
    productLine: z
      .string()
      .regex(/^[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?$/, "1-40 lower-case letters, digits and inner hyphens")
      .optional(),
    /** Flagged items with the same key say the same: a keyed digest of the folded text. */
    cluster: contentDigest.optional(),
    /** Of an account's audience: what the labels rest on. */
    audience: audienceAssessment.optional(),
    visibility: channel.shape.visibility,
    surface: channel.shape.surface,
    brandIds: z.array(opaqueId).max(20),
    about: verdictAbout.optional(),
    receivedAt: timestamp,
    scoredAt: timestamp,
  })
  .meta({ id: "Verdict" });
export type Verdict = z.infer<typeof verdict>;
