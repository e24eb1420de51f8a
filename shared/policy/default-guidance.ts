import { defaultPolicy } from "./default-policy.ts";
import type { PolicyDocument } from "./policy-document.ts";

const HELD =
  "It is held back and nobody sees it until you decide. Upholding keeps it back, overturning lets it appear.";
const FLAGGED = "It stands while you look. Upholding says that the platform should act, overturning that it may stay.";

/** What moderators are told of the built-in rules that do more, or other things, than their label says. */
const BY_RULE: Readonly<Record<string, string>> = {
  "child-safety":
    "Held at the slightest sign, because a wrong alarm costs minutes and a missed one a child. Escalate rather than guess.",
  "self-harm":
    "Flagged at the slightest sign and never held: who asks for help must be seen. Go by your team's procedure before you decide.",
  "credible-threat":
    "A threat that names a person and a means, time or place. If lives may be at risk, tell whoever your team tells, then decide.",
  toxic:
    "The whole text reads as an attack, though no single word does. Swearing at a thing is not meant. If you cannot say who is attacked, overturn.",
  "sexual-to-minors":
    "The channel's audience are minors: adult content has no place there, whatever it would be elsewhere.",
  "insult-among-minors": "Among minors milder words count. Weigh whether somebody in particular is put down.",
  "profanity-among-minors":
    "Swearing in a channel for minors. A mild word in passing may stay where your rules allow it.",
  promotion: "Flagged only: promotion annoys, it harms nobody. Uphold what repeats or deceives.",
  "rating-storm":
    "Held with all others of the storm. Decide each by its own words; the target's picture shows the time before.",
};

/**
 * What moderators are told of a rule of the built-in policy; undefined where it has no such rule, or nothing is to be said.
 * @param isDeciding whether what a decision does is up to this rule
 */
export function defaultGuidanceOf(name: string, isDeciding: boolean): string | undefined {
  const rule = defaultPolicy.rules.find((one) => one.name === name);
  if (!rule) return undefined;
  const does = rule.action === "flag" ? FLAGGED : HELD;
  return [BY_RULE[name], isDeciding ? does : undefined].filter((part) => part !== undefined).join(" ") || undefined;
}

/** Is this the document that comes with Touchstone? */
export const isBuiltIn = ({ id }: Pick<PolicyDocument, "id">): boolean => id === defaultPolicy.id;
