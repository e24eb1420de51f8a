import type { FollowWindow } from "../domain/audience.ts";
import { element, escapeXml, words } from "./svg.ts";

/** The drawing's coordinates: the frame that data is drawn in, and the whole. */
export const PLOT = { width: 760, height: 340, left: 58, right: 734, top: 64, bottom: 270 } as const;

export const KIND_NAMES: Readonly<Record<FollowWindow["kind"], string>> = {
  bought: "consistent with purchase",
  drip: "consistent with purchase, in drips",
  viral: "as usual: organic-looking",
  unclear: "too little known",
};

/**
 * Colours have at least 4.5:1 against white and against near-black each; a page around may set them by its own
 * variables. Nothing hangs on colour alone: windows bear their kind in words, suspicious followers are diamonds.
 */
const STYLE = `.tsp{color:#1c2733;--bought:var(--plot-bought,#b3261e);--drip:var(--plot-drip,#9a4b00);--viral:var(--plot-viral,#1b6e31);--unclear:var(--plot-unclear,#5b4699);--series:var(--plot-series,#2a5d8f);font:12px system-ui,"Segoe UI","DejaVu Sans",sans-serif}
@media (prefers-color-scheme:dark){.tsp{color:#e6ebf0;--bought:var(--plot-bought,#ff9b8f);--drip:var(--plot-drip,#ffb960);--viral:var(--plot-viral,#83d38c);--unclear:var(--plot-unclear,#c3b2f2);--series:var(--plot-series,#8fc1f0)}}
.tsp text{fill:currentColor}.tsp .h{font-weight:600;font-size:14px}.tsp .s{font-size:11px}.tsp .axis{stroke:currentColor;stroke-opacity:.55;fill:none}.tsp .grid{stroke:currentColor;stroke-opacity:.13}.tsp .usual{stroke:currentColor;stroke-dasharray:5 3;fill:none}.tsp .chance{fill:currentColor;fill-opacity:.12}.tsp .all{fill:var(--series);fill-opacity:.45;stroke:var(--series)}.tsp .bad{fill:var(--bought);fill-opacity:.75}.tsp .dot{fill:var(--series);fill-opacity:.75}.tsp .unknown{fill:none;stroke:currentColor;stroke-opacity:.6}
${["bought", "drip", "viral", "unclear"].map((kind) => `.tsp .${kind}{fill:var(--${kind});stroke:var(--${kind})}.tsp text.${kind}{stroke:none;fill:var(--${kind})}.tsp rect.${kind}{fill-opacity:.13;stroke-opacity:.8}`).join("")}
.tsp rect.band{fill:var(--drip);fill-opacity:.16;stroke:var(--drip);stroke-dasharray:2 3}`;

interface Frame {
  /** Unique in the page that the drawing may stand in. */
  readonly id: string;
  readonly title: string;
  /** What is to be seen, in words, for whoever does not see it. */
  readonly description: string;
  /** Elements, drawn in order. */
  readonly body: readonly string[];
}

/** A drawing that stands alone or in a page: no script, no font or picture from elsewhere, all text escaped. */
export const plotFrame = ({ id, title, description, body }: Frame): string =>
  element(
    "svg",
    {
      xmlns: "http://www.w3.org/2000/svg",
      viewBox: `0 0 ${PLOT.width} ${PLOT.height}`,
      class: "tsp",
      role: "img",
      "aria-labelledby": `${id}-title ${id}-description`,
    },
    [
      element("title", { id: `${id}-title` }, escapeXml(title)),
      element("desc", { id: `${id}-description` }, escapeXml(description)),
      `<style>${STYLE}</style>`,
      words(title, { x: 14, y: 22, class: "h" }),
      ...body,
    ].join("\n"),
  );

/** An axis at the left: a line of the grid and a word for each value. */
export const leftAxis = (ticks: readonly (readonly [y: number, text: string])[]): string[] =>
  ticks.flatMap(([y, text]) => [
    element("line", { x1: PLOT.left, x2: PLOT.right, y1: y, y2: y, class: "grid" }),
    words(text, { x: PLOT.left - 7, y: y + 4, "text-anchor": "end", class: "s" }),
  ]);

/** An axis below. */
export const bottomAxis = (ticks: readonly (readonly [x: number, text: string])[]): string[] => [
  element("path", { d: `M${PLOT.left} ${PLOT.top}V${PLOT.bottom}H${PLOT.right}`, class: "axis" }),
  ...ticks.flatMap(([x, text]) => [
    element("line", { x1: x, x2: x, y1: PLOT.bottom, y2: PLOT.bottom + 5, class: "axis" }),
    words(text, { x, y: PLOT.bottom + 18, "text-anchor": "middle", class: "s" }),
  ]),
];
