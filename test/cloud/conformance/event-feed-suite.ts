import { expect, it } from "vitest";
import type { EventFacts } from "../../../shared/domain/alert-event.ts";
import {
  FEED_OVERLAP_MS,
  type FeedCursor,
  feedFrom,
  readCursor,
  writeCursor,
} from "../../../shared/domain/feed-cursor.ts";
import { eventFeed, FEED_DAYS } from "../../../shared/store/event-feed.ts";
import type { Tables } from "./tables.ts";

const START = new Date("2026-11-22T23:59:00.000Z");
const at = (seconds: number) => new Date(START.getTime() + seconds * 1_000);

/** What the feed of events promises its readers. `tenant` gives a name that no other test uses. */
export function eventFeedSuite(tables: () => Tables, tenant: () => string): void {
  const open = () => {
    const name = tenant();
    const feed = eventFeed(tables().deliveries);
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
      for (let more = true; more; ) {
        const page = await feed.read(name, cursor, limit, at(seconds));
        ids.push(...page.events.map(({ id }) => Number(id.slice(4))));
        const carried = readCursor(writeCursor(page.cursor));
        if (!carried) throw new Error("a cursor that cannot be read back");
        cursor = carried;
        more = page.more;
      }
      return { ids, cursor };
    };
    return { feed, event, readAll };
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

  it("shows a flood whole and once, what cannot be remembered when it is settled", async () => {
    const { feed, event, readAll } = open();
    for (const id of upTo(400)) await feed.append(event(id, 1), new Date(at(1).getTime() + id));
    const first = await readAll(feedFrom(START), 3, 100);
    expect(first.ids).toEqual(upTo(250));
    const waiting = await readAll(first.cursor, 30, 100);
    expect(waiting.ids).toEqual([]);
    const second = await readAll(waiting.cursor, FEED_OVERLAP_MS / 1_000 + 2, 100);
    expect(second.ids).toEqual(upTo(150, 250));
  });

  it("forgets after its days, and keeps tenants apart", async () => {
    const { feed, event, readAll } = open();
    const other = open();
    await feed.append(event(1), at(1));
    expect((await other.readAll(feedFrom(START), 10)).ids).toEqual([]);
    expect((await readAll(feedFrom(START), FEED_DAYS * 86_400 - 60)).ids).toEqual([1]);
    expect((await readAll(feedFrom(START), FEED_DAYS * 86_400 + 60)).ids).toEqual([]);
  });
}
