import { describe, expect, it } from "vitest";
import { compilePolicies } from "../../../../shared/policy/compiled-policies.ts";
import type { PolicyRule } from "../../../../shared/policy/policy-document.ts";
import { factsOfFindings } from "../../../../shared/policy/policy-facts.ts";
import { normalise } from "../../../../shared/scoring/text/normalise.ts";
import { readSubstance } from "../../../../shared/scoring/text/substance/low-substance.ts";
import { type Reach, readPromotion } from "../../../../shared/scoring/text/substance/promotion.ts";
import { tokenise } from "../../../../shared/scoring/text/tokenise.ts";
import { label, score } from "./lexicon-for-tests.ts";

const NOWHERE: Reach = { links: 0, promoting: 0, emails: 0, phones: 0, hotlines: 0 };
const substance = (text: string) => readSubstance(text, tokenise(normalise(text), []));
const promotion = (text: string, reach: Partial<Reach> = {}) =>
  readPromotion(text, tokenise(normalise(text), []), { ...NOWHERE, ...reach });

describe("low substance", () => {
  it.each([
    "good post",
    "Nice!",
    "first!",
    "+1",
    "10/10",
    "niiiiice",
    "gooood one",
    "hahahaha",
    "@ann thanks for sharing!",
    "great post, thank you so much",
    "so true",
    "😀😀",
    "🔥",
    "...",
    "Danke!",
    "merci pour le partage",
    "très bon article",
    "gracias por compartir",
    "muito bom, parabéns",
    "grazie, bellissimo",
    "bedankt!",
    "dzięki",
    "teşekkürler",
    "mantap",
    "спасибо",
    "धन्यवाद",
    "شكرا",
    "谢谢分享",
    "いいね",
    "좋아요",
  ])("%j", (text) => {
    expect(substance(text).findings.map((one) => one.label)).toEqual(["low_substance"]);
    expect(substance(text).substance).toBeLessThan(0.3);
  });

  it.each([
    "good post, but the second chart is wrong",
    "why?",
    "good?",
    "great crew on flight 12",
    "the train was late again",
    "god help us",
    "danke, aber der Zug kam nie",
    "first class was sold out",
    "thanks for your help with my bag",
  ])("%j is more than that", (text) => expect(substance(text).findings).toEqual([]));

  it("grows with what is said", () => {
    const [brief, some, much] = [
      "nice",
      "the chart is wrong",
      "the second chart mixes years with quarters, see page nine",
    ];
    const of = (text: string): number => substance(text).substance;
    expect(of(brief as string)).toBeLessThan(of(some as string));
    expect(of(some as string)).toBeLessThan(of(much as string));
    expect(of(much as string)).toBeLessThanOrEqual(1);
  });

  it("ends with a few counted words of a text of any length", () => {
    expect(substance("🔥".repeat(40_000)).substance).toBeLessThan(0.3);
    expect(substance("train ".repeat(20_000)).substance).toBeGreaterThan(0);
  });
});

describe("promotion", () => {
  it.each([
    ["check out my channel, new videos every week", {}],
    ["please subscribe to me", {}],
    ["Follow me on instagram @somebody", {}],
    ["Get 20% off with promo code SAVE20 at our shop", {}],
    ["Nice post! We offer cheap web design, call us today", { phones: 1 }],
    ["I earn 300 dollars a day working from home, join here", { links: 1 }],
    ["free shipping on all orders, buy now", { links: 1 }],
    ["made $4,000 in my first week from my sofa, message me on WhatsApp", { phones: 1 }],
    ["visiten mi canal, suscríbete", {}],
    ["abonniert meinen Kanal", {}],
    ["abonnez vous à ma chaîne", {}],
  ] as const)("%j", (text, reach) => {
    const { findings, promotion: chance } = promotion(text, reach);
    expect(chance).toBeGreaterThanOrEqual(0.5);
    const doubt = findings.reduce((left, { weight }) => left * (1 - weight), 1);
    expect(1 - doubt).toBeCloseTo(chance, 1);
    expect(findings.every((one) => one.label === "spam" && one.code.startsWith("promo."))).toBe(true);
  });

  it.each([
    ["@air my flight was cancelled and I want a refund", {}],
    ["my channel has been suspended, please help me fix this", { links: 1 }],
    ["the offer of the union was fair", {}],
    ["see the report of the ministry", { links: 1 }],
    ["I bought it in a sale and it broke", {}],
    ["call your mother today", {}],
    ["I subscribed to this paper for years and it is a shame", {}],
    ["I subscribe to the print edition", {}],
    ["the discount did not apply to my order, why?", {}],
    ["carpenters make $40 an hour here, says the union", { links: 1 }],
    ["", {}],
  ] as const)("not %j", (text, reach) => expect(promotion(text, reach).promotion).toBeLessThan(0.5));

  it("reaches the label, whatever the model thinks of so few words", () => {
    expect(label("check out my channel, new videos every week", "spam")?.probability).toBeGreaterThanOrEqual(0.5);
    expect(score("check out my channel").features.promotion).toBeGreaterThanOrEqual(0.5);
  });
});

/** A reader-comment section: at most one link, no brief praise, nothing that mainly promotes. */
const rule = (name: string, when: string): PolicyRule => ({
  name,
  when,
  action: "hold",
  queue: "comments",
  reasonCode: name.replaceAll("-", "_"),
});
const rules = [
  rule("one-link-at-most", "features.links_total > 1"),
  rule("no-brief-praise", "label.low_substance.probability >= 0.7"),
  rule("no-promotion", "label.spam.probability >= 0.5 && label.spam.severity >= 2"),
  rule("media-unseen", "label.unsupported_media.probability >= 0.5"),
];
const policies = compilePolicies([
  { document: { id: "reader-comments", title: "Reader comments", rules }, version: 1 },
]);
const decided = (text: string, media = 0): string => {
  const { labels, features } = score(text, { media });
  return policies.decide(factsOfFindings(labels, { features })).policy.rule;
};

describe("a policy for a reader-comment section", () => {
  it.each([
    ["Both https://a.example.com/report and https://b.example.org/data say so in detail", "one-link-at-most"],
    ["good post", "no-brief-praise"],
    ["First!!", "no-brief-praise"],
    ["+1", "no-brief-praise"],
    ["Great article. Check out my channel and subscribe", "no-promotion"],
    ["Get 20% off with promo code SAVE20 at our shop https://shop.example.com", "no-promotion"],
    ["The second chart counts some villages twice, which the ministry's own report says", "none"],
    ["The ministry's own report says otherwise: https://www.example.org/report", "none"],
    ["Why does the council not answer this question?", "none"],
  ])("%j: %s", (text, expected) => expect(decided(text)).toBe(expected));

  it("can ask for a person where a picture is part of the comment", () => {
    expect(decided("The second chart counts some villages twice, as this picture shows", 1)).toBe("media-unseen");
  });
});
