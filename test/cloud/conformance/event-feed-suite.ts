import { expect, it } from "vitest";
import type { EventFacts } from "../../../shared/domain/alert-event.ts";
import {
  FEED_DAYS,
  FEED_OVERLAP_MS,
  type FeedCursor,
  feedFrom,
  readCursor,
  writeCursor,
} from "../../../shared/domain/feed-cursor.ts";
import { eventFeed } from "../../../shared/store/event-feed.ts";
import type { Tables } from "./tables.ts";

const START = new Date("2026-11-22T23:59:00.000Z");
const at = (seconds: number) => new Date(START.getTime() + seconds * 1_000);

/** What the feed of events promises its readers. `tenant` gives a name that no other test uses. */
export function eventFeedSuite(tables: () => Tables, tenant: () => string): void {
  const open = () => {
    const name = tenant();
    const { append, read } = eventFeed(tables().deliveries);
    const feed = { append: (event: EventFacts, when: Date) => append(event, () => when) };
    const event = (id: number, seconds = id): EventFacts => ({
      id: `evt_${String(id).padStart(22, "0")}`,
      type: "case.decided",
      tenant: name,
      place: "case",
      at: at(seconds).toISOString(),
    });
    /** Reads page after page as a caller does: it has nothing but the text of the cursor. */
    const readAll = async (from: FeedCursor, seconds: number, limit = 200) => {
      const ids: number[] = [];
      let cursor = from;
      for (let more = true, pages = 0; more; pages += 1) {
        if (pages > 1_000) throw new Error("a reader that never comes to an end");
        const page = await read(name, cursor, limit, at(seconds));
        if (page === "gone") throw new Error("what follows this place is gone");
        ids.push(...page.events.map(({ id }) => Number(id.slice(4))));
        const carried = readCursor(writeCursor(page.cursor));
        if (!carried) throw new Error("a cursor that cannot be read back");
        cursor = carried;
        more = page.more;
      }
      return { ids, cursor };
    };
    return { name, append, read, feed, event, readAll };
  };
  const upTo = (count: number, from = 0) => Array.from({ length: count }, (_, index) => from + index);

  it("gives every event once and in order, in pages, over midnight, and then nothing", async () => {
    const { feed, event, readAll } = open();
    for (const id of upTo(120)) await feed.append(event(id), at(id));
    const first = await readAll(feedFrom(START), 121, 50);
    expect(first.ids).toEqual(upTo(120));
    const second = await readAll(first.cursor, 122);
    expect(second.ids).toEqual([]);
    await feed.append(event(120), at(123));
    expect((await readAll(second.cursor, 124)).ids).toEqual([120]);
  });

  it("does not skip what a slow writer commits behind what was read already", async () => {
    const { feed, event, readAll } = open();
    for (const id of [1, 2, 3]) await feed.append(event(id), at(id));
    const first = await readAll(feedFrom(START), 60);
    // It took its time at second 2, and its row is there only now.
    await feed.append(event(99), at(2));
    const second = await readAll(first.cursor, FEED_OVERLAP_MS / 1_000 + 1);
    expect([first.ids, second.ids]).toEqual([[1, 2, 3], [99]]);
    expect((await readAll(second.cursor, 600)).ids).toEqual([]);
  });

  it("tells what was delivered to the feed twice once, and later by the same id", async () => {
    const { feed, event, readAll } = open();
    await feed.append(event(7), at(1));
    await feed.append(event(7), at(1));
    await feed.append(event(7), at(5));
    const first = await readAll(feedFrom(START), 10);
    await feed.append(event(7), at(12));
    const second = await readAll(first.cursor, 20);
    const rested = await readAll(second.cursor, 600);
    await feed.append(event(7), at(900));
    const third = await readAll(rested.cursor, 901);
    expect([first.ids, second.ids, third.ids]).toEqual([[7], [], [7]]);
  });

  it("loses nothing to any order of writers within the overlap, whenever and however much is read", async () => {
    const { feed, event, readAll } = open();
    let state = 12;
    const random = (below: number) => {
      state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
      return state % below;
    };
    const writes = upTo(300).map((id) => ({ id, made: id * 4, there: id * 4 + random(FEED_OVERLAP_MS / 1_000) }));
    writes.sort((one, other) => one.there - other.there);
    const got: number[] = [];
    let cursor = feedFrom(START);
    let read = 0;
    for (const { id, made, there } of writes) {
      if (there >= read) {
        const page = await readAll(cursor, there, 1 + random(20));
        got.push(...page.ids);
        cursor = page.cursor;
        read = there + random(90);
      }
      await feed.append(event(id), at(made));
    }
    got.push(...(await readAll(cursor, 2_000)).ids);
    expect(got.sort((one, other) => one - other)).toEqual(upTo(300));
  });

  it.each([1, 200])(
    "shows a flood over midnight whole and once by pages of %i, what cannot be remembered when it is settled",
    async (limit) => {
      const { feed, event, readAll } = open();
      await Promise.all(upTo(300).map((id) => feed.append(event(id, 50), new Date(at(50).getTime() + id * 50))));
      const first = await readAll(feedFrom(START), 66, limit);
      expect(first.ids).toEqual(upTo(250));
      const waiting = await readAll(first.cursor, 90, limit);
      expect(waiting.ids).toEqual([]);
      const second = await readAll(waiting.cursor, FEED_OVERLAP_MS / 1_000 + 66, limit);
      expect(second.ids).toEqual(upTo(50, 250));
    },
  );

  it.each([1, 200])(
    "gives a flood over midnight, with every event told five times, once by pages of %i",
    async (limit) => {
      const { feed, event, readAll } = open();
      // Told again after 2, 4, 8 and 16 seconds, as a message that fails is.
      const told = [0, 2, 6, 14, 30].flatMap((after) => upTo(60).map((id) => ({ id, second: 40 + id / 10 + after })));
      await Promise.all(told.map(({ id, second }) => feed.append(event(id), at(second))));
      const first = await readAll(feedFrom(START), 80, limit);
      expect(first.ids).toEqual(upTo(60));
      const second = await readAll(first.cursor, 81, limit);
      expect(second.ids).toEqual([]);
      await feed.append(event(60), at(50));
      const third = await readAll(second.cursor, 82, limit);
      expect(third.ids).toEqual([60]);
      expect((await readAll(third.cursor, 600, limit)).ids).toEqual([]);
    },
  );

  it("writes an event again that took too long to come into the feed, so that nobody is past it", async () => {
    const { append, event, readAll } = open();
    const times = [at(0), at(FEED_OVERLAP_MS / 1_000 + 30)];
    const before = await readAll(feedFrom(START), FEED_OVERLAP_MS / 1_000 + 29);
    await append(event(5), () => times.shift() ?? at(FEED_OVERLAP_MS / 1_000 + 31));
    expect((await readAll(before.cursor, FEED_OVERLAP_MS / 1_000 + 32)).ids).toEqual([5]);
  });

  it("keeps tenants apart", async () => {
    const { feed, event } = open();
    const other = open();
    await feed.append(event(1), at(1));
    expect((await other.readAll(feedFrom(START), 10)).ids).toEqual([]);
  });

  it("forgets after its days, and says so to whoever was there before", async () => {
    const { name, read, feed, event, readAll } = open();
    await feed.append(event(1), at(1));
    const stopped = await readAll(feedFrom(START), 10);
    const there = await readAll(stopped.cursor, 3_000);
    await feed.append(event(2), at(3_600));
    const end = FEED_DAYS * 86_400;
    expect((await readAll(feedFrom(START), end - 60)).ids).toEqual([1, 2]);
    for (const place of [feedFrom(START), stopped.cursor])
      expect(await read(name, place, 10, at(end + 3_600))).toBe("gone");
    // One whose place is younger has missed nothing, however long nobody read.
    expect((await readAll(there.cursor, end + 3_600)).ids).toEqual([2]);
  });
}
