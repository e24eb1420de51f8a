import { stripVTControlCharacters } from "node:util";

/** Rows in columns, two spaces apart; numbers (all digits) stand to the right. */
export function table(heading: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const widthOf = (text: string): number => stripVTControlCharacters(text).length;
  const widths = heading.map((name, column) =>
    Math.max(widthOf(name), ...rows.map((row) => widthOf(row[column] ?? ""))),
  );
  const right = heading.map((_, column) => rows.length > 0 && rows.every((row) => /^[\d,.]*$/.test(row[column] ?? "")));
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, column) => {
        const gap = " ".repeat(Math.max(0, (widths[column] ?? 0) - widthOf(cell)));
        return right[column] ? gap + cell : cell + gap;
      })
      .join("  ")
      .trimEnd();
  return [line(heading), ...rows.map(line)];
}
