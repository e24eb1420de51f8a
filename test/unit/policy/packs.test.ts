import { existsSync, readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import type { Post } from "../../../shared/domain/item.ts";
import { checkPolicy } from "../../../shared/policy/check-policy.ts";
import { compilePolicies } from "../../../shared/policy/compiled-policies.ts";
import { defaultPolicy } from "../../../shared/policy/default-policy.ts";
import { postJudge } from "../../../shared/policy/judge-post.ts";
import type { PolicyDocument } from "../../../shared/policy/policy-document.ts";
import { factsOfFindings, type PolicyFacts } from "../../../shared/policy/policy-facts.ts";
import { loadTextResources } from "../../../shared/scoring/text/load-text-resources.ts";
import { createPostScorer } from "../../../shared/scoring/text/score-post.ts";
import { examplePost, exampleVerdict, NOW } from "../domain/examples.ts";
import { label } from "./policy-of.ts";

const FOLDER = new URL("../../../policies/packs/", import.meta.url);
const files = readdirSync(FOLDER).filter((name) => name.endsWith(".yaml"));

function documentIn(file: string): PolicyDocument {
  const checked = checkPolicy(parse(readFileSync(new URL(file, FOLDER), "utf8")), { parents: [defaultPolicy] });
  if (!checked.ok) throw new Error(`${file}: ${checked.faults[0]?.message}`);
  return checked.document;
}
const setOf = (id: string) => compilePolicies([{ document: documentIn(`${id}.yaml`), version: 1 }]);

const judge = postJudge(createPostScorer(loadTextResources(new URL("../../../models/text/", import.meta.url))));
const { tenant, ref, digest } = exampleVerdict();
const author = (more: Partial<Post["author"]>) => ({ author: { id: "a", ...more } });
/** What a pack makes of a post: the rule that decides, and what it does. */
function decided(pack: string, text: string, more: Parameters<typeof examplePost>[0] = {}): string {
  const post = examplePost({ text, ...more });
  const made = judge({ tenant, policies: setOf(pack), ref, digest, post, receivedAt: NOW, now: NOW });
  return `${made.action} ${made.queue} ${made.policy.rule}`;
}
const comment = { channel: { id: "c", visibility: "public", surface: "comment", audience: "general" } } as const;

describe("the packs that ship", () => {
  it.each(files)("%s passes the check without a warning, under its own name, with a page", (file) => {
    const checked = checkPolicy(parse(readFileSync(new URL(file, FOLDER), "utf8")), { parents: [defaultPolicy] });
    expect(checked).toMatchObject({ ok: true, warnings: [], document: { id: file.replace(".yaml", "") } });
    expect(existsSync(new URL(`../../../docs/policies/${file.replace(".yaml", ".md")}`, import.meta.url))).toBe(true);
  });

  it("are those that the documentation names", () => {
    expect(files.toSorted()).toEqual([
      "brand-social.yaml",
      "community-comments.yaml",
      "marketplace-reviews.yaml",
      "minors-spaces.yaml",
      "pharma.yaml",
      "private-channels.yaml",
    ]);
  });

  it.each(files)("%s tells authors why, wherever something of theirs is held for it", (file) => {
    const silent = documentIn(file).rules.filter(({ action, userText }) => action === "hold" && !userText);
    // Nobody is told how children are looked after.
    expect(silent.every(({ queue }) => queue === "child-safety")).toBe(true);
  });
});

describe("community comments", () => {
  it.each([
    [
      "Both https://a.example.com/report and https://b.example.org/data say so in detail",
      "hold comments one-link-at-most",
    ],
    ["good post", "hold comments no-brief-praise"],
    ["Great article. Check out my channel and subscribe", "hold comments promotion"],
    ["The second chart counts some villages twice, which the ministry's own report says", "allow default none"],
    ["The ministry's own report says otherwise: https://www.example.org/report", "allow default none"],
  ])("%j: %s", (text, expected) => expect(decided("community-comments", text, comment)).toBe(expected));

  it("look at a link of a new account, and leave messages to the built-in policy", () => {
    const text = "The ministry's own report says otherwise: https://www.example.org/report";
    const createdAt = new Date(+NOW - 36 * 3_600_000).toISOString();
    expect(decided("community-comments", text, { ...comment, ...author({ createdAt }) })).toBe(
      "hold comments link-from-a-new-account",
    );
    const chat = { channel: { id: "c", visibility: "public", surface: "message", audience: "general" } } as const;
    expect(decided("community-comments", "good post", chat)).toBe("allow default none");
  });
});

describe("brand social pages", () => {
  it.each([
    ["This bloody delivery is late again, I am so fed up with you", "allow default none"],
    ["Please call me back on +44 20 7946 0958, my order never came", "hold brand-safety customers-private-data"],
    ["Get 20% off with promo code SAVE20 at our shop https://shop.example.com", "hold brand-social promotion"],
  ])("%j: %s", (text, expected) => expect(decided("brand-social", text, comment)).toBe(expected));
});

describe("spaces for minors", () => {
  const channel = (visibility: "public" | "private", surface: "message" | "live_chat" = "message") => ({
    channel: { id: "kids", visibility, surface, audience: "minors" as const },
  });
  it.each([
    ["you can text me, my number is +44 20 7946 0958", "hold minors contact-data"],
    ["look at this https://game.example.com", "hold minors links-to-elsewhere"],
    ["you are such an idiot", "hold minors insult-among-minors"],
    ["see you at practice tomorrow, bring the ball", "allow default none"],
  ])("%j: %s", (text, expected) => expect(decided("minors-spaces", text, channel("public"))).toBe(expected));

  it("hold an adult's link in private for people trained for it", () => {
    const link = "look at this https://game.example.com";
    expect(decided("minors-spaces", link, { ...channel("private"), ...author({ ageBand: "adult" }) })).toBe(
      "hold child-safety adult-writing-in-private",
    );
    expect(decided("minors-spaces", link, { ...channel("private"), ...author({ ageBand: "13_15" }) })).toBe(
      "hold minors links-to-elsewhere",
    );
  });
});

describe("pharmaceutical brands", () => {
  it.each([
    ["Since I started the tablets I have had a terrible headache and my hands go numb", "flag brand-adverse-events"],
    [
      "Since I started the tablets I have had a terrible headache and my hands go numb. Call me on +44 20 7946 0958",
      "hold brand-adverse-events",
    ],
    ["Where can I buy the large pack?", "allow default"],
  ])("%j: %s", (text, expected) => expect(decided("pharma", text, comment)).toContain(expected));
});

describe("private channels", () => {
  const dm = { channel: { id: "dm", visibility: "private", surface: "message", audience: "general" } } as const;
  it.each([
    ["you are such an idiot, see you tonight", "allow default none"],
    ["I want to kill myself tonight", "flag default self-harm"],
  ])("%j: %s", (text, expected) => expect(decided("private-channels", text, dm)).toBe(expected));

  it("hold links that lead to a copied sign-in page", () => {
    const text = "your account is limited, verify it at https://paypa1.com/signin";
    expect(decided("private-channels", text, dm)).toBe("hold fraud phishing");
  });
});

describe("marketplace reviews", () => {
  const facts = (more: Partial<PolicyFacts>): PolicyFacts => ({
    ...factsOfFindings([]),
    kind: "review",
    surface: "review",
    rating: 5,
    ...more,
  });
  const rushed = { author_first: 1, target_day: 40, target_usual_day: 2 };
  it.each([
    [{ labels: [label("fake_review.brigade", 3, 0.9)] }, "hold reviews strong-signs-of-fakery"],
    [{ labels: [label("fake_review.brigade", 3, 0.6)] }, "flag default co-ordinated-reviews"],
    [{ features: { owner_fingerprints: 1 } }, "hold reviews owners-own-device"],
    [{ features: { owner_fingerprints: 1 }, rating: 2 }, "allow default none"],
    [{ features: { text_by_others: 3, text_likeness: 0.95 } }, "hold reviews same-words-as-others"],
    [{ features: { links_total: 1 } }, "hold reviews link-in-a-review"],
    [{ features: rushed }, "flag reviews extreme-among-a-rush"],
    [{ features: rushed, verifiedPurchase: true }, "allow default none"],
    [{ features: rushed, rating: 3 }, "allow default none"],
  ] as const)("%j: %s", (more, expected) => {
    const { action, queue, policy } = setOf("marketplace-reviews").decide(facts(more));
    expect(`${action} ${queue} ${policy.rule}`).toBe(expected);
    expect(policy.lineage).toEqual([{ id: "touchstone-default", version: 3 }]);
  });
});
