import type { AudienceHistory, FollowWindow } from "../domain/audience.ts";
import { bottomAxis, KIND_NAMES, leftAxis, PLOT, plotFrame } from "./plot-frame.ts";
import { element, pathOf, shortened, words } from "./svg.ts";
import { timeTicks } from "./time-ticks.ts";

const HOUR = 3_600_000;
const LANES = 2;
const LANE = 13;
/** Width of a letter, about: labels that would meet are put into another lane. */
const LETTER = 6.1;

const grouped = (count: number): string => Math.round(count).toLocaleString("en");

/** "consistent with purchase: about 2,003 (1,900–2,010) of 2,010" */
export function windowText({ kind, followers, added }: FollowWindow): string {
  if (!added) return `${kind}: ${grouped(followers)}`;
  return `${KIND_NAMES[kind]}: about ${grouped(added.estimate)} (${grouped(added.low)}–${grouped(added.high)}) of ${grouped(followers)}`;
}

/** Powers of ten up to the largest count, as ln(1 + count) is drawn. */
const countTicks = (most: number): number[] =>
  [0, ...Array.from({ length: 9 }, (_, power) => 10 ** power)].filter((count) => count <= most);

/** Letters of the account's name in the heading. */
const NAME = 36;

export interface SeriesPlot {
  readonly account: string;
  readonly hours: AudienceHistory["hours"];
  readonly windows: readonly FollowWindow[];
}

function describe({ hours, windows }: SeriesPlot): string {
  const most = hours.reduce((best, hour) => (hour.follows > best.follows ? hour : best), { follows: 0, start: "" });
  const named = windows.map(
    (window) =>
      `From ${window.start.slice(0, 16)} to ${window.end.slice(0, 16)} UTC ${grouped(window.followers)} followers, ${KIND_NAMES[window.kind]}${
        window.added
          ? `; of them about ${grouped(window.added.estimate)}, ${grouped(window.added.low)} to ${grouped(window.added.high)}`
          : ""
      }.`,
  );
  const first = hours[0]?.start.slice(0, 10) ?? "";
  return [
    `New followers an hour from ${first} to ${hours.at(-1)?.start.slice(0, 10) ?? ""}, ${grouped(hours.reduce((sum, { follows }) => sum + follows, 0))} in all; the most, ${grouped(most.follows)}, in the hour from ${most.start.slice(0, 16)} UTC.`,
    ...(named.length === 0 ? ["No window stands out."] : named),
  ].join(" ");
}

/**
 * New followers by hour as an SVG document: all, those with suspicious profiles, what is usual at that hour of the week
 * with what chance alone spreads (±2√usual), and the windows of the verdict, shaded and labelled. Counts are drawn as
 * ln(1 + count), since a purchase is often a thousand times a usual hour. Pure.
 */
export function followSeriesPlot(plot: SeriesPlot): string {
  const { account, hours, windows } = plot;
  const [first, last] = [hours[0], hours.at(-1)];
  const title = `New followers of ${shortened(account, NAME)} by hour`;
  if (!first || !last) {
    const none = "No follow was seen in the latest 14 days.";
    return plotFrame({ id: "series", title, description: none, body: [words(none, { x: PLOT.left, y: 120 })] });
  }
  const from = Date.parse(first.start);
  const to = Date.parse(last.start) + HOUR;
  const most = Math.max(10, ...hours.map(({ follows, usual }) => Math.max(follows, usual + 2 * Math.sqrt(usual))));
  const wide = PLOT.right - PLOT.left;
  const x = (at: number): number => PLOT.left + ((Math.min(to, Math.max(from, at)) - from) / (to - from)) * wide;
  const y = (count: number): number =>
    PLOT.bottom - (Math.log1p(Math.max(0, count)) / Math.log1p(most)) * (PLOT.bottom - PLOT.top - 8);
  const step = wide / hours.length;
  const line = (of: (hour: (typeof hours)[number]) => number): [number, number][] =>
    hours.map((hour, index) => [PLOT.left + index * step, y(of(hour))]);
  const area = (of: (hour: (typeof hours)[number]) => number): string =>
    `M${PLOT.left} ${PLOT.bottom}${pathOf(line(of), step).replace("M", "L")}V${PLOT.bottom}Z`;
  const spread = (sign: number) => (hour: (typeof hours)[number]) =>
    Math.max(0, hour.usual + sign * 2 * Math.sqrt(hour.usual));
  const band = `${pathOf(line(spread(1)))}${pathOf(line(spread(-1)).reverse()).replace("M", "L")}Z`;

  const lanes = new Array<number>(LANES).fill(0);
  const shaded = windows
    .filter(({ start, end }) => Date.parse(end) > from && Date.parse(start) < to)
    .flatMap((window) => {
      const [left, right] = [x(Date.parse(window.start)), x(Date.parse(window.end))];
      const text = windowText(window);
      const width = text.length * LETTER;
      const start = Math.max(PLOT.left, Math.min(left, PLOT.right - width));
      const free = lanes.findIndex((taken) => taken <= start);
      // Where no lane is free the shade and the description tell.
      const label =
        free < 0 ? [] : [words(text, { x: start, y: PLOT.top - 6 - free * LANE, class: `s ${window.kind}` })];
      if (free >= 0) lanes[free] = start + width + 8;
      return [
        element("rect", {
          x: left,
          y: PLOT.top,
          width: Math.max(2, right - left),
          height: PLOT.bottom - PLOT.top,
          class: window.kind,
        }),
        ...label,
      ];
    });
  const legend = [
    element("rect", { x: PLOT.left, y: 306, width: 12, height: 10, class: "all" }),
    words("new followers", { x: PLOT.left + 18, y: 315, class: "s" }),
    element("rect", { x: PLOT.left + 118, y: 306, width: 12, height: 10, class: "bad" }),
    words("of them with profiles consistent with automation", { x: PLOT.left + 136, y: 315, class: "s" }),
    element("line", { x1: PLOT.left + 414, x2: PLOT.left + 438, y1: 311, y2: 311, class: "usual" }),
    words("usual at that hour, ± what chance spreads", { x: PLOT.left + 444, y: 315, class: "s" }),
  ];
  return plotFrame({
    id: "series",
    title,
    description: describe(plot),
    body: [
      words("followers an hour, logarithmic; times are UTC", {
        x: PLOT.right,
        y: 22,
        "text-anchor": "end",
        class: "s",
      }),
      ...leftAxis(countTicks(most).map((count) => [y(count), grouped(count)])),
      ...shaded,
      element("path", { d: band, class: "chance" }),
      element("path", { d: area(({ follows }) => follows), class: "all" }),
      element("path", { d: area(({ suspicious }) => suspicious), class: "bad" }),
      element("path", {
        d: pathOf(
          line(({ usual }) => usual),
          step,
        ),
        class: "usual",
      }),
      ...bottomAxis(timeTicks(from, to, 10).map(({ at, text }) => [x(at), text])),
      ...legend,
    ],
  });
}
