import { describe, expect, it } from "vitest";
import {
  advance,
  FEED_OVERLAP_MS,
  FEED_SHARDS,
  feedBegins,
  feedFrom,
  isGone,
  readBefore,
  readCursor,
  writeCursor,
} from "../../../shared/domain/feed-cursor.ts";
import { lowestUlid, ULID, ulidOf, ulidTime } from "../../../shared/domain/ulid.ts";

const NOW = new Date("2026-11-23T12:00:00Z");
const ago = (milliseconds: number) => new Date(NOW.getTime() - milliseconds);

describe("ULIDs of events", () => {
  it("sort by time, tell it, and follow from what they are of", () => {
    const one = ulidOf(ago(5), "a");
    expect(one).toMatch(ULID);
    expect(ulidTime(one)).toBe(NOW.getTime() - 5);
    expect(one < ulidOf(ago(4), "a")).toBe(true);
    expect(ulidOf(ago(5), "a")).toBe(one);
    expect(ulidOf(ago(5), "b")).not.toBe(one);
    expect(lowestUlid(ago(5)) <= one && one < lowestUlid(ago(4))).toBe(true);
  });
});

describe("a reader's cursor", () => {
  const all = (rows: readonly string[], isExhausted: boolean) =>
    Array.from({ length: FEED_SHARDS }, (_, shard) => ({ rows: shard === 0 ? rows : [], isExhausted }));

  it("never rises into the overlap, and remembers what was read there", () => {
    const old = ulidOf(ago(FEED_OVERLAP_MS + 1), "old");
    const young = ulidOf(ago(1_000), "young");
    const after = advance(feedFrom(ago(3_600_000)), all([old, young], true), NOW);
    expect(after.floors).toEqual(Array.from({ length: FEED_SHARDS }, () => lowestUlid(ago(FEED_OVERLAP_MS))));
    expect([old, young].map(readBefore(after))).toEqual([false, true]);
  });

  it("waits at the last row of a shard that has more, and never falls back", () => {
    const last = ulidOf(ago(1_000_000), "last");
    const before = feedFrom(ago(2_000_000));
    const after = advance(before, all([last], false), NOW);
    expect(after.floors).toEqual([last, ...before.floors.slice(1)]);
    expect(advance(after, all([], true), ago(1_900_000)).floors[0]).toBe(last);
  });

  it("comes back whole from its text, however much it remembers, and stays short", () => {
    const rows = Array.from({ length: 1_000 }, (_, index) => ulidOf(ago(100 * index), `event ${index}`)).reverse();
    const cursor = advance(feedFrom(ago(3_600_000)), all(rows, true), NOW);
    const text = writeCursor(cursor);
    expect(readCursor(text)).toEqual(cursor);
    expect(text.length).toBeLessThan(3_500);
    expect(encodeURIComponent(text)).toBe(text);
    expect(rows.slice(-250).every(readBefore(cursor))).toBe(true);
  });

  it("may have missed something once its place is older than the feed, with time to ask for all of it", () => {
    expect(isGone(feedFrom(feedBegins(NOW)), NOW)).toBe(false);
    expect(isGone(feedFrom(feedBegins(ago(600_000))), NOW)).toBe(false);
    expect(isGone(feedFrom(feedBegins(ago(3_600_000))), NOW)).toBe(true);
    const [oldest = ""] = feedFrom(feedBegins(ago(3_600_000))).floors;
    expect(isGone({ ...feedFrom(NOW), floors: [...feedFrom(NOW).floors.slice(1), oldest] }, NOW)).toBe(true);
  });

  const floors = feedFrom(NOW).floors.join(".");
  it.each(["", "x", "~~", "0".repeat(26), `${floors}~1~ABC`, `${floors}~x~`, `${floors}.${floors}~1~`])(
    "is not read from %j",
    (text) => {
      expect(readCursor(text)).toBeUndefined();
    },
  );
});
