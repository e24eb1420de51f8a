import { GetCommand, PutCommand, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import * as z from "zod";
import { type Tally, tally } from "../domain/alert.ts";
import { type ItemRef, itemRef } from "../domain/id.ts";
import type { AlertKey } from "./alerts.ts";
import { daysAfter, held, key, queryAll, type Table } from "./table.ts";

/** Days that counts are kept: an alert is written whole when it ends. */
const COUNT_DAYS = 7;
/** Items that each row keeps by name. */
const MOST_SAMPLES = 20;
/** Characters of an event's id that tell it from the others of its minute: 48 bits. */
const MARK = 8;
/** Events of one row, which is written whole: 4 KB of marks. What comes then lies in one of 16 rows below it. */
const FULL = 500;
const MOST_TRIES = 12;

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
/** After an hour's end, whoever counts in it says so: it may have been summed up. */
const LATE_MS = 5 * MINUTE_MS;
/** After an hour's end it is summed up: clocks differ by less than what is between the two. */
const SETTLED_MS = 15 * MINUTE_MS;

/** An event that an alert counts: its id, when it happened, and what it counts for. */
export interface Counted {
  readonly id: string;
  readonly at: string;
  readonly tally: Tally;
  readonly ref?: ItemRef | undefined;
}

/** What was counted in one row, or in all of an hour. */
export interface CountedPart {
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
  /** Is an event among those that were counted? */
  knows(of: AlertKey, event: Pick<Counted, "id" | "at">): Promise<boolean>;
  /** All that an alert counted, the earliest first. */
  parts(of: AlertKey): Promise<readonly CountedPart[]>;
  /** The same; sums up hours that are over, so that whoever asks next reads less. */
  sumUp(of: AlertKey, now: Date): Promise<readonly CountedPart[]>;
}

const part = z.object({ tally, samples: z.array(itemRef).max(MOST_SAMPLES), lastAt: z.string() });
const minuteRow = part.extend({
  sk: z.string(),
  /** `MARK` characters for each event. */
  marks: z.string(),
  version: z.int(),
});
type MinuteRow = z.infer<typeof minuteRow>;

/** An hour: its sum holds as long as nothing was counted in it since, which whoever is late notes in `late`. */
const hourRow = part.partial().extend({ sk: z.string(), late: z.int().default(0), summed: z.int().optional() });

/** What an event is marked by, without the prefix that all ids share. */
const markOf = (id: string): string => id.slice(4, 4 + MARK);

const DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
/** Which of the 16 rows below a full one an event lies in, by its mark. */
const branchOf = (mark: string, depth: number): string => (DIGITS.indexOf(mark[depth] ?? "A") >> 2).toString(16);

const sizeOf = (row: Pick<MinuteRow, "marks"> | undefined): number => (row?.marks.length ?? 0) / MARK;

function marksOf(marks: string): Set<string> {
  const known = new Set<string>();
  for (let at = 0; at < marks.length; at += MARK) known.add(marks.slice(at, at + MARK));
  return known;
}

/** The events that a row does not know yet. */
function unknownTo(row: MinuteRow | undefined, events: readonly Counted[]): readonly Counted[] {
  const known = marksOf(row?.marks ?? "");
  return events.filter(({ id }) => {
    const mark = markOf(id);
    if (known.has(mark)) return false;
    known.add(mark);
    return true;
  });
}

const pause = (attempt: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, Math.random() * Math.min(500, 10 * 2 ** attempt)));

const hourOf = (sk: string): string => sk.slice(0, 13);
const endOfHour = (hour: string): number => Date.parse(`${hour}:00:00.000Z`) + HOUR_MS;

/** Stretches of minutes that no hour's sum covers, as bounds of sort keys. `hours` are sorted. */
function between(hours: readonly string[]): readonly (readonly [from: string, to: string])[] {
  const edges = [" ", ...hours.map((hour) => `${hour}:~`)];
  return edges.flatMap((from, index) => {
    const [before, next] = [hours[index - 1], hours[index]];
    const adjacent = before !== undefined && next !== undefined && endOfHour(before) === endOfHour(next) - HOUR_MS;
    return adjacent ? [] : [[from, next ?? "~"] as const];
  });
}

/**
 * What alerts have counted: a row for each minute of events, with the marks of those that are in it, and more rows below
 * it in a minute of many. Nobody adds to a number that does not know what it holds, so that counts are exact whatever is
 * delivered twice. No row is larger than some 6 KB.
 * @param sum adds two tallies
 */
