import { MINUTES_A_DAY } from "../../../shared/scoring/review/review-facts.ts";
import { minuteWithin, type RatingRow } from "../rating-row.ts";
import type { Columns } from "./columns.ts";

const EARLIEST = Date.UTC(1995, 0, 1);
/** Clocks of platforms run a little ahead of ours. */
const AHEAD = 86_400_000;
const MOST_ID = 512;

/** What is wrong with a row, without a word of it. */
export type Fault =
  | "no user"
  | "no target"
  | "an id over 512 characters"
  | "a rating that is not a number from 1 to 5"
  | "a date that is neither ISO 8601 nor seconds since 1970"
  | "a date before 1995"
  | "a date in the future"
  | "a label that is none of 0, 1, -1, true, false";

interface When {
  readonly ms: number;
  /** Only the day is known. */
  readonly dayOnly: boolean;
}

function whenOf(text: string): When | undefined {
  const trimmed = text.trim();
  if (/^\d{4}-\d{2}-\d{2}$/.test(trimmed)) return { ms: Date.parse(`${trimmed}T00:00:00Z`), dayOnly: true };
  if (/^\d{9,10}(\.\d{1,9})?$/.test(trimmed)) {
    const ms = Number(trimmed) * 1000;
    return { ms, dayOnly: ms % 86_400_000 === 0 };
  }
  if (/^\d{12,13}$/.test(trimmed)) return { ms: Number(trimmed), dayOnly: false };
  if (!/^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}/.test(trimmed)) return undefined;
  const zoned = /(Z|[+-]\d{2}:?\d{2})$/.test(trimmed) ? trimmed : `${trimmed}Z`;
  return { ms: Date.parse(zoned.replace(" ", "T")), dayOnly: false };
}

/** Yes, no, or not known; −1 is what YelpChi and REV2 write for a fake. */
function labelOf(text: string | undefined): 0 | 1 | undefined | Fault {
  const word = (text ?? "").trim().toLowerCase();
  if (word === "") return undefined;
  if (word === "1" || word === "1.0" || word === "true" || word === "fake") return 1;
  if (word === "0" || word === "0.0" || word === "false" || word === "genuine") return 0;
  return "a label that is none of 0, 1, -1, true, false";
}

/** How a file's labels are to be read. */
export interface Reading {
  /** −1 stands for fake and 1 for genuine. */
  readonly minusIsFake: boolean;
  readonly now: number;
}

/** A row of cells as a review, or what is wrong with it. Times without a zone are taken for UTC. */
export function parseRow(
  cells: Readonly<Record<string, string | undefined>>,
  row: number,
  columns: Columns,
  { minusIsFake, now }: Reading,
): RatingRow | Fault {
  const user = cells[columns.user]?.trim() ?? "";
  const target = cells[columns.target]?.trim() ?? "";
  if (user === "") return "no user";
  if (target === "") return "no target";
  if (user.length > MOST_ID || target.length > MOST_ID) return "an id over 512 characters";
  const written = cells[columns.rating]?.trim() ?? "";
  const rating = Number(written);
  if (written === "" || !(rating >= 1 && rating <= 5)) return "a rating that is not a number from 1 to 5";
  const when = whenOf(cells[columns.date] ?? "");
  if (when === undefined || Number.isNaN(when.ms)) return "a date that is neither ISO 8601 nor seconds since 1970";
  if (when.ms < EARLIEST) return "a date before 1995";
  if (when.ms > now + AHEAD) return "a date in the future";
  const given = columns.label === undefined ? undefined : cells[columns.label]?.trim();
  const label = minusIsFake && given === "-1" ? 1 : minusIsFake && given === "1" ? 0 : labelOf(given);
  if (typeof label === "string") return label;
  const text = columns.text === undefined ? undefined : cells[columns.text];
  const minute = Math.floor(when.ms / 60_000);
  return {
    row,
    user,
    target,
    rating,
    at: when.dayOnly ? minuteWithin(Math.floor(minute / MINUTES_A_DAY), user, target) : minute,
    label,
    ...(text?.trim() ? { text } : {}),
  };
}
