import type { AudienceHistory, FollowWindow } from "../../shared/domain/audience.ts";
import { timeTicks } from "../../shared/plots/time-ticks.ts";
import { grouped } from "../progress-line.ts";
import { paint } from "./paint.ts";
import { wrapped } from "./wrapped.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const ROWS = 6;
const MARGIN = 8;
const BLOCKS = [" ", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"] as const;

export type WindowKind = FollowWindow["kind"];
export const COLOURS: Readonly<Record<WindowKind, "red" | "green" | "yellow">> = {
  bought: "red",
  drip: "red",
  viral: "green",
  unclear: "yellow",
};
/** Under a column that lies in a window. */
const LETTERS: Readonly<Record<WindowKind, string>> = { bought: "B", drip: "D", viral: "V", unclear: "?" };

interface Column {
  readonly from: number;
  readonly to: number;
  readonly follows: number;
}

/** The slots in at most `width` columns; a column stands as high as the busiest of its slots. */
function columnsOf(slots: readonly Column[], width: number): Column[] {
  const each = Math.ceil(slots.length / width);
  const columns: Column[] = [];
  for (let start = 0; start < slots.length; start += each) {
    const own = slots.slice(start, start + each);
    const [first, last] = [own[0], own.at(-1)];
    if (first && last)
      columns.push({ from: first.from, to: last.to, follows: Math.max(...own.map(({ follows }) => follows)) });
  }
  return columns;
}

/** Words below their columns, none over another. */
function axisOf(columns: readonly Column[]): string {
  let line = "";
  for (const { at, text } of timeTicks(
    columns[0]?.from ?? 0,
    columns.at(-1)?.to ?? 0,
    Math.ceil(columns.length / 10),
  )) {
    const place = columns.findIndex(({ from, to }) => from <= at && at < to);
    if (place >= line.length && place + text.length <= columns.length) line = `${line.padEnd(place)}${text} `;
  }
  return line.trimEnd();
}

/** A chart of blocks: height by ln(1 + count), the windows in their colours and marked by letters below. */
function chartOf(slots: readonly Column[], windows: readonly FollowWindow[], width: number): string[] {
  const columns = columnsOf(slots, Math.max(10, width - MARGIN));
  const most = Math.max(1, ...columns.map(({ follows }) => follows));
  const kinds = columns.map(
    ({ from, to }) => windows.findLast(({ start, end }) => Date.parse(start) < to && Date.parse(end) > from)?.kind,
  );
  const heights = columns.map(({ follows }) =>
    follows === 0 ? 0 : Math.max(1, Math.round((Math.log1p(follows) / Math.log1p(most)) * ROWS * 8)),
  );
  const rows = Array.from({ length: ROWS }, (_, row) => {
    const below = (ROWS - 1 - row) * 8;
    const cells = heights.map((height, index) => {
      const cell = BLOCKS[Math.min(8, Math.max(0, height - below))] ?? " ";
      const kind = kinds[index];
      return cell !== " " && kind ? paint(COLOURS[kind], cell) : cell;
    });
    const scale = row === 0 ? grouped(most) : row === ROWS - 1 ? "0" : "";
    return `${scale.padStart(MARGIN - 2)} ${cells.join("")}`.trimEnd();
  });
  const letters = kinds.map((kind) => (kind ? paint(COLOURS[kind], LETTERS[kind]) : " ")).join("");
  const left = " ".repeat(MARGIN - 1);
  return [
    ...rows,
    ...(kinds.some((kind) => kind !== undefined) ? [`${left}${letters}`.trimEnd()] : []),
    `${left}${axisOf(columns)}`.trimEnd(),
  ];
}

/** New followers of the latest 14 days by hour and, where more are known, of 45 days by day. @param width in columns */
export function followCharts(history: AudienceHistory, windows: readonly FollowWindow[], width: number): string[] {
  const hours = history.hours.map(({ start, follows }) => {
    const from = Date.parse(start);
    return { from, to: from + HOUR, follows };
  });
  const days = history.days.map(({ day, follows }) => {
    const from = Date.parse(day);
    return { from, to: from + DAY, follows };
  });
  if (hours.length === 0) return [];
  const each = Math.ceil(hours.length / Math.max(10, width - MARGIN));
  return [
    ...wrapped(
      `new followers an hour (logarithmic; a column is ${each === 1 ? "an hour" : `the busiest of ${each} hours`}; UTC)`,
      0,
      width,
    ),
    ...chartOf(hours, windows, width),
    ...(days.length * 24 > hours.length + 48
      ? ["", "new followers a day", ...chartOf(days, windows, Math.min(width, days.length + MARGIN))]
      : []),
    ...(windows.length === 0
      ? []
      : wrapped("consistent with: B purchase, D purchase in drips, V going viral; ? unclear", 2, width)),
  ];
}
