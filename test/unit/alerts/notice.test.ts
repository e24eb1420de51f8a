import { describe, expect, it } from "vitest";
import { isQuiet, noticeOf } from "../../../shared/alerts/notice.ts";
import { exampleSubscription } from "./alert-examples.ts";

const at = (time: string): Date => new Date(`2026-11-23T${time}:00.000Z`);
const calm = { severe: false, sent: 0 };
const night = { from: "22:00", to: "07:00", timeZone: "Europe/Zurich" };

describe("when a subscription is told", () => {
  it("is at once, unless it wants otherwise", () => {
    expect(noticeOf(exampleSubscription(), calm, at("03:00"))).toEqual({ kind: "now" });
    expect(noticeOf(exampleSubscription({ channel: { type: "inbox" } }), calm, at("03:00"))).toEqual({ kind: "inbox" });
    const paused = exampleSubscription({}, { paused: { why: "failing", at: at("01:00").toISOString() } });
    expect(noticeOf(paused, calm, at("03:00"))).toEqual({ kind: "inbox" });
  });

  it("is with the next digest", () => {
    const timing = { kind: "digest", every: "day", at: "08:00", timeZone: "Europe/Zurich" };
    expect(noticeOf(exampleSubscription({ timing }), calm, at("07:00"))).toEqual({
      kind: "gather",
      reason: "digest",
      due: "2026-11-24T07:00:00.000Z",
    });
    const hourly = { kind: "digest", every: "hour", timeZone: "Asia/Kolkata" };
    expect(noticeOf(exampleSubscription({ timing: hourly }), calm, at("07:00"))).toMatchObject({
      due: "2026-11-23T07:30:00.000Z",
    });
  });

  it("is after the quiet hours, but at once where a life may hang on it", () => {
    const subscription = exampleSubscription({ quiet: night });
    const kept = { kind: "gather", reason: "quiet", due: "2026-11-23T06:00:00.000Z" };
    expect(noticeOf(subscription, calm, at("03:00"))).toEqual(kept);
    expect(noticeOf(subscription, { severe: true, sent: 0 }, at("03:00"))).toEqual({ kind: "now" });
    expect(noticeOf(subscription, calm, at("06:00"))).toEqual({ kind: "now" });
  });

  it("is in one summary beyond the rate, soon where a life may hang on it", () => {
    const subscription = exampleSubscription({ perHour: 3 });
    expect(noticeOf(subscription, { severe: false, sent: 2 }, at("03:12"))).toEqual({ kind: "now" });
    expect(noticeOf(subscription, { severe: false, sent: 3 }, at("03:12"))).toEqual({
      kind: "gather",
      reason: "rate",
      due: "2026-11-23T04:00:00.000Z",
    });
    expect(noticeOf(subscription, { severe: true, sent: 3 }, at("03:12"))).toMatchObject({
      due: "2026-11-23T03:15:00.000Z",
    });
  });
});

describe("quiet hours", () => {
  it.each([
    ["20:59", false],
    ["21:00", true],
    ["23:30", true],
    ["05:59", true],
    ["06:00", false],
  ])("over midnight: %s UTC", (time, quiet) => {
    expect(isQuiet(night, at(time))).toBe(quiet);
  });

  it("within a day", () => {
    const noon = { from: "12:00", to: "13:00", timeZone: "UTC" };
    expect([at("11:59"), at("12:00"), at("12:59"), at("13:00")].map((time) => isQuiet(noon, time))).toEqual([
      false,
      true,
      true,
      false,
    ]);
  });
});
