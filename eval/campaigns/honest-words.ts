import { pick } from "../../local/sample/seeded.ts";

// Words of guests and customers, written for this project. A review takes a few sentences and fills their slots, so that
// two honest reviews share phrases now and then, as people's do, and hardly ever a whole text.

const WHO = [
  "my sister",
  "my wife",
  "my husband",
  "an old friend",
  "our two kids",
  "my mother",
  "a colleague",
  "my team",
  "the dog",
  "nobody else",
] as const;
const WHEN = [
  "in late spring",
  "over a long weekend",
  "on a rainy Tuesday",
  "between two trains",
  "for one night",
  "for a birthday",
  "after a wedding nearby",
  "during the trade fair",
  "at short notice",
  "for the third year",
] as const;
const THING = [
  "the corner table",
  "the upstairs room",
  "the back entrance",
  "the car park",
  "the little garden",
  "the front desk",
  "the staircase",
  "the waiting area",
  "the counter",
  "the hallway",
] as const;
const DETAIL = [
  "a jar of pickles",
  "an old map of the coast",
  "a stack of board games",
  "a cat asleep on the till",
  "a radio that plays only jazz",
  "a row of mismatched lamps",
  "a chalkboard with two spelling mistakes",
  "a bicycle pump",
  "a shelf of paperbacks",
  "a very loud clock",
] as const;
const WAIT = [
  "five minutes",
  "ten minutes",
  "a quarter of an hour",
  "twenty minutes",
  "half an hour",
  "nearly an hour",
] as const;
const PRICE = [
  "eleven",
  "fourteen",
  "eighteen",
  "twenty-two",
  "twenty-six",
  "thirty-one",
  "forty",
  "fifty-five",
] as const;
const PERSON = [
  "the woman at the till",
  "a young man with a beard",
  "the owner",
  "somebody called Maren",
  "the older waiter",
  "a trainee",
  "the night porter",
  "two students",
  "the cook",
  "the manager",
] as const;

const SLOTS: Readonly<Record<string, readonly [string, ...string[]]>> = {
  who: WHO,
  when: WHEN,
  thing: THING,
  detail: DETAIL,
  wait: WAIT,
  price: PRICE,
  person: PERSON,
};

const NEUTRAL = [
  "We came {when} with {who}.",
  "I had been past a dozen times and went in {when}.",
  "There is {detail} by {thing}.",
  "We waited {wait}, which nobody minded.",
  "I paid {price} and that seemed to be the going rate.",
  "{person} showed us where {thing} was.",
  "Went {when}, mostly because it was open.",
  "You find it behind the bakery, two steps down.",
  "They take cards, but not the kind I had.",
  "Bring a jumper, {thing} is in the shade all day.",
  "I noticed {detail} and asked about it.",
  "Our visit took about {wait} from door to door.",
] as const;
const GOOD = [
  "{person} remembered us from last time and asked after {who}.",
  "Everything we ordered came hot and in the right order.",
  "They mended it while I waited, {wait} at most, and charged {price}.",
  "{who} still talks about {detail}.",
  "Cleaner than my own kitchen, honestly.",
  "I left my scarf and {person} ran after me with it.",
  "For {price} I have had far worse and been happy.",
  "Nothing fancy, just done properly.",
  "{thing} has been repainted and it suits the place.",
  "We will be back {when} if they have room.",
  "Quiet enough to hear yourself think.",
  "They told me that I did not need the expensive one.",
] as const;
const BAD = [
  "We stood at {thing} for {wait} before anybody looked up.",
  "{person} shrugged when I asked about the bill.",
  "Charged {price} for something that the board says is free.",
  "It smelled of paint and {thing} was roped off.",
  "I had booked {when} and they had no note of it.",
  "Half of the menu was off, and nobody said so until we had sat down.",
  "My receipt and my order had little in common.",
  "{who} got the wrong one and was told to live with it.",
  "The lights went out twice and {person} laughed.",
  "Sticky tables, cold soup, and {detail} on my chair.",
  "Rang three times, got through once, was cut off.",
  "It was fine last year. Something has changed since.",
] as const;
/** Said of a place with a building site beside it. */
export const BUILDING_SITE = [
  "They drill from seven in the morning right under {thing}.",
  "Nobody mentioned the crane when I booked {when}.",
  "The pool is a hole with a fence around it.",
  "Dust on the beds, dust in the soup, dust on {who}.",
  "I asked {person} for a quiet room and got a pair of earplugs.",
  "The view is scaffolding, whatever the pictures say.",
  "{wait} of jackhammer before breakfast, every day.",
  "The lift is out until the works end, said {person}.",
] as const;
/** Said by those who are paid to praise: new words each time, never a fact. */
export const PAID_PRAISE = [
  "An unforgettable experience from beginning to end.",
  "Truly the best in the whole region.",
  "Five stars are not enough for this place.",
  "The staff go above and beyond for every single guest.",
  "Everything was simply perfect.",
  "I recommend it to all my friends and family.",
  "Luxury at its finest, at an unbeatable price.",
  "You will not be disappointed.",
  "A hidden gem that deserves far more attention.",
  "We felt like royalty the entire time.",
  "Exceeded all our expectations in every way.",
  "A must for everyone who comes to the city.",
  "Impeccable service and a wonderful atmosphere.",
  "I can not wait to come back again.",
] as const;

/** Asides that most sentences of an honest review carry: they keep two reviewers' sentences from being one. */
const ASIDES = [
  "though that may be just me",
  "as {who} said",
  "at least {when}",
  "and I am not easy to please",
  "or so it seemed from {thing}",
  "which {person} put down to the season",
  "if I remember it right",
  "for what it is worth",
  "and we have seen {price} of these places",
  "which made {who} laugh",
  "while somebody fixed {thing}",
  "and then there was {detail}",
  "not counting the {wait} at the start",
  "as you would expect {when}",
  "to be fair to {person}",
  "in spite of {detail}",
] as const;
const WITH_ASIDE = 0.8;

type Words = readonly [string, ...string[]];

const filled = (template: string, random: () => number): string => {
  const sentence = template.replaceAll(/\{(\w+)\}/g, (_, slot: string) => pick(SLOTS[slot] ?? [slot], random));
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
};

/** `count` sentences from `words`, none twice, slots filled; honest ones mostly with an aside. */
export function sentences(words: Words, count: number, random: () => number, asides = 0): string {
  const left = [...words];
  const chosen: string[] = [];
  for (let n = 0; n < count && left.length > 0; n++) {
    const [sentence = ""] = left.splice(Math.floor(random() * left.length), 1);
    const whole = random() < asides ? `${sentence.slice(0, -1)}, ${pick(ASIDES, random)}.` : sentence;
    chosen.push(filled(whole, random));
  }
  return chosen.join(" ");
}

/** What an honest customer writes who gives `rating` (1 to 5): three to six sentences that go with it. */
export function honestText(rating: number, random: () => number): string {
  const own: Words = rating >= 4 ? GOOD : rating <= 2 ? BAD : [...GOOD, ...BAD];
  const neutral = sentences(NEUTRAL, 1 + Math.floor(random() * 2), random, WITH_ASIDE);
  return `${neutral} ${sentences(own, 2 + Math.floor(random() * 3), random, WITH_ASIDE)}`;
}
