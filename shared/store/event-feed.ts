import { PutCommand } from "@aws-sdk/lib-dynamodb";
import { type EventFacts, eventFacts } from "../domain/alert-event.ts";
import {
  advance,
  FEED_DAYS,
  FEED_OVERLAP_MS,
  type FeedCursor,
  isGone,
  readBefore,
  roomFor,
  settledAt,
  shardOf,
} from "../domain/feed-cursor.ts";
import { ulidOf, ulidTail, ulidTime } from "../domain/ulid.ts";
import { daysAfter, key, queryPages, type Table } from "./table.ts";

const DAY_MS = 86_400_000;
/** Rows stay for longer than they are promised: whoever is told that nothing is gone must find everything. */
const KEPT_LONGER_SECONDS = 3_600;
/** A row may be there so late after its time, which leaves half of the overlap to clocks that differ. */
const LATE_MS = FEED_OVERLAP_MS / 2;

export interface FeedPage {
  /** In the order in which they came into the feed, but for those that were late. */
  readonly events: readonly EventFacts[];
  readonly cursor: FeedCursor;
  /** Whether there is more to be had at once. */
  readonly more: boolean;
}

export interface EventFeed {
  /**
   * Appends an event. Told again in the same millisecond it is one row; told again later the reader knows it by its id.
   * What took so long to be written that readers may be past it is written again.
   */
  append(event: EventFacts, clock: () => Date): Promise<void>;
  /** Up to `limit` events that the reader of this cursor has not had; `gone` where some of them may be there no more. */
  read(tenant: string, cursor: FeedCursor, limit: number, now: Date): Promise<FeedPage | "gone">;
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

  /** Rows of a shard above a floor, day after day, until more than `limit` events are among them that are not known. */
  async function rowsAbove(
    { tenant, shard, floor, now }: { tenant: string; shard: number; floor: string; now: Date },
    { limit, known }: { limit: number; known: FeedCursor },
  ) {
    const rows: FeedRow[] = [];
    const fresh = new Set<string>();
    const isKnown = readBefore(known);
    // A writer's clock may be ahead of ours at midnight.
    const last = dayOf(now.getTime() + 60_000);
    for (let at = ulidTime(floor); dayOf(at) <= last; at += DAY_MS) {
      const pages = queryPages(table, {
        KeyConditionExpression: "pk = :pk AND sk > :floor",
        ExpressionAttributeValues: { ":pk": partition(tenant, dayOf(at), shard), ":floor": floor },
        Limit: limit + known.marks.length + 1,
      });
      for await (const page of pages) {
        for (const { sk, event } of page) {
          const ulid = String(sk);
          rows.push({ ulid, event });
          if (!isKnown(ulid)) fresh.add(ulidTail(ulid));
        }
        // One event told again and again must not fill a page: a page of nothing new would be asked for for ever.
        if (fresh.size > limit) return { rows, isExhausted: false };
      }
    }
    return { rows, isExhausted: true };
  }

  return {
    async append(event, clock) {
      for (let isLate = true; isLate; ) {
        const now = clock();
        const ulid = ulidOf(now, event.id);
        const Item = {
          pk: partition(event.tenant, dayOf(now.getTime()), shardOf(ulid)),
          sk: ulid,
          event,
          expiresAt: daysAfter(now, FEED_DAYS) + KEPT_LONGER_SECONDS,
        };
        await table.client.send(new PutCommand({ TableName: table.name, Item }));
        isLate = clock().getTime() - now.getTime() > LATE_MS;
      }
    },
    async read(tenant, cursor, limit, now) {
      if (isGone(cursor, now)) return "gone";
      const isKnown = readBefore(cursor);
      const shards = await Promise.all(
        cursor.floors.map((floor, shard) => rowsAbove({ tenant, shard, floor, now }, { limit, known: cursor })),
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
