import type { LabelName } from "../domain/label.ts";
import type { PolicyDocument, PolicyRule } from "./policy-document.ts";

const rule = (
  name: string,
  label: LabelName,
  action: PolicyRule["action"],
  severity: number,
  more: { minorsOnly?: boolean; locked?: boolean } = {},
): PolicyRule => ({
  name,
  when: more.minorsOnly
    ? `channel.minors && label.${label}.severity >= ${severity} && label.${label}.probability >= 0.3`
    : `label.${label}.severity >= ${severity} && label.${label}.probability >= (channel.minors ? 0.3 : 0.5)`,
  action,
  reasonCode: label.replaceAll(".", "_"),
  ...(more.locked ? { locked: true } : {}),
});

/** Probability of `toxicity` from which on a post is flagged: chosen on the calibration split, see models/text/CARD.md. */
export const FLAG_TOXICITY = 0.78;
/** The same in a channel for minors, where every finding counts with this much less certainty. */
const FLAG_TOXICITY_AMONG_MINORS = 0.58;

/** The version under which verdicts name the built-in policy; 1 and 2 were rules of a simpler form. */
export const DEFAULT_VERSION = 3;

/**
 * What every tenant starts with. Harm to people is held back until a person has looked, rudeness is only flagged, and
 * an angry customer's swearing is nobody's business unless the whole text reads as an attack. Nothing is blocked by the
 * machine alone. Policies that refine it keep what protects lives.
 */
export const defaultPolicy: PolicyDocument = {
  id: "touchstone-default",
  title: "What every tenant starts with",
  rules: [
    rule("child-safety", "child_safety", "hold", 1, { locked: true }),
    rule("self-harm", "self_harm", "flag", 1, { locked: true }),
    rule("credible-threat", "threat", "hold", 5, { locked: true }),
    rule("threat", "threat", "flag", 3),
    rule("doxxing", "privacy.doxxing", "hold", 3),
    rule("payment-data", "privacy.pii", "hold", 4),
    rule("hate", "hate", "hold", 4),
    rule("extremism", "extremism", "hold", 3),
    rule("scam", "scam", "hold", 3),
    rule("unsafe-link", "unsafe_link", "hold", 3),
    rule("illicit", "illicit", "flag", 3),
    rule("graphic", "graphic", "flag", 4),
    rule("harassment", "harassment", "flag", 3),
    rule("insult", "insult", "flag", 3),
    {
      name: "toxic",
      when: `features.toxicity >= (channel.minors ? ${FLAG_TOXICITY_AMONG_MINORS} : ${FLAG_TOXICITY})`,
      action: "flag",
      severity: 3,
      reasonCode: "toxicity",
    },
    rule("sexual-to-minors", "sexual_adult", "hold", 1, { minorsOnly: true }),
    rule("insult-among-minors", "insult", "flag", 1, { minorsOnly: true }),
    rule("profanity-among-minors", "profanity", "flag", 2, { minorsOnly: true }),
    rule("promotion", "spam", "flag", 2),
    rule("conflict-of-interest", "fake_review.insider", "flag", 3),
    rule("co-ordinated-reviews", "fake_review.brigade", "flag", 3),
    rule("fabricated-review", "fake_review.fabricated", "flag", 3),
    rule("paid-review", "fake_review.paid", "flag", 3),
    rule("undisclosed-incentive", "fake_review.undisclosed", "flag", 3),
    rule("rating-storm", "rating_storm", "hold", 2),
    rule("hijacked-listing", "hijacked_listing", "flag", 3),
    rule("extortion", "extortion", "flag", 3),
    rule("bought-followers", "fake_following.bought", "flag", 2),
    rule("automated-followers", "fake_following.bot", "flag", 2),
  ],
};

/** The built-in policy where that version of it is meant. */
export const builtInDocumentOf = (id: string, version: number): PolicyDocument | undefined =>
  id === defaultPolicy.id && version === DEFAULT_VERSION ? defaultPolicy : undefined;
