import { describe, expect, it } from "vitest";
import { FEATURES, REACH_FEATURES } from "../../../shared/policy/condition/feature-words.ts";
import { VOCABULARY } from "../../../shared/policy/condition/vocabulary.ts";
import { factsOf, type PolicyFacts } from "../../../shared/policy/policy-facts.ts";
import { scoreAudience } from "../../../shared/scoring/audience/score-audience.ts";
import { loadTextResources } from "../../../shared/scoring/text/load-text-resources.ts";
import { createPostScorer } from "../../../shared/scoring/text/score-post.ts";
import { exampleVerdict } from "../domain/examples.ts";
import { follows, generator, observe, person, thin } from "../scoring/audience/follows.ts";
import { DAY, playAll, START } from "../scoring/review/stream.ts";

const scorePost = createPostScorer(loadTextResources(new URL("../../../models/text/", import.meta.url)));
const TEXTS = [
  "",
  "Great!",
  "You are an idiot and everybody knows it!!! 😀",
  "Call me on +44 20 7946 0958 or write to jane.roe@example.com, born 04/05/1990, 12 Elm Street, Springfield IL 62704",
  "My card is 4111 1111 1111 1111 and my IBAN DE89 3704 0044 0532 0130 00, from 192.0.2.44",
  "Log in at http://192.0.2.7/login and https://paypa1-secure.example/verify or bit.ly/abc123 and hxxp://bad[.]example",
  "[our bank](https://other.example/signin) and https://xn--pypal-4ve.example and https://a.example/?url=https://b.example",
  "[click](javascript:alert(1)) @somebody f*ck this, use my code https://www.amazon.example/?tag=me-20",
  "Support is on 0800 123 4567, see https://one.example.com and https://two.example.org",
];

const emitted = (): Set<string> => {
  const names = new Set<string>();
  const add = (features: Readonly<Record<string, number>>): void => {
    for (const name of Object.keys(features)) names.add(name);
  };
  for (const text of TEXTS) add(scorePost({ text, media: 1, audience: "general", visibility: "public" }).features);
  const stream = Array.from({ length: 6 }, (_, n) => ({
    authorId: n < 2 ? "a" : `a${n}`,
    targetId: "hotel",
    at: START + n * DAY,
    rating: 1 + (n % 5),
    accountCreated: START,
  }));
  for (const { score } of playAll(stream)) add(score.features);
  const random = generator(3);
  const calm = follows({ from: 0, hours: 300, perHour: 4, profile: person, thinShare: 0.05 }, random);
  const block = follows({ from: 200, hours: 2, perHour: 900, profile: thin }, random);
  add(scoreAudience(observe([...calm, ...block])).score.features);
  return names;
};

describe("the vocabulary of conditions", () => {
  it("has every feature that scorers emit but those that tell reach, and a rating under its own name", () => {
    const names = emitted();
    expect(names.size).toBeGreaterThan(50);
    const unknown = [...names].filter((name) => !(name in FEATURES) && !REACH_FEATURES.includes(name));
    expect(unknown).toEqual(["rating"]);
  });

  it("says of each name what it means, once", () => {
    expect(new Set(VOCABULARY.map(({ name }) => name)).size).toBe(VOCABULARY.length);
    for (const { name, meaning } of VOCABULARY) {
      expect(name).toMatch(/^[a-z_]+(\.[a-z_]+){1,3}$/);
      expect(meaning.length).toBeGreaterThan(3);
    }
  });
});

describe("the facts of a verdict", () => {
  const facts = (more: Parameters<typeof exampleVerdict>[0]): PolicyFacts => factsOf(exampleVerdict(more));

  it("hold no follower count", () => {
    const features = Object.fromEntries([...REACH_FEATURES, "fake_share", "words"].map((name) => [name, 9]));
    const audience = { account: "a", followers: 70_001, scored: 3, windows: [] };
    const found = facts({ features, audience });
    expect(found.features).toEqual({ fake_share: 9, words: 9 });
    expect(JSON.stringify(found)).not.toContain("70001");
    expect(features.followers).toBe(9);
  });

  it("are those that the verdict stores", () => {
    const about = { country: "GB", minors: true as const, author: { ageDays: 3, ageBand: "under_13" as const } };
    expect(facts({ about, language: "en-GB", features: { rating: 2 } })).toMatchObject({
      country: "GB",
      minors: true,
      author: { ageDays: 3, ageBand: "under_13" },
      language: "en-GB",
      rating: 2,
    });
  });
});
