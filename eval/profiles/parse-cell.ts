// Cells of people's own tables: how exports write numbers, truth, moments and nothing at all.

const NOTHING = new Set(["", "null", "none", "nan", "na", "n/a", "nil", "undefined", "-", "?", "\\n"]);
const YES = new Set(["1", "1.0", "true", "t", "yes", "y"]);
const NO = new Set(["0", "0.0", "false", "f", "no", "n"]);

/** The cell without space and quotation marks around it; undefined where it says that there is nothing. */
export function wordsOf(cell: string | undefined): string | undefined {
  let text = cell?.trim() ?? "";
  while (text.length >= 2 && text.startsWith('"') && text.endsWith('"')) text = text.slice(1, -1).trim();
  return NOTHING.has(text.toLowerCase()) ? undefined : text;
}

const UNITS: Readonly<Record<string, number>> = { k: 1e3, m: 1e6, b: 1e9 };

/** A number: 1234, 1,234, 1234.0, 1.2e3, 12.5k. Undefined where the cell holds none. */
export function numberOf(cell: string | undefined): number | undefined {
  const text = wordsOf(cell)?.toLowerCase();
  if (text === undefined) return undefined;
  const unit = UNITS[text.at(-1) ?? ""];
  const digits = (unit === undefined ? text : text.slice(0, -1)).replaceAll(/[,_ '’](?=\d{3}(?!\d))/g, "");
  const number = digits === "" ? Number.NaN : Number(digits);
  return Number.isFinite(number) ? number * (unit ?? 1) : undefined;
}

/** A count: a number rounded, none below 0. */
export function countOf(cell: string | undefined): number | undefined {
  const number = numberOf(cell);
  return number === undefined ? undefined : Math.min(10_000_000_000, Math.max(0, Math.round(number)));
}

/** 1, TRUE, t, yes and 0, false, f, no; any number is whether it is above 0. Undefined where the cell says neither. */
export function truthOf(cell: string | undefined): boolean | undefined {
  const text = wordsOf(cell)?.toLowerCase();
  if (text === undefined) return undefined;
  if (YES.has(text)) return true;
  if (NO.has(text)) return false;
  const number = Number(text);
  return Number.isFinite(number) ? number > 0 : undefined;
}

const SLASHED = /^(\d{1,2})[/.](\d{1,2})[/.](\d{4})(?:[ T](\d{1,2}):(\d{2})(?::(\d{2}))?)?$/;
const ISO_LIKE = /^(\d{4}-\d{2}-\d{2})[ T](\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?)(Z|[+-]\d{2}:?\d{2})?$/;
const EARLIEST = Date.UTC(1995, 0, 1);
const LATEST = Date.UTC(2100, 0, 1);
/** Epoch numbers from here on count milliseconds (1973 in milliseconds, the year 5138 in seconds). */
const MILLISECONDS_FROM = 1e11;

/**
 * A moment in milliseconds since the epoch: epoch seconds or milliseconds, ISO 8601 with or without zone (UTC then),
 * Twitter's "Tue Jun 11 11:20:35 +0000 2013", 3/31/2016 5:45 (month first, unless that cannot be). Undefined where the
 * cell holds none, or one before 1995 or after 2100.
 */
export function momentOf(cell: string | undefined): number | undefined {
  const text = wordsOf(cell);
  if (text === undefined) return undefined;
  const time = read(text);
  return time >= EARLIEST && time < LATEST ? time : undefined;
}

/** Whether a moment is written so that day and month could be the other way round. */
export function isUnclearMoment(cell: string | undefined): boolean {
  const [, first, second] = SLASHED.exec(wordsOf(cell) ?? "") ?? [];
  return first !== second && Number(first) <= 12 && Number(second) <= 12;
}

function read(text: string): number {
  const number = Number(text);
  if (Number.isFinite(number)) return number < MILLISECONDS_FROM ? number * 1000 : number;
  const slashed = SLASHED.exec(text);
  if (slashed) {
    const [a = 0, b = 0, year = 0, hour = 0, minute = 0, second = 0] = slashed
      .slice(1)
      .map((part) => Number(part ?? 0));
    const [month, day] = a > 12 ? [b, a] : [a, b];
    return month > 12 ? Number.NaN : Date.UTC(year, month - 1, day, hour, minute, second);
  }
  const iso = ISO_LIKE.exec(text);
  return Date.parse(iso ? `${iso[1]}T${iso[2]}${iso[3] ?? "Z"}` : text);
}
