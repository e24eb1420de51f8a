import type * as z from "zod";
import type { item } from "../../shared/domain/item.ts";

/** An item as a platform would send it. */
export type ItemInput = z.input<typeof item>;

export type Columns = Readonly<Record<string, string>>;

/** A row of a CSV file: its columns by name, its number from 1 without the heading, the line on which it ends. */
export interface Row {
  readonly columns: Columns;
  readonly row: number;
  readonly line: number;
}

/** An item made of one or more rows; `line` is the last of them. Undefined where a row holds nothing to score. */
export interface MadeItem {
  readonly line: number;
  readonly item: ItemInput | undefined;
}

/** How the rows of a known public data set become items. */
export interface Format {
  readonly name: string;
  /** What it reads and what it has to make up, for the help. */
  readonly about: string;
  /** Columns that the heading must hold. */
  readonly needs: readonly string[];
  /** `file` is the file's name without folder and ending. */
  toItems(rows: AsyncIterable<Row>, file: string): AsyncIterable<MadeItem>;
}

/** For sets in which each row is one item. */
export const rowByRow = (toItem: (columns: Columns, row: number) => ItemInput | undefined): Format["toItems"] =>
  async function* (rows) {
    for await (const { columns, row, line } of rows) yield { line, item: toItem(columns, row) };
  };

const DROPPED = /[^A-Za-z0-9._-]/g;

/** Names are free text: what an id may not hold is left out, and a name of which nothing is left has `fallback` for it. */
export function idOf(name: string | undefined, fallback: string): string {
  const kept = (name ?? "").replaceAll(DROPPED, "").slice(0, 64);
  return /[A-Za-z0-9]/.test(kept) ? kept : fallback;
}

const present = (value: string | undefined): value is string => value !== undefined && value !== "" && value !== "NULL";

/** A count as a number; what is no number stays what it is, for the schema to refuse with its place. */
export const countIn = (value: string | undefined): number | undefined =>
  present(value) ? (Number(value) as number) : undefined;

export const textIn = (value: string | undefined): string | undefined => (present(value) ? value : undefined);

/** Sets write truth as `1` or `true`, and falsehood as nothing. */
export const truthIn = (value: string | undefined): boolean => /^(?:1|true)$/i.test(value ?? "");

/** A moment as an RFC 3339 time; empty, and so refused with its place, where the set's own writing is not understood. */
export const timeFrom = (milliseconds: number): string =>
  Number.isFinite(milliseconds) ? new Date(milliseconds).toISOString() : "";

const NAMED: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

/** Tweets come out of Twitter's API with HTML entities; people wrote the characters. */
export const unescapeEntities = (text: string): string =>
  text.replaceAll(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|(amp|lt|gt|quot|apos));/gi, (written, decimal, hex, name) => {
    if (name) return NAMED[String(name).toLowerCase()] ?? written;
    const code = decimal ? Number(decimal) : Number.parseInt(hex, 16);
    return code <= 0x10ffff ? String.fromCodePoint(code) : written;
  });
