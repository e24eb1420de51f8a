import type { LabelName } from "../domain/label.ts";
import type { Policy, Rule } from "./policy.ts";

const rule = (
  name: string,
  label: LabelName,
  action: Rule["action"],
  severity: number,
  more: { probability?: number; audience?: "minors" } = {},
): Rule => ({
  name,
  when: {
    label,
    severity,
    probability: more.probability ?? 0.5,
    ...(more.audience ? { audience: more.audience } : {}),
  },
  action,
  queue: "default",
  reasonCode: label.replaceAll(".", "_"),
});

/** Probability of `toxicity` from which on a post is flagged: chosen on the calibration split, see models/text/CARD.md. */
export const FLAG_TOXICITY = 0.78;

/**
 * What every tenant starts with. Harm to people is held back until a person has looked, rudeness is only flagged, and
 * an angry customer's swearing is nobody's business unless the whole text reads as an attack. Nothing is blocked by the
 * machine alone.
 */
export const defaultPolicy: Policy = {
  id: "touchstone-default",
  version: 2,
  rules: [
    rule("child-safety", "child_safety", "hold", 1),
    rule("self-harm", "self_harm", "flag", 1),
    rule("credible-threat", "threat", "hold", 5),
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
      when: { toxicity: FLAG_TOXICITY, severity: 3 },
      action: "flag",
      queue: "default",
      reasonCode: "toxicity",
    },
    rule("sexual-to-minors", "sexual_adult", "hold", 1, { audience: "minors" }),
    rule("insult-among-minors", "insult", "flag", 1, { audience: "minors" }),
    rule("profanity-among-minors", "profanity", "flag", 2, { audience: "minors" }),
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
