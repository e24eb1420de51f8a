import { GetCommand, PutCommand } from "@aws-sdk/lib-dynamodb";
import * as z from "zod";
import { type Tally, tally } from "../domain/alert.ts";
import { type ItemRef, itemRef } from "../domain/id.ts";
import type { AlertKey } from "./alerts.ts";
import { daysAfter, held, key, queryAll, type Table } from "./table.ts";

/** Days that counts are kept: an alert is written whole when it ends. */
const COUNT_DAYS = 7;
/** Items that each minute keeps by name. */
const MOST_SAMPLES = 20;
/** Characters of an event's id that tell it from the others of its minute: 48 bits. */
const MARK = 8;
const MOST_TRIES = 12;

/** An event that an alert counts: its id, when it happened, and what it counts for. */
export interface Counted {
  readonly id: string;
  readonly at: string;
  readonly tally: Tally;
  readonly ref?: ItemRef | undefined;
}

export interface CountedMinute {
  readonly tally: Tally;
  readonly samples: readonly ItemRef[];
  /** When something was counted last, by our clock. */
  readonly lastAt: string;
}

export interface AlertCounts {
  /**
   * Counts events in the minutes in which they happened, each once: however late a message comes again, it meets the row
   * that knows it.
   */
  count(of: AlertKey, events: readonly Counted[], now: Date): Promise<void>;
  /** All minutes of an alert, the earliest first. */
  minutes(of: AlertKey): Promise<readonly CountedMinute[]>;
}

const minuteRow = z.object({
  tally,
  samples: z.array(itemRef).max(MOST_SAMPLES),
  lastAt: z.string(),
  /** `MARK` characters for each event. */
  marks: z.string(),
  version: z.int(),
});
type MinuteRow = z.infer<typeof minuteRow>;

/** What an event is marked by, without the prefix that all ids share. */
const markOf = (id: string): string => id.slice(4, 4 + MARK);

function marksOf(marks: string): Set<string> {
  const known = new Set<string>();
  for (let at = 0; at < marks.length; at += MARK) known.add(marks.slice(at, at + MARK));
  return known;
}

/** The row with the events that it does not know yet; undefined where it knows all. */
function withEvents(
  row: MinuteRow | undefined,
  events: readonly Counted[],
  sum: (one: Tally, more: Tally) => Tally,
  now: Date,
): MinuteRow | undefined {
  const known = marksOf(row?.marks ?? "");
  const fresh = events.filter(({ id }) => {
    const mark = markOf(id);
    if (known.has(mark)) return false;
    known.add(mark);
    return true;
  });
  const tallies = fresh.map((one) => one.tally);
  const [first, ...more] = row ? [row.tally, ...tallies] : tallies;
  if (fresh.length === 0 || !first) return undefined;
  const refs = fresh.flatMap(({ ref }) => ref ?? []);
  return {
    tally: more.reduce(sum, first),
    samples: [...(row?.samples ?? []), ...refs].slice(0, MOST_SAMPLES),
    lastAt: now.toISOString(),
    marks: (row?.marks ?? "") + fresh.map(({ id }) => markOf(id)).join(""),
    version: (row?.version ?? 0) + 1,
  };
}

const pause = (attempt: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, Math.random() * Math.min(500, 10 * 2 ** attempt)));

/**
 * What alerts have counted: a row for each minute of events, with the marks of those that are in it. Nobody adds to a
 * number that does not know what it holds, so that counts are exact whatever is delivered twice.
 * @param sum adds two tallies
 */
export function alertCountStore(table: Table, sum: (one: Tally, more: Tally) => Tally): AlertCounts {
  const { client, name: TableName } = table;
  const pkOf = ({ tenant, id }: AlertKey): string => key(tenant, "alertcount", id);
  const countMinute = async (of: AlertKey, minute: string, events: readonly Counted[], now: Date): Promise<void> => {
    const Key = { pk: pkOf(of), sk: minute };
    for (let attempt = 0; attempt < MOST_TRIES; attempt += 1) {
      if (attempt > 0) await pause(attempt);
      const { Item } = await client.send(new GetCommand({ TableName, Key, ConsistentRead: true }));
      const next = withEvents(Item && minuteRow.parse(Item), events, sum, now);
      if (!next) return;
      const write = new PutCommand({
        TableName,
        Item: { ...Key, ...next, expiresAt: daysAfter(now, COUNT_DAYS) },
        ConditionExpression: Item ? "version = :before" : "attribute_not_exists(pk)",
        ...(Item ? { ExpressionAttributeValues: { ":before": next.version - 1 } } : {}),
      });
      if (await held(client.send(write))) return;
    }
    throw new Error("a minute of an alert was always written by somebody else");
  };
  return {
    async count(of, events, now) {
      const minutes = Map.groupBy(events, ({ at }) => new Date(at).toISOString().slice(0, 16));
      await Promise.all([...minutes].map(([minute, ofMinute]) => countMinute(of, minute, ofMinute, now)));
    },
    async minutes(of) {
      const rows = await queryAll(table, {
        KeyConditionExpression: "pk = :pk",
        ExpressionAttributeValues: { ":pk": pkOf(of) },
        ConsistentRead: true,
      });
      return rows.map((row) => minuteRow.parse(row));
    },
  };
}
