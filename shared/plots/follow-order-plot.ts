import type { AudienceHistory, FollowWindow } from "../domain/audience.ts";
import { SUSPICIOUS_FROM } from "../domain/suspicious-from.ts";
import { creationBands } from "./creation-bands.ts";
import { creationDepth } from "./creation-depth.ts";
import { bottomAxis, leftAxis, PLOT, plotFrame } from "./plot-frame.ts";
import { element, pathOf, shortened, words } from "./svg.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const RADIUS = 3;
const MARGIN = 8;
const LEAST_APART = 15;
/** Days before the youngest account at which a date stands beside the plot. */
const TICKS = [0, 14, 60, 180, 365, 730, 1_460, 2_920, 5_840] as const;

/** Letters of the account's name in the heading. */
const NAME = 36;

export interface OrderPlot {
  readonly account: string;
  readonly order: AudienceHistory["order"];
  readonly windows: readonly FollowWindow[];
}

const shortDate = (at: number): string => new Date(at).toISOString().slice(0, 10);

/** Creation dates with their heights, far enough apart to be read. */
function creationTicks(from: number, to: number, y: (at: number) => number): [number, string][] {
  const ticks: [number, string][] = [];
  for (const days of TICKS) {
    const at = to - days * DAY;
    const height = y(at);
    if (at >= from && height - (ticks.at(-1)?.[0] ?? Number.NEGATIVE_INFINITY) >= LEAST_APART)
      ticks.push([height, shortDate(at).slice(0, 7)]);
  }
  return ticks;
}

function mark(x: number, y: number, chance: number | undefined): string {
  if (chance === undefined) return element("circle", { cx: x, cy: y, r: RADIUS - 0.5, class: "unknown" });
  if (chance < SUSPICIOUS_FROM) return element("circle", { cx: x, cy: y, r: RADIUS, class: "dot" });
  const reach = RADIUS + 1;
  return element("path", {
    d: `M${x.toFixed(1)} ${(y - reach).toFixed(1)}l${reach} ${reach}l-${reach} ${reach}l-${reach}-${reach}z`,
    class: "bad",
  });
}

/**
 * The sampled followers in the order in which they followed, against when their accounts were made, as an SVG document.
 * Accounts exist before they follow, so that all lie under the stepped line: the youngest seen so far. Organic followers
 * fill the area below; accounts made in a batch stand in a band, a block of young ones in a stripe along the line. Dates
 * stand by the square root of their distance from the youngest, since what is sold is young. Pure.
 */
export function followOrderPlot({ account, order, windows }: OrderPlot): string {
  const title = `Followers of ${shortened(account, NAME)}: order against account creation`;
  const points = order.map(({ followed, created, chance }) => ({
    followed: Date.parse(followed),
    created: Date.parse(created),
    chance,
  }));
  if (points.length < 2) {
    const none = "Of too few sampled followers both times are known.";
    return plotFrame({ id: "order", title, description: none, body: [words(none, { x: PLOT.left, y: 120 })] });
  }
  const times = points.map(({ created }) => created);
  const from = Math.min(...times);
  const to = Math.max(...times) + DAY;
  const x = (place: number): number => PLOT.left + ((place + 0.5) / points.length) * (PLOT.right - PLOT.left);
  const tall = PLOT.bottom - PLOT.top - 2 * MARGIN;
  const y = (at: number): number => PLOT.top + MARGIN + creationDepth(at, from, to) * tall;
  const edge = PLOT.right - PLOT.left;
  const shaded = windows.flatMap(({ start, end, kind }) => {
    const first = points.findIndex(({ followed }) => followed + HOUR > Date.parse(start));
    const after = points.findLastIndex(({ followed }) => followed < Date.parse(end)) + 1;
    if (first < 0 || after <= first) return [];
    const left = PLOT.left + (first / points.length) * edge;
    const width = ((after - first) / points.length) * edge;
    return [
      element("rect", { x: left, y: PLOT.top, width, height: PLOT.bottom - PLOT.top, class: kind }),
      words(kind, { x: left, y: PLOT.top - 6, class: `s ${kind}` }),
    ];
  });
  const bands = creationBands(times);
  let youngest = Number.NEGATIVE_INFINITY;
  const limit = points.map(({ created }, place): [number, number] => {
    youngest = Math.max(youngest, created);
    return [PLOT.left + (place / points.length) * edge, y(youngest)];
  });
  const suspicious = points.filter(({ chance = 0 }) => chance >= SUSPICIOUS_FROM).length;
  const description = [
    `${points.length} sampled followers, ${suspicious} of them with profiles consistent with automation; their accounts were made from ${shortDate(Math.min(...times))} to ${shortDate(Math.max(...times))}.`,
    ...bands.map(
      ({ from: start, to: end, accounts }) =>
        `${accounts} were made between ${shortDate(start)} and ${shortDate(end)}.`,
    ),
  ].join(" ");
  return plotFrame({
    id: "order",
    title,
    description,
    body: [
      ...leftAxis(creationTicks(from, to, y)),
      ...shaded,
      ...bands.map(({ from: start, to: end }) =>
        element("rect", {
          x: PLOT.left,
          y: y(end),
          width: edge,
          height: Math.max(3, y(start) - y(end)),
          class: "band",
        }),
      ),
      element("path", { d: pathOf(limit, edge / points.length), class: "usual" }),
      ...points.map(({ created, chance }, place) => mark(x(place), y(created), chance)),
      ...bottomAxis([
        [x(0) + 40, shortDate(points[0]?.followed ?? 0)],
        [(PLOT.left + PLOT.right) / 2, "followers in the order in which they followed"],
        [x(points.length - 1) - 40, shortDate(points.at(-1)?.followed ?? 0)],
      ]),
      element("circle", { cx: PLOT.left + 6, cy: 311, r: RADIUS, class: "dot" }),
      words("sampled follower", { x: PLOT.left + 16, y: 315, class: "s" }),
      mark(PLOT.left + 128, 311, 100),
      words("profile consistent with automation", { x: PLOT.left + 138, y: 315, class: "s" }),
      element("line", { x1: PLOT.left + 340, x2: PLOT.left + 364, y1: 311, y2: 311, class: "usual" }),
      words("youngest account so far", { x: PLOT.left + 370, y: 315, class: "s" }),
      element("rect", { x: PLOT.left + 520, y: 306, width: 16, height: 9, class: "band" }),
      words("many made within five days", { x: PLOT.left + 542, y: 315, class: "s" }),
    ],
  });
}
