import { describe, expect, it } from "vitest";
import { labelScore } from "../../../../shared/domain/label.ts";
import { findLabel } from "../../../../shared/scoring/score.ts";
import { label, lexicon, names, score, shown } from "./lexicon-for-tests.ts";

describe("angry, honest and harmless posts", () => {
  it.each([
    "worst fucking airline, 5 hours late and nobody tells us a thing",
    "@united this is bullshit, I want my money back!!!",
    "What a shitty day. Damn this weather.",
    "Your service sucks and your app is crap",
    "I am so fucking tired of waiting on hold",
  ])("%j is profanity of low severity only", (text) => {
    expect(names(text)).toEqual(["profanity"]);
    expect(score(text).labels[0]?.severity).toBeLessThanOrEqual(2);
  });

  it.each([
    "Thanks for the quick help, the crew on flight 232 were great to my kids",
    "I killed it at the gym today, my legs are dead",
    "Your agent was rude and I will not fly with you again",
    "How do I verify my account? Your site keeps logging me out",
    "Our shop is at 12 High Street, come and visit",
    "My daughter is 12 years old and flies alone, whom do I call?",
    "The black people in my street and the muslim family next door are lovely",
    "I am a gay man and a proud christian",
    "As a Jewish woman I love this film",
    "please follow me so that I can DM you my number",
    "They shot a great film in Scunthorpe, the cast are assassins",
    "I will find you a better seat, one moment please",
    "Don't kill the mood",
    "You are not an idiot",
    "I would never hurt you",
  ])("%j carries no label", (text) => expect(names(text)).toEqual([]));
});

describe("insults", () => {
  it.each([
    "You are such an idiot",
    "you're a fucking moron",
    "ur a dumb bitch",
    "you stupid cunt",
    "@bob you are a pathetic loser",
    "@bob idiot",
    "fuck you",
    "f u c k  y o u",
    "y0u are an 1d10t",
    "ｙｏｕ ａｒｅ ａｎ ｉｄｉｏｔ",
    "you are a piece of shit",
    "go to hell",
  ])("%j is aimed", (text) => {
    const found = label(text, "insult");
    expect(found?.severity).toBeGreaterThanOrEqual(4);
    expect(found?.reasons.map((reason) => reason.code)).toContain("text.insult_aimed");
  });

  it("weigh less unaimed, told of, or quoted", () => {
    const severityOf = (text: string): number => label(text, "insult")?.severity ?? 0;
    expect(severityOf("what an idiot that was")).toBeLessThan(severityOf("you are an idiot"));
    expect(severityOf("he called me an idiot")).toBeLessThan(3);
    expect(severityOf('"you are an idiot"')).toBe(severityOf("you are an idiot"));
    expect(severityOf('someone wrote "you are an idiot" on my door')).toBeLessThan(severityOf("you are an idiot"));
  });
});

describe("what a word alone cannot say", () => {
  it.each([
    ["I'm going to kill you", "threat", 6],
    ["we will fucking find you and kill you", "threat", 6],
    ["gonna break your legs", "threat", 0],
    ["I will break your legs", "threat", 6],
    ["watch your back", "threat", 5],
    ["I know where you live", "threat", 6],
    ["kill yourself", "self_harm", 6],
    ["kys", "self_harm", 6],
    ["I want to kill myself", "self_harm", 5],
    ["i don't want to live anymore", "self_harm", 5],
    ["no one cares i want to kill myself", "self_harm", 5],
    ["I want to die", "self_harm", 4],
    ["nobody likes you", "harassment", 4],
    ["delete your account", "harassment", 4],
    ["I hope you die", "harassment", 5],
    ["all muslims should be deported", "hate", 6],
    ["immigrants are vermin", "hate", 5],
    ["selling xanax and percs, hmu", "illicit", 5],
    ["fake passports for sale", "illicit", 5],
    ["post her address", "harassment", 4],
    ["send nudes", "sexual_adult", 4],
    ["buy followers cheap, dm me for promo", "spam", 3],
    ["check out my channel", "spam", 3],
    ["send 1 btc and get 2 btc back", "scam", 5],
    ["double your bitcoin today", "scam", 5],
  ] as const)("%j: %s of severity %i", (text, name, severity) => {
    expect(label(text, name)?.severity ?? 0).toBe(severity);
  });

  // Suicidal speech is full of negations: only a denied act takes it back.
  it.each(["i can't do this anymore, i have the pills next to me", "how many paracetamol does it take to not wake up"])(
    "%j stays self_harm",
    (text) => expect(label(text, "self_harm")?.probability ?? 0).toBeGreaterThan(0.6),
  );

  it.each(["you are not an idiot", "Not idiots, not losers: neighbours."])("%j is not toxic", (text) =>
    expect(score(text).features.toxicity).toBeLessThan(0.5),
  );

  it.each([
    ["I will not kill you", "threat"],
    ["please don't kill yourself", "self_harm"],
    ["I never want to kill myself", "self_harm"],
    ["she lives at the lake", "privacy.doxxing"],
    ["verify your account", "scam"],
    ["follow me", "spam"],
    ["click here", "spam"],
    ["muslims should be welcome here", "hate"],
    ["the gun shop closed", "illicit"],
  ] as const)("%j is no %s", (text, name) => expect(label(text, name)).toBeUndefined());

  it("takes a pitch with a link, or two pitches, where one is not enough", () => {
    expect(label("click here https://example.com/a", "spam")).toBeDefined();
    expect(label("limited time offer, order now", "spam")).toBeDefined();
    expect(label("verify your account https://example.com/a", "scam")?.severity).toBe(5);
  });

  it("needs the detail beside the person for doxxing", () => {
    expect(label("she lives at 12 Elm Street", "privacy.doxxing")?.severity).toBe(6);
    expect(label("here is his number 415-555-2671", "privacy.doxxing")?.severity).toBe(5);
    expect(label("she lives at home, call us on 415-555-2671", "privacy.doxxing")?.severity ?? 0).toBeLessThan(6);
    expect(label("meet me at 12 Elm Street", "privacy.doxxing")).toBeUndefined();
  });
});

