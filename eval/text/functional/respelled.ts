import type { FunctionalTest } from "./functional-test.ts";

/** Attacks that are spelled so that a list of words does not find them, and words that only look like one. */
export const respelled: readonly FunctionalTest[] = [
  {
    name: "respelled attack",
    asks: "signs for letters, gaps, repeated, dropped and foreign letters",
    expects: { found: true },
    cases: [
      "You are such an 1d10t.",
      "y o u  a r e  a  m o r o n",
      "What a stuuuupid biiiitch you are.",
      "Go f*ck yourself.",
      "You f u c k i n g l0ser.",
      "fvck you and your whole family",
      "You are a piece of sh!t",
      "K I L L  Y O U R S E L F",
      "you fuckin ret@rd",
      "Shut up, you ѕtuріd сow.",
      "You id\u200biot, nobody li\u200bkes you.",
      "b1tch pls, ur trash",
      "Ur a f4gg0t",
      "u r so stoopid its unreal, dumbazz",
      "you mofo, i will k1ll you",
      "Y.o.u a.r.e s.c.u.m",
      "What an a$$hole you are",
      "SHUTUPYOUIDIOT",
    ],
  },
  {
    name: "only looks like an attack",
    asks: "innocent words that hold the letters of a listed one, and signs that spell nothing",
    expects: { found: false },
    cases: [
      "The Scunthorpe match was moved to Sunday.",
      "Our class will assess the assassination of Caesar in Sussex.",
      "I passed my classic guitar exam in Essex!",
      "Flat 4, 5th floor, call 555 1010 when you are here.",
      "The cockpit of the old plane is open to visitors.",
      "Dr. Dickens teaches analysis at Penistone.",
      "We grew shiitake mushrooms in the cellar.",
      "S.O.S. and a.m. are written with points.",
      "A 5h17 train goes to York on weekdays.",
      "My therapist says that I should write a diary.",
      "Yesssss, finally weekend, sooooo happy!",
      "The grape harvest was drapery red this year.",
    ],
  },
];
