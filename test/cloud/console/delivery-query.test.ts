import { describe, expect, it } from "vitest";
import { deliveryStates } from "../../../console/facts/alerts.ts";
import { querySaid, saidOf, windowOf } from "../../../console/pages/deliveries/delivery-query.ts";
import { againWords } from "../../../console/pages/deliveries/delivery-words.ts";

const ID = "sub_reviews00000";
const NOW = Date.parse("2026-11-23T05:00:00.000Z");
const said = (text: string) => querySaid(new URLSearchParams(text));

describe("which deliveries are looked at", () => {
  it.each([
    "",
    `subscription=${ID}`,
    `subscription=${ID}&state=failed&hours=6`,
    `subscription=${ID}&since=2026-11-20T10%3A00%3A00.000Z&until=2026-11-20T12%3A00%3A00.000Z`,
  ])("is what the address says: %s", (text) => {
    expect(saidOf(said(text)).toString()).toBe(text);
  });

  it("leaves out what an address says wrongly", () => {
    const wrong = "subscription=sub_x&state=lost&hours=7&since=2026-11-20T10:00:00.000Z&until=2026-11-19T10:00:00.000Z";
    expect(said(wrong)).toEqual({ subscription: undefined, state: undefined, span: undefined });
  });

  it("counts hours back from now", () => {
    expect(windowOf({ hours: "6" }, NOW)).toEqual({ since: "2026-11-22T23:00:00.000Z" });
    expect(windowOf(undefined, NOW)).toEqual({});
  });
});

it("sends again what is over, and what waits unless it is about to be tried", () => {
  const createdAt = new Date(NOW - 3_600_000).toISOString();
  const type = "alert.opened";
  const nextIn = (minutes: number) => new Date(NOW + minutes * 60_000).toISOString();
  const words = deliveryStates.map((state) => againWords({ type, state, createdAt, nextAt: nextIn(5) }, NOW));
  expect(words).toEqual([undefined, "Replay", "Replay", "Replay"]);
  expect(againWords({ type, state: "waiting", createdAt, nextAt: nextIn(16) }, NOW)).toBe("Send now");
  expect(againWords({ type, state: "waiting", createdAt }, NOW)).toBe("Send now");
  expect(againWords({ type: "subscription.test", state: "failed", createdAt }, NOW)).toBeUndefined();
});
