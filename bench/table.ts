export type Cell = string | number | undefined;

const number = (digits: number) =>
  new Intl.NumberFormat("en-GB", { minimumFractionDigits: digits, maximumFractionDigits: digits });

/** A number as people read it: `1,234`, `12.3`, `0.045`. */
export function readable(value: number): string {
  const size = Math.abs(value);
  if (Number.isInteger(value)) return number(0).format(value);
  if (size >= 100) return number(0).format(value);
  if (size >= 10) return number(1).format(value);
  return number(size >= 0.1 ? 2 : 3).format(value);
}

const textOf = (cell: Cell): string => (cell === undefined ? "" : typeof cell === "number" ? readable(cell) : cell);

/** Lines of an aligned table: columns of numbers to the right, of words to the left. */
export function table(head: readonly string[], rows: readonly (readonly Cell[])[]): string[] {
  const isNumber = head.map((_, column) => rows.every((row) => typeof row[column] !== "string"));
  const texts = [head.map(String), ...rows.map((row) => head.map((_, column) => textOf(row[column])))];
  const widths = head.map((_, column) => Math.max(...texts.map((row) => row[column]?.length ?? 0)));
  const line = (row: readonly string[]): string =>
    row
      .map((text, column) => (isNumber[column] ? text.padStart(widths[column] ?? 0) : text.padEnd(widths[column] ?? 0)))
      .join("  ")
      .trimEnd();
  const [first = [], ...others] = texts;
  return [line(first), widths.map((width) => "─".repeat(width)).join("  "), ...others.map(line)].map(
    (text) => `  ${text}`,
  );
}

/** The middle value; of an even number the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  const ascending = values.toSorted((a, b) => a - b);
  const middle = ascending.length >> 1;
  const upper = ascending[middle] ?? Number.NaN;
  return ascending.length % 2 === 1 ? upper : ((ascending[middle - 1] ?? upper) + upper) / 2;
}
