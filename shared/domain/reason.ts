import { LABELS, type LabelName, type Reason } from "./label.ts";
import { AUDIENCE_REASONS } from "./reason-audience.ts";
import { REVIEW_REASONS } from "./reason-review.ts";

type Params = NonNullable<Reason["params"]>;
type Sentence = (params: Params) => string;

const numberOf = (params: Params, key: string): number => {
  const value = params[key];
  return typeof value === "number" ? value : 1;
};

/** "2 links", "1 link". */
const many = (params: Params, one: string, more = `${one}s`, key = "count"): string => {
  const count = numberOf(params, key);
  return `${count} ${count === 1 ? one : more}`;
};

/** Chooses by the count: "an insulting word" where there is one, the rest where there are more. */
const plural = (params: Params, one: string, more: string): string => (numberOf(params, "count") === 1 ? one : more);

const brandOf = (params: Params): string => (typeof params.brand === "string" ? params.brand : "a known brand");

const plain =
  (sentence: string): Sentence =>
  () =>
    sentence;

/** Reasons of posts: words, phrases, links, personal data. One block a scorer; codes are unique across blocks. */
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
  "threat.intent": plain("States an intent to hurt or kill."),
  "threat.warning": plain("Warns a person in words consistent with a threat."),
  "hate.group_attack": plain("Calls for harm to a protected group."),
  "hate.dehumanise": plain("Degrades people for the group they belong to."),
  "hate.exclusion": plain("Calls for a protected group to be shut out."),
  "extremism.praise": plain("Repeats a slogan consistent with support for violent extremism."),
  "selfharm.intent": plain("Speaks of ending or hurting one's own life; the writer may need help."),
  "selfharm.encouragement": plain("Encourages someone to kill or hurt themselves."),
  "child.sexual_material": plain("Speaks of sexual material with children."),
  "child.age": plain("Asks for a person's age or school year."),
  "child.named": plain("Speaks to or about a child."),
  "child.secrecy": plain("Asks to keep the contact secret."),
  "child.move": plain("Asks to move to a private channel."),
  "child.picture": plain("Asks for a picture or the camera."),
  "child.meeting": plain("Asks to meet, or where the person lives or goes to school."),
  "child.alone": plain("Asks whether the person is alone."),
  "dox.address": plain("Gives a street address beside words about where a third person can be found."),
  "dox.contact": plain("Gives a phone number or e-mail address beside words about a third person."),
  "dox.call": plain("Calls for a person's private details to be published."),
  "spam.self_promotion": plain("Promotes the writer's own channel, shop or service."),
  "spam.call_to_action": (p) => `Uses ${many(p, "phrase")} common in advertising.`,
  "scam.investment": plain("Promises money back in words consistent with an investment scam."),
  "scam.account": plain("Asks to verify an account beside a link, as phishing does."),
  "scam.prize": plain("Announces a prize in words consistent with a scam."),
  "scam.advance_fee": plain("Speaks of fees, gift cards or funds to transfer, as advance-fee fraud does."),
  "scam.impersonated_help": plain("Offers account help through a private contact, as impersonators do."),
  "illicit.drugs": plain("Offers or seeks drugs."),
  "illicit.weapons": plain("Offers or seeks weapons."),
  "illicit.documents": plain("Offers or seeks forged or stolen documents or cards."),
  "link.ip_host": (p) => `Holds ${many(p, "link")} to a bare network address instead of a name.`,
  "link.shortener": (p) => `Holds ${many(p, "shortened link")} that hide${plural(p, "s", "")} the target.`,
  "link.lookalike": (p) => `Holds a link whose name looks like ${brandOf(p)} but is another.`,
  "link.brand_in_host": (p) => `Holds a link that carries the name ${brandOf(p)} but belongs to another.`,
  "link.punycode": (p) => `Holds ${many(p, "link")} written in an encoded alphabet.`,
  "link.credential_path": (p) => `Holds ${many(p, "link")} with words such as login or verify in the path.`,
  "link.mismatch": (p) =>
    `Holds ${many(p, "link")} that show${plural(p, "s", "")} one address and lead${plural(p, "s", "")} to another.`,
  "pii.email": (p) => `Gives ${many(p, "e-mail address", "e-mail addresses")}.`,
  "pii.phone": (p) => `Gives ${many(p, "phone number")}.`,
  "pii.card": (p) => `Gives ${many(p, "payment card number")}.`,
  "pii.iban": (p) => `Gives ${many(p, "bank account number")}.`,
  "pii.ipv4": (p) => `Gives ${many(p, "network address", "network addresses")}.`,
  "substance.brief": (p) => `Holds nothing but brief praise or assent (${many(p, "word", "words", "words")}).`,
  "substance.no_words": plain("Holds no words."),
  "substance.link_only": (p) => `Holds nothing but ${many(p, "link", "links", "links")}.`,
  "language.untested": plain("Is in a language that the word lists were not made for; they count half."),
  "language.script": plain("Is in a script that the word lists were not made for; they count half."),
  "media.unsupported": (p) =>
    `Carries ${many(p, "media file", "media files", "media")} that no analyzer has looked at.`,
};

/** Every code with its sentence. A scorer that adds codes adds its own block above and spreads it here. */
const SENTENCES: ReadonlyMap<string, Sentence> = new Map(
  Object.entries({ ...POST_REASONS, ...REVIEW_REASONS, ...AUDIENCE_REASONS }),
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
