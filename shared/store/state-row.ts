import { hash } from "node:crypto";
import { deflateRawSync, inflateRawSync } from "node:zlib";
import { alive, type Row } from "./table.ts";

/** Of a state whose events come faster than one row should be written: they go to logs, and from there into the row. */
export interface Heat {
  /** Names the logs. They are numbered on when the state gets hot again, so that erasure finds all of them by the row. */
  readonly epoch: string;
  /** When the logs were last taken in, and until when events go to them, both in milliseconds since 1970. */
  readonly rolledAt: number;
  readonly until: number;
  /** Number of the last log entry that the state holds, one for each shard. */
  readonly seen: readonly number[];
  /** The flood is over and all of it taken in: events go to the row. */
  readonly cool?: true;
}

/** A state as stored: what reducers made of it, and the marks of the events that it holds lately. */
export interface StateRow {
  /** JSON; undefined where nothing is known. */
  readonly state: unknown;
  /** 0 where there is no row. */
  readonly version: number;
  readonly marks: Uint8Array;
  readonly heat?: Heat;
}

/** Marks kept in any case; of the rest those of the time in which a message can come again, and never more than this. */
const FEWEST_MARKS = 16;
const MOST_MARKS = 1_024;
/** Minutes in which a message that failed half-way comes again: five deliveries, two minutes of invisibility each, and some. */
const MARK_MINUTES = 15;
const MARK_BYTES = 6;
const RECORD_BYTES = MARK_BYTES + 2;
const MINUTES_CYCLE = 2 ** 16;

/** What an event is remembered by: 48 bits of its id's hash as 8 characters. */
export const markOf = (eventId: string): string => hash("sha256", eventId, "base64url").slice(0, 8);

const minuteOf = (time: Date): number => Math.floor(time.getTime() / 60_000) % MINUTES_CYCLE;

const isYoung = (marks: Buffer, at: number, minute: number): boolean =>
  (minute - marks.readUInt16BE(at + MARK_BYTES) + MINUTES_CYCLE) % MINUTES_CYCLE <= MARK_MINUTES;

const asBuffer = (bytes: Uint8Array): Buffer => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/** Whether an event's mark is among those of a row. */
export function holdsMark(marks: Uint8Array, mark: string): boolean {
  const own = Buffer.from(mark, "base64url");
  const all = asBuffer(marks);
  for (let at = 0; at < all.length; at += RECORD_BYTES) if (own.compare(all, at, at + MARK_BYTES) === 0) return true;
  return false;
}

/** How many marks are of the time in which a message can come again. */
export function youngMarks(marks: Uint8Array, now: Date): number {
  const all = asBuffer(marks);
  const minute = minuteOf(now);
  let count = 0;
  for (let at = 0; at < all.length; at += RECORD_BYTES) if (isYoung(all, at, minute)) count += 1;
  return count;
}

/** The marks after more events, oldest first, each with the minute in which it was made. */
export function marksAfter(marks: Uint8Array, added: readonly string[], now: Date): Uint8Array {
  const minute = minuteOf(now);
  const records = added.map((mark) => {
    const record = Buffer.alloc(RECORD_BYTES);
    record.write(mark, "base64url");
    record.writeUInt16BE(minute, MARK_BYTES);
    return record;
  });
  const all = Buffer.concat([asBuffer(marks), ...records]);
  const kept: Buffer[] = [];
  for (let at = 0; at < all.length; at += RECORD_BYTES)
    if (at >= all.length - FEWEST_MARKS * RECORD_BYTES || isYoung(all, at, minute))
      kept.push(all.subarray(at, at + RECORD_BYTES));
  return Buffer.concat(kept.slice(-MOST_MARKS));
}

/** JSON as it is stored: a state of two or three kilobytes is one write unit. */
export const pack = (value: unknown): Uint8Array => deflateRawSync(JSON.stringify(value));
export const unpack = (bytes: Uint8Array): unknown => JSON.parse(inflateRawSync(bytes).toString());

export const NOTHING: StateRow = { state: undefined, version: 0, marks: new Uint8Array() };

/** A row as read, or what stands for one that is not there. One that has expired keeps its version only. */
export function readRow(row: Row | undefined, now: Date): StateRow {
  if (!row) return NOTHING;
  const version = Number(row.version);
  if (!alive(row, now)) return { ...NOTHING, version };
  return {
    state: unpack(row.state as Uint8Array),
    version,
    marks: (row.marks as Uint8Array | undefined) ?? NOTHING.marks,
    ...(row.heat ? { heat: row.heat as Heat } : {}),
  };
}

/** The attributes of a row, its key and its end apart. */
export const writtenRow = ({ state, version, marks, heat }: StateRow): Row => ({
  state: pack(state),
  version,
  ...(marks.length > 0 ? { marks } : {}),
  ...(heat ? { heat } : {}),
});