describe("contact-seeking towards a child", () => {
  const steps = "how old are you? add me on snap and send me a pic";

  it("takes several kinds of step, fewer where a child is on the other side", () => {
    expect(label("how old are you?", "child_safety", { audience: "minors" })).toBeUndefined();
    expect(label("how old are you? add me on snap", "child_safety")).toBeUndefined();
    expect(label("how old are you? add me on snap", "child_safety", { audience: "minors" })?.severity).toBe(6);
    expect(label(steps, "child_safety")?.severity).toBe(5);
    expect(label(`${steps}. you are 13?`, "child_safety")?.severity).toBeGreaterThanOrEqual(6);
  });

  it("is gravest from an adult, and milder between minors", () => {
    const text = "what's your age? let's chat on discord, don't tell your mom";
    expect(label(text, "child_safety", { audience: "minors", author: { ageBand: "adult" } })?.severity).toBe(7);
    const among = { audience: "minors", author: { ageBand: "13_15" } } as const;
    expect(label("how old are you? add me on snap", "child_safety", among)).toBeUndefined();
  });

  it("says which steps were taken", () => {
    const codes = label(steps, "child_safety")?.reasons.map((reason) => reason.code);
    expect(new Set(codes)).toEqual(new Set(["child.age", "child.move", "child.picture"]));
  });
});

describe("an audience of minors", () => {
  it("has safety labels reported earlier, and nothing else", () => {
    expect(label("buy weed online", "illicit")).toBeUndefined();
    expect(label("buy weed online", "illicit", { audience: "minors" })).toBeDefined();
    expect(label("click here", "spam", { audience: "minors" })).toBeUndefined();
  });
});

describe("substance, media and language", () => {
  it.each(["good post", "Nice!", "first!", "😀😀", "...", "so true", "great work man", "https://example.com/a"])(
    "%j is low_substance",
    (text) => {
      expect(label(text, "low_substance")?.probability).toBeGreaterThan(0.6);
    },
  );

  it.each(["good post, but the second chart is wrong", "why?", "nice https://example.com", "great crew on flight 12"])(
    "%j is not",
    (text) => expect(label(text, "low_substance")).toBeUndefined(),
  );

  it("says that nobody looked at media, and nothing else of a post without text", () => {
    const { labels, features } = score(undefined, { media: 2 });
    expect(labels).toHaveLength(1);
    expect(labels[0]).toMatchObject({ label: "unsupported_media", severity: 0, probability: 1 });
    expect(features).toEqual({ media: 2 });
    expect(label("look at this", "unsupported_media", { media: 1 })).toBeDefined();
    expect(label("wow", "low_substance", { media: 1 })).toBeUndefined();
  });

  it("says where the word lists do not reach, and trusts them half", () => {
    expect(label("Ganz schön dick", "unsupported_language", { language: "de-DE" })?.probability).toBe(1);
    expect(label("сегодня хорошая погода в городе", "unsupported_language")).toBeDefined();
    expect(label("a fine day", "unsupported_language", { language: "en-GB" })).toBeUndefined();
    const foreign = score("espèce de connard, va te faire voir ailleurs, fuck", { language: "fr-FR" });
    expect(findLabel(foreign, "profanity")).toMatchObject({ source: "text-lexicon" });
    expect(findLabel(foreign, "profanity")?.probability).toBeLessThanOrEqual(0.5);
    expect(foreign.features.toxicity).toBeUndefined();
    expect(score("a fine day").features.toxicity).toBeLessThan(0.1);
  });
});

describe("the score", () => {
  const text =
    "You idiot @bob! Check out my channel http://paypa1.com/login call 415-555-2671 kys fuck nobody likes you bob@example.com";

  it("is a valid, strongest-first, small list that holds no words of the person", () => {
    const { labels, models, degraded } = score(text);
    expect(labels.length).toBeGreaterThan(4);
    for (const entry of labels) expect(labelScore.parse(entry)).toEqual(entry);
    expect(labels.map((entry) => entry.severity)).toEqual(labels.map((entry) => entry.severity).sort((a, b) => b - a));
    expect(JSON.stringify(labels)).not.toMatch(/bob|idiot|kys|fuck|415|channel|example/);
    expect(models).toContain(`text-lexicon@${lexicon.version}`);
    expect(degraded).toBe(false);
  });

  it("is small enough for a verdict", () => {
    expect(JSON.stringify(score("you are such an idiot, I will kill you")).length).toBeLessThan(1_536);
  });

  it("is the same each time", () => expect(score(text)).toEqual(score(text)));

  it("counts what policies ask for, as finite numbers", () => {
    const { features } = score("HELLO @a see http://bit.ly/1 and http://b.example 😀!");
    expect(features).toMatchObject({ links_total: 2, links_shortened: 1, mentions: 1, emoji: 1, exclamations: 1 });
    for (const [name, value] of Object.entries(features)) {
      expect(name).toMatch(/^[a-z][a-z0-9_]*$/);
      expect(Number.isFinite(value)).toBe(true);
    }
    expect(score("ABcd").features.uppercase_ratio).toBe(0.5);
  });

  it("points at the words in the original", () => {
    expect(shown("😀 so ｉｄｉｏｔ!", label("😀 so ｉｄｉｏｔ!", "insult"))).toEqual(["ｉｄｉｏｔ"]);
    expect(label("fuck ".repeat(50), "profanity")?.spans).toHaveLength(8);
  });
});