export function alertCountStore(table: Table, sum: (one: Tally, more: Tally) => Tally): AlertCounts {
  const { client, name: TableName } = table;
  const pkOf = ({ tenant, id }: AlertKey): string => key(tenant, "alertcount", id);
  const hoursPk = ({ tenant, id }: AlertKey): string => key(tenant, "alerthours", id);
  const minuteOf = (at: string): string => new Date(at).toISOString().slice(0, 16);
  const below = (sk: string, depth: number, branch: string): string => (depth === 0 ? key(sk, branch) : sk + branch);

  const rowAt = async (pk: string, sk: string): Promise<MinuteRow | undefined> => {
    const { Item } = await client.send(new GetCommand({ TableName, Key: { pk, sk }, ConsistentRead: true }));
    return Item && minuteRow.parse(Item);
  };

  const write = (pk: string, sk: string, row: MinuteRow | undefined, fresh: readonly Counted[], now: Date) => {
    const tallies = fresh.map((one) => one.tally);
    const [first, ...more] = row ? [row.tally, ...tallies] : tallies;
    const samples = [...(row?.samples ?? []), ...fresh.flatMap(({ ref }) => ref ?? [])];
    return held(
      client.send(
        new PutCommand({
          TableName,
          Item: {
            pk,
            sk,
            tally: first && more.reduce(sum, first),
            // Below a full row nobody looks for any: that one has as many as are shown.
            samples: sk.length > 16 ? [] : samples.slice(0, MOST_SAMPLES),
            lastAt: now.toISOString(),
            marks: (row?.marks ?? "") + fresh.map(({ id }) => markOf(id)).join(""),
            version: (row?.version ?? 0) + 1,
            expiresAt: daysAfter(now, COUNT_DAYS),
          },
          ConditionExpression: row ? "version = :before" : "attribute_not_exists(pk)",
          ...(row ? { ExpressionAttributeValues: { ":before": row.version } } : {}),
        }),
      ),
    );
  };

  const countIn = async (pk: string, sk: string, events: readonly Counted[], now: Date, depth = 0): Promise<void> => {
    for (let attempt = 0; attempt < MOST_TRIES; attempt += 1) {
      if (attempt > 0) await pause(attempt);
      const row = await rowAt(pk, sk);
      const fresh = unknownTo(row, events);
      const room = depth < MARK ? FULL - sizeOf(row) : fresh.length;
      const here = fresh.slice(0, Math.max(0, room));
      if (here.length > 0 && !(await write(pk, sk, row, here, now))) continue;
      const rest = Map.groupBy(fresh.slice(here.length), ({ id }) => branchOf(markOf(id), depth));
      const branches = [...rest].map(([branch, ofBranch]) =>
        countIn(pk, below(sk, depth, branch), ofBranch, now, depth + 1),
      );
      await Promise.all(branches);
      return;
    }
    throw new Error("a minute of an alert was always written by somebody else");
  };

  /** Tells whoever summed an hour up that it was not over. */
  const noteLate = (of: AlertKey, hour: string, now: Date) =>
    client.send(
      new UpdateCommand({
        TableName,
        Key: { pk: hoursPk(of), sk: hour },
        UpdateExpression: "ADD late :one SET expiresAt = :expires",
        ExpressionAttributeValues: { ":one": 1, ":expires": daysAfter(now, COUNT_DAYS) },
      }),
    );

  const read = async (of: AlertKey) => {
    const hourRows = await queryAll(table, {
      KeyConditionExpression: "pk = :pk",
      ExpressionAttributeValues: { ":pk": hoursPk(of) },
      ConsistentRead: true,
    });
    const hours = hourRows.map((row) => hourRow.parse(row));
    const sums = hours.flatMap(({ sk, late, summed, tally: all, samples, lastAt }) =>
      summed === late && all && samples && lastAt ? [{ sk, tally: all, samples, lastAt }] : [],
    );
    const stretches = between(sums.map(({ sk }) => sk)).map(([from, to]) =>
      queryAll(table, {
        KeyConditionExpression: "pk = :pk AND sk BETWEEN :from AND :to",
        ExpressionAttributeValues: { ":pk": pkOf(of), ":from": from, ":to": to },
        ConsistentRead: true,
      }),
    );
    const minutes = (await Promise.all(stretches)).flat().map((row) => minuteRow.parse(row));
    const lateness = new Map(hours.map(({ sk, late }) => [sk, late]));
    const parts = [...sums, ...minutes].sort((one, other) => (one.sk < other.sk ? -1 : 1));
    return { minutes, lateness, parts };
  };

  const writeSum = (of: AlertKey, hour: string, rows: readonly MinuteRow[], late: number | undefined, now: Date) => {
    const [first, ...more] = rows.map((row) => row.tally);
    return held(
      client.send(
        new UpdateCommand({
          TableName,
          Key: { pk: hoursPk(of), sk: hour },
          UpdateExpression:
            "SET tally = :tally, samples = :samples, lastAt = :lastAt, summed = :late, expiresAt = :expires",
          ConditionExpression: late === undefined ? "attribute_not_exists(late)" : "late = :late",
          ExpressionAttributeValues: {
            ":tally": first && more.reduce(sum, first),
            ":samples": rows.flatMap(({ samples }) => samples).slice(0, MOST_SAMPLES),
            ":lastAt": rows
              .map(({ lastAt }) => lastAt)
              .sort()
              .at(-1),
            ":late": late ?? 0,
            ":expires": daysAfter(now, COUNT_DAYS),
          },
        }),
      ),
    );
  };

  return {
    async count(of, events, now) {
      const minutes = Map.groupBy(events, ({ at }) => minuteOf(at));
      await Promise.all([...minutes].map(([minute, ofMinute]) => countIn(pkOf(of), minute, ofMinute, now)));
      const hours = new Set([...minutes.keys()].map(hourOf));
      const late = [...hours].filter((hour) => now.getTime() >= endOfHour(hour) + LATE_MS);
      await Promise.all(late.map((hour) => noteLate(of, hour, now)));
    },
    async knows(of, { id, at }) {
      const mark = markOf(id);
      let sk = minuteOf(at);
      for (let depth = 0; depth <= MARK; depth += 1) {
        const row = await rowAt(pkOf(of), sk);
        if (row && marksOf(row.marks).has(mark)) return true;
        if (sizeOf(row) < FULL) return false;
        sk = below(sk, depth, branchOf(mark, depth));
      }
      return false;
    },
    parts: async (of) => (await read(of)).parts,
    async sumUp(of, now) {
      const { minutes, lateness, parts } = await read(of);
      const over = [...Map.groupBy(minutes, ({ sk }) => hourOf(sk))].filter(
        ([hour, rows]) => rows.length > 1 && now.getTime() >= endOfHour(hour) + SETTLED_MS,
      );
      await Promise.all(over.map(([hour, rows]) => writeSum(of, hour, rows, lateness.get(hour), now)));
      return parts;
    },
  };
}
