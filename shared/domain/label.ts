import * as z from "zod";

/** The platform-neutral vocabulary of every verdict, with the words that a moderator and an author read. */
export const LABELS = {
  profanity: "profanity",
  insult: "insult",
  harassment: "harassment",
  threat: "threat of violence",
  hate: "attack on a protected group",
  graphic: "graphic violence",
  sexual_adult: "adult sexual content",
  child_safety: "risk to a child",
  self_harm: "self-harm",
  extremism: "extremism",
  illicit: "illicit goods or acts",
  "privacy.pii": "personal data",
  "privacy.doxxing": "publishing someone's private details",
  "privacy.dm_leak": "re-published private message",
  spam: "spam or promotion",
  scam: "scam",
  unsafe_link: "unsafe link",
  impersonation: "impersonation",
  low_substance: "too brief to add anything",
  adverse_event: "possible side effect to report",
  unsupported_media: "media that no analyzer has looked at",
  unsupported_language: "language that the model was not tested in",
  "fake_review.fabricated": "review consistent with fabrication",
  "fake_review.paid": "review consistent with payment",
  "fake_review.insider": "review consistent with a conflict of interest",
  "fake_review.undisclosed": "review consistent with an undisclosed incentive",
  "fake_review.brigade": "review consistent with a co-ordinated group",
  rating_storm: "many ratings at once; held until the storm is over",
  hijacked_listing: "listing that now sells something else",
  extortion: "demand held against a review",
  "fake_following.bot": "followers consistent with automation",
  "fake_following.bought": "followers consistent with purchase",
  "fake_following.burst": "unusual burst of followers",
} as const;

export type LabelName = keyof typeof LABELS;
export const labelName = z.enum(Object.keys(LABELS) as [LabelName, ...LabelName[]]);

/** `[start, end)` in UTF-16 code units of the original text. */
export const span = z.tuple([z.int().min(0), z.int().min(0)]);
export type Span = z.infer<typeof span>;

/** Why, as a code with numbers and our own words; never words of the text. `shared/domain/reason.ts` puts it into a sentence. */
export const reason = z.strictObject({
  code: z.string().regex(/^[a-z][a-z0-9_.]{1,47}$/),
  params: z.record(z.string().regex(/^[a-z][a-zA-Z]{0,19}$/), z.union([z.number(), z.string().max(60)])).optional(),
});
export type Reason = z.infer<typeof reason>;

/** One finding of one analyzer. `score` is the analyzer's own scale, `probability` is calibrated 0–1, `severity` 0–7. */
export const labelScore = z.strictObject({
  label: labelName,
  score: z.number(),
  probability: z.number().min(0).max(1),
  severity: z.int().min(0).max(7),
  spans: z.array(span).max(8),
  reasons: z.array(reason).max(4),
  source: z.string().max(40),
  version: z.string().max(20),
});
export type LabelScore = z.infer<typeof labelScore>;
