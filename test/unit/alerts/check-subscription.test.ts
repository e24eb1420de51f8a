import { describe, expect, it } from "vitest";
import { checkSubscription } from "../../../shared/alerts/check-subscription.ts";
import { mayChange, mayRead, subscriptionDocument } from "../../../shared/domain/subscription.ts";
import { exampleSubscription } from "./alert-examples.ts";

const faultsOf = (document: Record<string, unknown>, brands?: readonly string[]) =>
  checkSubscription(exampleSubscription(document).document, brands).map(({ pointer }) => pointer);
const breaker = { places: ["breaker"] };

describe("a subscription before it is saved", () => {
  it("has a condition that can be read, that can hold, and that is cheap", () => {
    expect(faultsOf({ when: "label.insult.probability > 0.5" })).toEqual([]);
    expect(faultsOf({ when: "label.insult.probability >" })).toEqual(["/when"]);
    expect(faultsOf({ when: "label.insult.probability > 80" })).toEqual(["/when"]);
    expect(faultsOf({ when: "item.brands.exists(a, item.brands.exists(b, a != b))" })).toEqual(["/when"]);
  });

  it.each(["author.followers > 10", "features.follower_count > 3", "author.reach > 1"])(
    "asks nobody's reach: %s",
    (when) => {
      const [fault] = checkSubscription(exampleSubscription({ when }).document);
      expect(fault?.detail).toContain("how many people its author reaches");
    },
  );

  it("asks the breaker nothing about items", () => {
    expect(faultsOf(breaker)).toEqual([]);
    expect(faultsOf({ ...breaker, filter: { brands: ["a"], labels: ["spam"] }, when: "item.rating < 2.0" })).toEqual([
      "/filter/brands",
      "/when",
    ]);
  });

  it("wants a stream at once, or not at all", () => {
    const channel = { type: "webhook", url: "https://platform.example/in", stream: true };
    expect(faultsOf({ channel })).toEqual([]);
    const quiet = { from: "22:00", to: "07:00", timeZone: "UTC" };
    const timing = { kind: "digest", every: "hour", timeZone: "UTC" };
    const duty = { ackMinutes: 5, escalateTo: "sub_aaaaaaaaaaab" };
    expect(faultsOf({ channel, quiet, timing, duty })).toEqual(["/timing", "/quiet", "/duty"]);
  });

  it("is about a brand's own where its member writes it", () => {
    expect(faultsOf({ filter: { brands: ["a", "b"] } }, ["b"])).toEqual(["/filter/brands/0"]);
    expect(faultsOf({}, ["b"])).toEqual([]);
    expect(faultsOf(breaker, ["b"])).toEqual(["/places/0"]);
  });

  it.each([
    [{ channel: { type: "webhook", url: "ftp://x.example" } }],
    [{ channel: { type: "webhook", url: "https://user:pass@x.example" } }],
    [{ channel: { type: "email", to: "nobody" } }],
    [{ quiet: { from: "22:00", to: "22:00", timeZone: "UTC" } }],
    [{ timing: { kind: "digest", every: "day", timeZone: "Europe/Atlantis" } }],
    [{ places: [] }],
    [{ name: "two\nlines" }],
  ])("has the right form: not %j", (more) => {
    const whole = { name: "x", places: ["verdict"], channel: { type: "inbox" }, ...more };
    expect(subscriptionDocument.safeParse(whole).success).toBe(false);
  });
});

describe("who may see and change a subscription", () => {
  const ofBrand = exampleSubscription({}, { owner: { actor: "key:b", role: "brand", brands: ["shoes"] } });
  const ofPlatform = exampleSubscription({}, { owner: { actor: "key:p", role: "platform" } });
  it.each([
    [{ actor: "key:c", role: "brand", brands: ["shoes", "hats"] }, ofBrand, true, true],
    [{ actor: "key:c", role: "brand", brands: ["hats"] }, ofBrand, false, false],
    [{ actor: "key:c", role: "brand", brands: ["hats"] }, ofPlatform, false, false],
    [{ actor: "key:m", role: "moderator" }, ofBrand, true, false],
    [{ actor: "key:p", role: "platform" }, ofPlatform, true, true],
    [{ actor: "key:q", role: "platform" }, ofPlatform, false, false],
    [{ actor: "key:a", role: "admin" }, ofBrand, true, true],
  ] as const)("%j", (asker, subscription, reads, changes) => {
    expect(mayRead(asker, subscription)).toBe(reads);
    expect(mayChange(asker, subscription)).toBe(changes);
  });
});
