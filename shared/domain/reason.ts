import { LABELS, type LabelName, type Reason } from "./label.ts";
import { AUDIENCE_REASONS } from "./reason-audience.ts";
import { LINK_REASONS } from "./reason-links.ts";
import { MODEL_REASONS } from "./reason-model.ts";
import { PII_REASONS } from "./reason-pii.ts";
import { REVIEW_REASONS } from "./reason-review.ts";
import { SAFETY_REASONS } from "./reason-safety.ts";
import { SECOND_REASONS } from "./reason-second.ts";
import { SUBSTANCE_REASONS } from "./reason-substance.ts";
import { many, numberOf, plain, plural, type Sentence } from "./sentence.ts";

/** Reasons of posts: words, phrases, media. One block a scorer; codes are unique across blocks. */
const POST_REASONS: Readonly<Record<string, Sentence>> = {
  "text.profanity": (p) => `Uses ${many(p, "swear word")}.`,
  "text.sexual": (p) => `Uses ${many(p, "sexual word")}.`,
  "text.sexual_advance": plain("Makes a sexual advance or asks for sexual pictures."),
  "text.insult": (p) => `Uses ${many(p, "insulting word")}.`,
  "text.insult_aimed": (p) => `Aims ${plural(p, "an insult", `${numberOf(p, "count")} insults`)} at a person.`,
  "text.insult_repeated": plain("Insults the same person again and again."),
  "text.slur": (p) => `Uses ${many(p, "slur")} against a group of people.`,
  "text.graphic": (p) => `Uses ${many(p, "word")} for graphic violence.`,
  "text.extremism": (p) => `Uses ${many(p, "sign")} consistent with violent extremism.`,
  "text.pitch_link": (p) => `Puts ${many(p, "link", "links", "links")} beside the pitch.`,
  "harassment.drive_out": plain("Tries to drive a person out, or says that nobody wants them."),
  "harassment.wish_harm": plain("Wishes death or harm on someone."),
  "harassment.unwanted": plain("Announces following or pursuing a person against their will."),
  "hate.group_attack": plain("Calls for harm to a protected group."),
  "hate.dehumanise": plain("Degrades people for the group they belong to."),
  "hate.exclusion": plain("Calls for a protected group to be shut out."),
  "spam.self_promotion": plain("Promotes the writer's own channel, shop or service."),
  "spam.call_to_action": (p) => `Uses ${many(p, "phrase")} common in advertising.`,
  "scam.investment": plain("Promises money back in words consistent with an investment scam."),
  "scam.account": plain("Asks to verify an account beside a link, as phishing does."),
  "scam.prize": plain("Announces a prize in words consistent with a scam."),
  "scam.advance_fee": plain("Speaks of fees, gift cards or funds to transfer, as advance-fee fraud does."),
  "scam.impersonated_help": plain("Offers account help through a private contact, as impersonators do."),
  "media.unsupported": (p) =>
    `Carries ${many(p, "media file", "media files", "media")} that no analyzer has looked at.`,
};

/** Every code with its sentence. A scorer that adds codes adds its own block above and spreads it here. */
const SENTENCES: ReadonlyMap<string, Sentence> = new Map(
  Object.entries({
    ...POST_REASONS,
    ...LINK_REASONS,
    ...MODEL_REASONS,
    ...PII_REASONS,
    ...SUBSTANCE_REASONS,
    ...SAFETY_REASONS,
    ...REVIEW_REASONS,
    ...AUDIENCE_REASONS,
    ...SECOND_REASONS,
  }),
);

/** Codes that have a sentence of their own. */
export const reasonCodes = (): readonly string[] => [...SENTENCES.keys()];

/**
 * One plain sentence for a moderator and an author, made of our own words and numbers. A code without a sentence of its
 * own, from a newer scorer say, gets one that names the label only.
 */
export function explain(label: LabelName, reason: Reason): string {
  const sentence = SENTENCES.get(reason.code);
  return sentence === undefined ? `Shows signs consistent with: ${LABELS[label]}.` : sentence(reason.params ?? {});
}
