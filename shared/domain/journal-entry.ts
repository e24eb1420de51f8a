import * as z from "zod";
import { outcome } from "./case.ts";
import { itemRef, timestamp } from "./id.ts";
import { channel } from "./item.ts";
import { labelScore } from "./label.ts";
import { policyReference, verdict, verdictAbout } from "./verdict.ts";

/** What conditions saw of an item, as it is kept: the policies' facts, which hold no words and no author's id. */
const facts = z.strictObject({
  kind: itemRef.shape.kind,
  surface: channel.shape.surface,
  visibility: channel.shape.visibility,
  minors: z.boolean(),
  language: z.string(),
  country: z.string(),
  brands: z.array(z.string()),
  productLine: z.string(),
  targetId: z.string(),
  channelId: z.string(),
  rating: z.number().exactOptional(),
  verifiedPurchase: z.boolean().exactOptional(),
  labels: z.array(labelScore.pick({ label: true, probability: true, severity: true })),
  features: z.record(z.string(), z.number()),
  author: verdictAbout.shape.author.unwrap(),
  receivedAt: timestamp,
});

const decided = {
  facts,
  action: verdict.shape.action,
  severity: verdict.shape.severity,
  queue: verdict.shape.queue,
  lane: verdict.shape.lane,
  policy: policyReference.pick({ id: true, version: true, rule: true }),
  scoredAt: timestamp,
};

/**
 * A verdict as the journal keeps it: enough to ask another policy about it, and to find what a rule or a model caused.
 * `ref` is lasting (`lastingRef`): the journal cannot be searched for an account when that is erased.
 */
export const journalEntry = z.strictObject({ ref: itemRef, ...decided, models: verdict.shape.models });
export type JournalEntry = z.infer<typeof journalEntry>;

/** A person's decision on a case, with what policies can be asked about it again; neither the item nor its author is named. */
export const decidedEntry = z.strictObject({
  /** Of the decision: a repeat is the same entry. */
  id: z.string().max(64),
  caseId: z.string().max(64),
  ...decided,
  outcome,
  reason: z.string().max(40),
  at: timestamp,
  /** It was undone, or its case was opened again. */
  withdrawn: z.literal(true).exactOptional(),
});
export type DecidedEntry = z.infer<typeof decidedEntry>;
