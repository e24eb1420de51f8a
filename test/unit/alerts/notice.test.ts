import { describe, expect, it } from "vitest";
import { isQuiet, noticeOf } from "../../../shared/alerts/notice.ts";
import { exampleSubscription } from "./alert-examples.ts";

const at = (time: string): Date => new Date(`2026-11-23T${time}:00.000Z`);
const calm = { urgent: false, sent: 0 };
const night = { from: "22:00", to: "07:00", timeZone: "Europe/Zurich" };

describe("when a subscription is told", () => {
  it("is at once, unless it wants otherwise", () => {
    expect(noticeOf(exampleSubscription(), calm, at("03:00"))).toEqual({ kind: "now" });
    expect(noticeOf(exampleSubscription({ channel: { type: "inbox" } }), calm, at("03:00"))).toEqual({ kind: "inbox" });
  });

  it.each([
    ["failing", "now"],
    ["gone", "now"],
    ["bounced", "now"],
    ["owner_gone", "now"],
    ["by_hand", "inbox"],
    ["unsubscribed", "inbox"],
    ["unconfirmed", "inbox"],
  ] as const)(
    "of one that is paused as %s, is %s: what could not be heard can be replayed, what nobody wants cannot",
    (why, kind) => {
      const paused = exampleSubscription({}, { paused: { why, at: at("01:00").toISOString() } });
      expect(noticeOf(paused, calm, at("03:00"))).toEqual({ kind });
    },
  );

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
    expect(noticeOf(subscription, { urgent: true, sent: 0 }, at("03:00"))).toEqual({ kind: "now" });
    expect(noticeOf(subscription, calm, at("06:00"))).toEqual({ kind: "now" });
  });

  it("is at once past a digest where it is urgent, and with the others beyond the rate", () => {
    const timing = { kind: "digest", every: "day", at: "08:00", timeZone: "Europe/Zurich" };
    const subscription = exampleSubscription({ timing, quiet: night, perHour: 3 });
    expect(noticeOf(subscription, { urgent: true, sent: 0 }, at("03:00"))).toEqual({ kind: "now" });
    expect(noticeOf(subscription, { urgent: true, sent: 3 }, at("03:00"))).toMatchObject({
      reason: "rate",
      due: "2026-11-23T03:05:00.000Z",
    });
  });

  it("is in one summary beyond the rate, soon where a life may hang on it", () => {
    const subscription = exampleSubscription({ perHour: 3 });
    expect(noticeOf(subscription, { urgent: false, sent: 2 }, at("03:12"))).toEqual({ kind: "now" });
    expect(noticeOf(subscription, { urgent: false, sent: 3 }, at("03:12"))).toEqual({
      kind: "gather",
      reason: "rate",
      due: "2026-11-23T04:00:00.000Z",
    });
    expect(noticeOf(subscription, { urgent: true, sent: 3 }, at("03:12"))).toMatchObject({
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

  it("keep to the clock where it changes by half an hour, is off by a quarter, or skips a day", () => {
    const quietAt = (timeZone: string, time: string) =>
      isQuiet({ from: "22:00", to: "07:00", timeZone }, new Date(time));
    const endAt = (timeZone: string, time: string) => {
      const quiet = { from: "22:00", to: "07:00", timeZone };
      const notice = noticeOf(exampleSubscription({ quiet }), calm, new Date(time));
      return notice.kind === "gather" ? notice.due : notice.kind;
    };
    // Lord Howe: +11 in summer, +10:30 from 5 April 2026, 2:00.
    expect(endAt("Australia/Lord_Howe", "2026-04-04T12:00:00Z")).toBe("2026-04-04T20:30:00.000Z");
    expect(endAt("Australia/Lord_Howe", "2026-04-03T12:00:00Z")).toBe("2026-04-03T20:00:00.000Z");
    expect(endAt("Asia/Kathmandu", "2026-11-23T18:00:00Z")).toBe("2026-11-24T01:15:00.000Z");
    expect([
      quietAt("Asia/Kathmandu", "2026-11-23T16:14:00Z"),
      quietAt("Asia/Kathmandu", "2026-11-23T16:15:00Z"),
    ]).toEqual([false, true]);
    // Apia went from 29 December 2011, 24:00, straight to the 31st: the quiet night is as long as ever.
    expect(endAt("Pacific/Apia", "2011-12-30T09:00:00Z")).toBe("2011-12-30T17:00:00.000Z");
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
