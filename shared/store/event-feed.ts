import { PutCommand } from "@aws-sdk/lib-dynamodb";
import { type EventFacts, eventFacts } from "../domain/alert-event.ts";
import {
  advance,
  FEED_SHARDS,
  type FeedCursor,
  readBefore,
  roomFor,
  settledAt,
  shardOf,
} from "../domain/feed-cursor.ts";
import { laterUlid, lowestUlid, ulidOf, ulidTail, ulidTime } from "../domain/ulid.ts";
import { alive, daysAfter, key, queryAll, type Table } from "./table.ts";

/** Days that events can be fetched. */
export const FEED_DAYS = 7;
const DAY_MS = 86_400_000;

export interface FeedPage {
  /** In the order in which they came into the feed, but for those that were late. */
  readonly events: readonly EventFacts[];
  readonly cursor: FeedCursor;
  /** Whether there is more to be had at once. */
  readonly more: boolean;
}

export interface EventFeed {
  /** Appends an event. Told again in the same millisecond it is one row; told again later the reader knows it by its id. */
  append(event: EventFacts, now: Date): Promise<void>;
  /** Up to `limit` events that the reader of this cursor has not had. */
  read(tenant: string, cursor: FeedCursor, limit: number, now: Date): Promise<FeedPage>;
}

interface FeedRow {
  readonly ulid: string;
  readonly event: unknown;
}

const dayOf = (milliseconds: number): string => new Date(milliseconds).toISOString().slice(0, 10);

/**
 * The feed of a tenant's events, for platforms that fetch instead of being called: rows by day and shard, in the order of
 * the time at which they were written. Two writers of one moment may commit in any order, so a reader reads the last
 * minutes again (`advance`).
 */
export function eventFeed(table: Table): EventFeed {
  const partition = (tenant: string, day: string, shard: number): string => key(tenant, "feed", day, String(shard));

  /** Rows of a shard above a floor, up to `most`, day after day. */
  async function rowsAbove(tenant: string, shard: number, floor: string, most: number, now: Date) {
    const found: FeedRow[] = [];
    // A writer's clock may be ahead of ours at midnight.
    const last = dayOf(now.getTime() + 60_000);
    for (let at = ulidTime(floor); dayOf(at) <= last; at += DAY_MS) {
      const rows = await queryAll(table, {
        KeyConditionExpression: "pk = :pk AND sk > :floor",
        ExpressionAttributeValues: { ":pk": partition(tenant, dayOf(at), shard), ":floor": floor },
        Limit: most - found.length,
      });
      for (const row of rows) if (alive(row, now)) found.push({ ulid: String(row.sk), event: row.event });
      if (found.length >= most) return { rows: found, isExhausted: false };
    }
    return { rows: found, isExhausted: true };
  }

  return {
    async append(event, now) {
      const ulid = ulidOf(now, event.id);
      const Item = {
        pk: partition(event.tenant, dayOf(now.getTime()), shardOf(ulid)),
        sk: ulid,
        event,
        expiresAt: daysAfter(now, FEED_DAYS),
      };
      await table.client.send(new PutCommand({ TableName: table.name, Item }));
    },
    async read(tenant, before, limit, now) {
      const oldest = lowestUlid(new Date(now.getTime() - FEED_DAYS * DAY_MS));
      const floors = before.floors.map((floor) => laterUlid(floor, oldest));
      const cursor = { ...before, floors };
      const isKnown = readBefore(cursor);
      // What the reader has already must not fill the page.
      const most = limit + cursor.marks.length + 1;
      const shards = await Promise.all(
        Array.from({ length: FEED_SHARDS }, (_, shard) => rowsAbove(tenant, shard, floors[shard] ?? oldest, most, now)),
      );
      const merged = shards.flatMap(({ rows }) => rows).sort((one, other) => (one.ulid < other.ulid ? -1 : 1));
      const taken = new Map<string, FeedRow>();
      let end = merged.length;
      const settled = settledAt(now);
      let room = roomFor(cursor, now);
      for (const [index, row] of merged.entries()) {
        if (taken.size === limit) {
          end = index;
          break;
        }
        const tail = ulidTail(row.ulid);
        if (isKnown(row.ulid) || taken.has(tail)) continue;
        if (row.ulid > settled) {
          // What could not be remembered would be shown again and again: it waits until it is settled.
          if (room === 0) {
            end = index;
            break;
          }
          room -= 1;
        }
        taken.set(tail, row);
      }
      const cut = merged[end - 1]?.ulid ?? "";
      const read = shards.map(({ rows, isExhausted }) => {
        const reached = rows.filter(({ ulid }) => ulid <= cut).map(({ ulid }) => ulid);
        return { rows: reached, isExhausted: isExhausted && reached.length === rows.length };
      });
      return {
        events: [...taken.values()].map(({ event }) => eventFacts.parse(event)),
        cursor: advance(cursor, read, now),
        more: (end === merged.length || taken.size === limit) && read.some(({ isExhausted }) => !isExhausted),
      };
    },
  };
}
