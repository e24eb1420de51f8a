import type { AudienceHistory } from "../../shared/domain/audience.ts";
import { SUSPICIOUS_FROM } from "../../shared/domain/suspicious-from.ts";
import { creationDepth } from "../../shared/plots/creation-depth.ts";
import { paint } from "./paint.ts";
import { wrapped } from "./wrapped.ts";

const ROWS = 9;
const MARGIN = 9;
const BRAILLE = 0x2800;
/** Bits of the dots of a braille cell by row, left and right. */
const DOTS = [
  [0x01, 0x08],
  [0x02, 0x10],
  [0x04, 0x20],
  [0x40, 0x80],
] as const;

interface Cell {
  bits: number;
  suspicious: boolean;
}

const month = (at: number): string => new Date(at).toISOString().slice(0, 7);

/**
 * The sampled followers in the order in which they followed, left to right, against when their accounts were made, young
 * ones at the top. Cells with a suspicious one are crosses, so that it needs no colour. @param width in columns
 */
export function orderChart(order: AudienceHistory["order"], width: number): string[] {
  if (order.length < 2) return [];
  const columns = Math.max(10, width - MARGIN);
  const times = order.map(({ created }) => Date.parse(created));
  const [oldest, youngest] = [Math.min(...times), Math.max(...times)];
  const cells = Array.from({ length: ROWS }, () =>
    Array.from({ length: columns }, (): Cell => ({ bits: 0, suspicious: false })),
  );
  for (const [place, at] of times.entries()) {
    const x = Math.floor((place / order.length) * columns * 2);
    const y = Math.min(ROWS * 4 - 1, Math.floor(creationDepth(at, oldest, youngest) * ROWS * 4));
    const cell = cells[y >> 2]?.[x >> 1];
    if (!cell) continue;
    cell.bits |= DOTS[y & 3]?.[x & 1] ?? 0;
    cell.suspicious ||= (order[place]?.chance ?? 0) >= SUSPICIOUS_FROM;
  }
  const drawn = ({ bits, suspicious }: Cell): string =>
    suspicious ? paint("red", "×") : bits === 0 ? " " : String.fromCodePoint(BRAILLE + bits);
  const scale = (row: number): string => (row === 0 ? month(youngest) : row === ROWS - 1 ? month(oldest) : "");
  const [first, last] = [order[0]?.followed ?? "", order.at(-1)?.followed ?? ""].map((time) => time.slice(0, 10));
  return [
    ...wrapped(
      `${order.length} sampled followers in the order in which they followed; higher: younger accounts`,
      0,
      width,
    ),
    ...cells.map((row, index) => `${scale(index).padStart(MARGIN - 2)} ${row.map(drawn).join("")}`.trimEnd()),
    `${" ".repeat(MARGIN - 1)}${first}${(last ?? "").padStart(columns - 10)}`,
    ...wrapped("× profile consistent with automation; a band of marks: accounts made on the same days", 2, width),
  ];
}
