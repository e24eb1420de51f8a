import type { LabelName } from "../../../../../shared/domain/label.ts";
import type { Setting } from "./contact-seeking-cases.ts";

// Written after the rules and never used to change them: what the rules find of these is the honest figure. The second field
// says whether the label is deserved. A case that leads to a change of the rules has to move to the other lists.

export const UNSEEN_CONTACT: readonly (readonly [Setting, boolean, string])[] = [
  ["mu", true, "what's a pretty thing like you doing up so late? anyone awake at yours?"],
  ["mu", true, "i run a gaming team, all i need is your age and a voice message"],
  ["ma", true, "meet me by the bike sheds, and leave your phone at home so nobody tracks you"],
  ["mu", true, "do me a favour and film yourself dancing, i'll send you coins"],
  ["mu", true, "you said you're fourteen, that's fine by me. ever been kissed?"],
  ["mu", true, "my wife doesn't understand me like you do, can we talk on whatsapp tonight"],
  ["mu", true, "which bedroom window is yours?"],
  ["mu", true, "i want to see those abs, take your top off"],
  ["gu", true, "your nan goes to bed early right? call me then, and don't mention it to her"],
  ["gu", true, "u 15? i'm 29, we can still hang out, just say you're at your mate's"],
  ["mu", true, "send a pic or i'm telling everyone what you said about your teacher"],
  ["mu", true, "new account, old one got banned for talking to kids lol. how old are you"],
  ["mu", false, "what time is practice? my mum is driving me"],
  ["mc", false, "my nan goes to bed at eight lol, can we play after"],
  ["ma", false, "Remember to charge your tablets at home, and ask your parents to sign page two"],
  ["gu", false, "the window in your bedroom looks lovely, which paint is it?"],
  ["gu", false, "I run a gaming team, tryouts are on saturday, 18 and over"],
  ["gu", false, "film yourself doing the dance challenge and tag us"],
  ["gu", false, "Who is awake? Anyone up for a chat, night shift here"],
  ["ga", false, "What time does your daughter go to bed? Ours is still awake"],
  ["mu", false, "how old is this game? my brother says it's from 2009"],
  ["mc", false, "say happy birthday to your mum from me, see you at school"],
  ["gu", false, "take your top bunk mattress off the bed first, then clean it"],
  ["gu", false, "my wife doesn't understand football, can we talk about the match"],
];

export const UNSEEN_HARM: readonly (readonly [LabelName, boolean, string])[] = [
  ["threat", true, "one call and my cousins will be at your door with hammers"],
  ["threat", true, "I'm going to strangle you if I ever see you again"],
  ["threat", true, "your house goes up in flames tonight"],
  ["threat", false, "the deadline is going to strangle us"],
  ["threat", false, "if I ever see you again I will buy you a beer"],
  ["threat", false, "my cousins will be at your door with cake at eight"],
  ["self_harm", true, "I've decided, I won't be here by monday"],
  ["self_harm", true, "how much insulin is fatal"],
  ["self_harm", true, "nobody would notice if I killed myself"],
  ["self_harm", false, "I won't be here on monday, dentist"],
  ["self_harm", false, "he survived an overdose and now counsels others"],
  ["extremism", true, "we salute the heroes who attacked the synagogue"],
  ["extremism", false, "candles were lit for the victims of the synagogue attack"],
  ["illicit", true, "quarter pounds of cali bud, text for prices"],
  ["illicit", true, "driving licence made to order, no test needed"],
  ["illicit", false, "quarter pounder with cheese, text me your order"],
  ["privacy.doxxing", true, "that vet's home: 18 Quarry Road. Egg the place"],
  ["privacy.doxxing", true, "her ex told me her number is 415-555-2671"],
  ["privacy.doxxing", false, "the vet is at 18 Quarry Road, open until six"],
];
