import type { Reason } from "./label.ts";

type Params = NonNullable<Reason["params"]>;
type Sentence = (params: Params) => string;

const plain =
  (sentence: string): Sentence =>
  () =>
    sentence;

const languageNames = new Intl.DisplayNames("en", { type: "language", fallback: "none" });

/** "German", "Brazilian Portuguese"; codes that have no English name, or are none, read as another language. */
function languageOf({ language }: Params): string {
  try {
    return (typeof language === "string" ? languageNames.of(language) : undefined) ?? "another language";
  } catch {
    return "another language";
  }
}

/**
 * Reasons of the safety rules: contact with children, private details, self-harm, threats, extremism, illicit goods; and of the
 * language reader. A reason never says how something is done: no method, no substance, no source.
 */
export const SAFETY_REASONS: Readonly<Record<string, Sentence>> = {
  "child.sexual_material": plain("Speaks of sexual material with children."),
  "child.age": plain("Asks for a person's age or school year."),
  "child.named": plain("Speaks to or about a child."),
  "child.where": plain("Asks where the person lives or goes to school."),
  "child.secrecy": plain("Asks to keep something from parents or teachers."),
  "child.quiet": plain("Asks to keep the talk between the two."),
  "child.erase": plain("Asks to delete the talk."),
  "child.hidden": plain("Asks to hide the contact from parents or teachers."),
  "child.move": plain("Asks to move to a private channel."),
  "child.picture": plain("Asks for a picture or the camera."),
  "child.body": plain("Asks about the person's body or clothes, or asks to undress."),
  "child.sexual_talk": plain("Turns the talk to sexual matters."),
  "child.gift": plain("Offers money or gifts."),
  "child.flattery": plain("Sets the person apart: more mature, special, understood by nobody else."),
  "child.meeting": plain("Asks to meet."),
  "child.alone": plain("Asks whether the person is alone or the parents are away."),
  "child.pressure": plain("Threatens to share pictures or messages."),
  "dox.address": plain("Gives a street address beside words about where a third person can be found."),
  "dox.contact": plain("Gives a phone number or e-mail address beside words about a third person."),
  "dox.place": plain("Says at which workplace or school a third person can be found."),
  "dox.plate": plain("Gives a car's number plate beside words about its owner."),
  "dox.mobilise": plain("Sends others to the person."),
  "dox.call": plain("Calls for a person's private details to be published."),
  "selfharm.intent": plain("Speaks of ending or hurting one's own life; the writer may need help."),
  "selfharm.encouragement": plain("Encourages someone to kill or hurt themselves."),
  "selfharm.method_sought": plain("Asks for means of self-harm or suicide; the writer may need help."),
  "selfharm.method_given": plain("Gives means of self-harm or suicide."),
  "selfharm.concern": plain("Worries that another person may hurt or kill themselves."),
  "selfharm.eating": plain("Promotes starving, purging or hiding an eating disorder."),
  "threat.intent": plain("States an intent to hurt or kill."),
  "threat.warning": plain("Warns a person in words consistent with a threat."),
  "threat.conditional": plain("Announces harm unless someone does as told."),
  "threat.veiled": plain("Alludes to harm without naming it."),
  "threat.credible": plain("Names a time, a place or a means together with the threat."),
  "extremism.praise": plain("Repeats a slogan consistent with support for violent extremism."),
  "extremism.recruit": plain("Calls for joining, funding or imitating violent extremists."),
  "illicit.drugs": plain("Offers or seeks drugs."),
  "illicit.weapons": plain("Offers or seeks weapons."),
  "illicit.documents": plain("Offers or seeks forged or stolen documents or cards."),
  "illicit.contact": plain("Says how to reach the seller."),
  "language.untested": (p) => `Reads as ${languageOf(p)}, which the text model was not tested in.`,
  "language.tagged": (p) => `Is marked by the platform as ${languageOf(p)}, which the text model was not tested in.`,
  "language.script": plain("Is in a script that the text model was not tested in."),
};
