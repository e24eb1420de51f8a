import { pick, seeded, seedOf } from "./seeded.ts";
import { type Line, type Story, says } from "./story.ts";

type Choices = readonly [string, ...string[]];
type Template = (one: (from: Choices) => string) => string;

const PEOPLE: Choices = [
  "ana.p",
  "bo_larsen",
  "cleo",
  "dev_in_dover",
  "eli.m",
  "fern",
  "gus77",
  "hana_k",
  "ivo",
  "juno.b",
];
const PLACES: Choices = [
  "the harbour",
  "the old mill",
  "the allotments",
  "the swimming pool",
  "the town hall",
  "the viaduct",
];
const TIMES: Choices = [
  "this morning",
  "just now",
  "yesterday evening",
  "on Sunday",
  "before breakfast",
  "after the rain",
];
const FINDS: Choices = [
  "a red glove",
  "a bunch of keys",
  "a blue scarf",
  "a child's bicycle",
  "one very good dog",
  "a library card",
];
const DISHES: Choices = ["lentil soup", "plum cake", "mushroom risotto", "flatbread", "roast pumpkin", "apricot jam"];
const VERDICTS: Choices = [
  "Turned out well.",
  "A bit too salty.",
  "The kids asked for more.",
  "I'd make it again.",
  "Half of it is gone.",
];
const CLUBS: Choices = ["The rowers", "The under-twelves", "Our chess team", "The choir", "The five-a-side lot"];
const SCORES: Choices = [
  "won by one",
  "lost, but only just",
  "drew in the last minute",
  "came third out of nine",
  "finally got a point",
];
const QUESTIONS: Choices = [
  "a good plumber",
  "somebody who tunes pianos",
  "a quiet place to study",
  "a shop that mends zips",
];
const REASONS: Choices = [
  "Ask my grandmother.",
  "I can't explain it.",
  "It was a long summer.",
  "You had to be there.",
];
const EVENTS: Choices = ["swap day", "seed exchange", "open rehearsal", "bike repair hour", "the book club"];
const THINGS: Choices = ["a chair", "something warm", "a friend", "your own mug", "anything with strings"];
const WEATHER: Choices = ["Fog", "Sun", "Sideways rain", "Proper frost", "A warm wind", "Not a cloud"];

const TEMPLATES: readonly [Template, ...Template[]] = [
  (one) => `Found ${one(FINDS)} near ${one(PLACES)} ${one(TIMES)}. It's with me if it's yours.`,
  (one) => `Made ${one(DISHES)} ${one(TIMES)}. ${one(VERDICTS)}`,
  (one) => `${one(CLUBS)} ${one(SCORES)} ${one(TIMES)}. What a day.`,
  (one) => `I can never go past ${one(PLACES)} without thinking of ${one(DISHES)}. ${one(REASONS)}`,
  (one) => `Reminder: ${one(EVENTS)} at ${one(PLACES)} on Thursday, bring ${one(THINGS)}.`,
  (one) => `Can anybody recommend ${one(QUESTIONS)} near ${one(PLACES)}?`,
  (one) => `${one(WEATHER)} over ${one(PLACES)} ${one(TIMES)}, and nobody about but me and the gulls.`,
];

const HANDWRITTEN: readonly Line[] = [
  says("ana.p", "The bakery on the corner has a new oven and the whole street smells like toast."),
  says("gus77", "Bins are collected a day late this week because of the holiday."),
  says("cleo", "Whoever left a box of tomatoes on our step: thank you, they were wonderful."),
  says("ivo", "Does the number 9 bus still stop at the school?"),
  says("juno.b", "It does, but only until six. After that it goes round by the bridge."),
  says("hana_k", "My daughter lost her first tooth, then lost the tooth. We are all looking for it."),
  says("eli.m", "Killed the whole pot of basil again. I'm dangerous to plants."),
  says("fern", "Repot it in sand, Eli. And stop shooting it with the hose."),
  says("dev_in_dover", "Quiz tonight at eight. The theme is rivers. We need a geographer, badly."),
  says("bo_larsen", "That film bombed at the box office and I loved every minute of it."),
  says("cleo", "The library has a sale of old atlases. I came home with nine. Send shelves."),
  says("ana.p", "I disagree with the council on the parking plan, and I wrote them three pages about it."),
  says("gus77", "Three pages! I only managed 'no'."),
  says("hana_k", "Tooth found. In the cat's bed. The cat has been paid."),
  says("ivo", "Power is out on the east side, they say two hours. Candles are in the second drawer, Mum."),
  says("juno.b", "The new crossing is great. I timed it: nine seconds, even with a pram."),
  says("fern", "Please keep dogs on the lead by the lake, the swans have young."),
  says("eli.m", "Ran my first five kilometres without stopping. My knees have filed a complaint."),
  says("dev_in_dover", "We came second at the quiz. The Danube let us down."),
  says("bo_larsen", "If you have an hour on Saturday: we're painting the youth club, sandwiches included."),
  says("cleo", "The mayor's speech was dull, honest and over by four. I have no complaints."),
  says("hana_k", "Which of you taught my son the tuba?"),
];

/** Every fourth post was written by hand, the others come of templates, so that the pipeline has ordinary traffic. */
function lines(count: number): Line[] {
  const random = seeded(seedOf("everyday"));
  const one = (from: Choices): string => pick(from, random);
  const byHand = [...HANDWRITTEN];
  return Array.from({ length: count }, (_, index) => {
    const written = index % 4 === 0 ? byHand.shift() : undefined;
    return written ?? says(one(PEOPLE), pick(TEMPLATES, random)(one));
  });
}

/** The neighbourhood, talking about nothing in particular: most of what any platform carries. */
export const everyday: Story = {
  name: "everyday",
  channel: { id: "neighbourhood", visibility: "public", surface: "forum" },
  begins: 0,
  pace: 14,
  lines: lines(88),
};
