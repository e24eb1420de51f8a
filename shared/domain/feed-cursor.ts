import { earlierUlid, laterUlid, lowestUlid, ULID, ulidTail, ulidTime } from "./ulid.ts";

/** Days that events can be fetched. */
export const FEED_DAYS = 7;
const DAY_MS = 86_400_000;
/** Whoever asks for all of them has computed the time a moment ago, by a clock of their own. */
const SLACK_MS = 30 * 60_000;
/** Parts of a tenant's day in the feed: each takes 1,000 writes a second. */
export const FEED_SHARDS = 4;
/**
 * How late a row may appear behind others of its time: longer than the function that writes it may take, with room for
 * clocks that differ. So far back every reader reads again.
 */
export const FEED_OVERLAP_MS = 120_000;
/** Most events of the overlap that a cursor remembers. Of a busier feed the others are shown when they are settled. */
const MOST_MARKS = 250;
/** 55 bits: an event that is taken for another one would be skipped. */
const MARK_LENGTH = 11;
const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/** Seconds that two characters can tell. */
const MOST_SECONDS = ALPHABET.length ** 2 - 1;

/** An event that the reader has, though it lies above its shard's floor. */
interface Mark {
  /** When its row was made, in seconds since 1970. */
  readonly second: number;
  readonly tail: string;
}

/** How far a reader has come. Below its shard's floor everything is read and nothing can appear any more. */
export interface FeedCursor {
  readonly floors: readonly string[];
  readonly marks: readonly Mark[];
}

/** What was read of one shard: rows in order, whether read before or not, and whether there are more above them. */
export interface ReadShard {
  readonly rows: readonly string[];
  readonly isExhausted: boolean;
}

/** The shard that a row belongs to, by the event that it is of. */
export const shardOf = (ulid: string): number => ALPHABET.indexOf(ulidTail(ulid).charAt(0)) % FEED_SHARDS;

const markOf = (ulid: string): Mark => ({
  second: Math.floor(ulidTime(ulid) / 1_000),
  tail: ulidTail(ulid).slice(0, MARK_LENGTH),
});

/** The cursor of a reader who wants everything from this time on. */
export const feedFrom = (at: Date): FeedCursor => ({
  floors: Array.from({ length: FEED_SHARDS }, () => lowestUlid(at)),
  marks: [],
});

/** Does it begin after now, where no reader has been? A minute is left to clocks that differ. */
export const isToCome = ({ floors }: FeedCursor, now: Date): boolean =>
  floors.some((floor) => ulidTime(floor) > now.getTime() + 60_000);

/** From when on the feed holds everything. */
export const feedBegins = (now: Date): Date => new Date(now.getTime() - FEED_DAYS * DAY_MS);

/** May something have gone that its reader has not had? */
export const isGone = ({ floors }: FeedCursor, now: Date): boolean =>
  floors.some((floor) => ulidTime(floor) < feedBegins(now).getTime() - SLACK_MS);

/** Tells what a reader has already; a redelivered event has another row and is known by its tail. */
export function readBefore({ marks }: FeedCursor): (ulid: string) => boolean {
  const known = new Set(marks.map(({ tail }) => tail));
  return (ulid) => known.has(ulidTail(ulid).slice(0, MARK_LENGTH));
}

/** Below it no row can appear any more. */
export const settledAt = (now: Date): string => lowestUlid(new Date(now.getTime() - FEED_OVERLAP_MS));

/** How many more events that are not settled yet the cursor can remember. */
export const roomFor = ({ marks }: FeedCursor, now: Date): number =>
  MOST_MARKS - marks.filter(({ second }) => (second + 1) * 1_000 > now.getTime() - FEED_OVERLAP_MS).length;

/**
 * The cursor after a page. A floor rises to what was read, but never into the last `FEED_OVERLAP_MS`: a row that is written
 * late lies below rows that were read and above the floor, and the next page finds it. What was read there is remembered.
 */
export function advance(before: FeedCursor, shards: readonly ReadShard[], now: Date): FeedCursor {
  const settled = settledAt(now);
  const floors = before.floors.map((floor, shard) => {
    const { rows, isExhausted } = shards[shard] ?? { rows: [], isExhausted: false };
    const last = isExhausted ? settled : (rows.at(-1) ?? floor);
    return laterUlid(floor, earlierUlid(last, settled));
  });
  const read = shards.flatMap(({ rows }, shard) => rows.filter((row) => row > (floors[shard] ?? "")).map(markOf));
  const lowest = Math.min(...floors.map((floor) => Math.floor(ulidTime(floor) / 1_000)));
  const marks = new Map<string, Mark>();
  for (const mark of [...before.marks, ...read]) if (mark.second >= lowest) marks.set(mark.tail, mark);
  const newest = [...marks.values()].sort((one, other) => one.second - other.second).slice(-MOST_MARKS);
  return { floors, marks: newest };
}

/** The cursor as readers carry it: letters, digits, `.` and `~`. At most 3,500 characters. */
export function writeCursor({ floors, marks }: FeedCursor): string {
  const last = marks.at(-1)?.second ?? 0;
  const told = marks
    .filter(({ second }) => last - second <= MOST_SECONDS)
    .map(({ second, tail }) => {
      const ago = last - second;
      return `${ALPHABET.charAt(Math.floor(ago / 32))}${ALPHABET.charAt(ago % 32)}${tail}`;
    });
  return `${floors.join(".")}~${last}~${told.join("")}`;
}

/** @returns undefined where it is none of ours. */
export function readCursor(text: string): FeedCursor | undefined {
  const [floorsText = "", lastText = "", told = "", ...rest] = text.split("~");
  const floors = floorsText.split(".");
  const size = MARK_LENGTH + 2;
  if (rest.length > 0 || floors.length !== FEED_SHARDS || !floors.every((floor) => ULID.test(floor))) return undefined;
  if (!/^\d{1,12}$/.test(lastText) || !/^[0-9A-HJKMNP-TV-Z]*$/.test(told) || told.length % size !== 0) return undefined;
  const marks = Array.from({ length: told.length / size }, (_, index): Mark => {
    const mark = told.slice(index * size, (index + 1) * size);
    const ago = ALPHABET.indexOf(mark.charAt(0)) * 32 + ALPHABET.indexOf(mark.charAt(1));
    return { second: Number(lastText) - ago, tail: mark.slice(2) };
  });
  return marks.length > MOST_MARKS ? undefined : { floors, marks };
}
