import { expect, it } from "vitest";
import { noticeWords, recordWords } from "../../../console/pages/alerts/alert-words.ts";

const at = "2026-11-22T12:00:00.000Z";
const words = (line: Omit<Parameters<typeof recordWords>[0], "at">) =>
  recordWords({ at, ...line }, (id) => (id === "sub_own" ? "Mine" : "On call"), "sub_own");

it("a record says where nobody was told", () => {
  expect(words({ what: "told", count: 1 })).toBe("Told with 1 event");
  expect(words({ what: "in_inbox" })).toBe("In the inbox only");
  expect(words({ what: "in_inbox", why: "paused" })).toBe("In the inbox only, since the subscription was paused");
  expect(words({ what: "grown", count: 40 })).toBe("Told that it has grown with 40 events");
  expect(words({ what: "grown", count: 40, to: "inbox", why: "paused" })).toBe(
    "Has grown with 40 events, in the inbox only, since the subscription was paused",
  );
  expect(words({ what: "ended", count: 40, to: "inbox" })).toBe("Ended with 40 events, in the inbox only");
});

it("a record says to whom a duty went that nobody acknowledged", () => {
  expect(words({ what: "escalated", to: "sub_other" })).toBe("Nobody acknowledged it: passed on to On call");
  expect(words({ what: "escalated", to: "sub_own" })).toBe("Nobody acknowledged it in time: Mine was told once more");
});

it("a first message that was cancelled was not told", () => {
  const paused = { at, what: "in_inbox", why: "paused" } as const;
  expect(noticeWords({ notice: { kind: "now" }, record: [] })).toBe("Told at once");
  expect(noticeWords({ notice: { kind: "now" }, record: [paused] })).toBe(
    "In the inbox only, since the subscription was paused",
  );
  expect(noticeWords({ notice: { kind: "inbox" }, record: [] })).toBe("In the inbox only");
});
