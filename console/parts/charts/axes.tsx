import type { Plot } from "./chart.tsx";

type Tick = readonly [at: number, text: string];

/** An axis at the left: a line of the grid and a word for each value. */
export function LeftAxis({ plot: { left, right }, ticks }: { readonly plot: Plot; readonly ticks: readonly Tick[] }) {
  return ticks.map(([y, text]) => (
    <g key={text}>
      <line className="chart-grid" x1={left} x2={right} y1={y} y2={y} />
      <text x={left - 6} y={y + 4} textAnchor="end">
        {text}
      </text>
    </g>
  ));
}

/** Letters of an axis are about so wide, in pixels. */
const LETTER = 6.2;

/** An axis below; words at its ends stay within the drawing, and words that would meet are left out. */
export function BottomAxis({ plot, ticks }: { readonly plot: Plot; readonly ticks: readonly Tick[] }) {
  const { left, right, top, bottom } = plot;
  let taken = Number.NEGATIVE_INFINITY;
  const placed = ticks.flatMap(([x, text]) => {
    const half = (text.length * LETTER) / 2;
    const middle = Math.min(right + 10 - half, Math.max(left - 10 + half, x));
    if (middle - half < taken) return [];
    taken = middle + half + 6;
    return [{ x, middle, text }];
  });
  return (
    <>
      <path className="chart-axis" d={`M${left} ${top}V${bottom}H${right}`} />
      {placed.map(({ x, middle, text }) => (
        <g key={text}>
          <line className="chart-axis" x1={x} x2={x} y1={bottom} y2={bottom + 4} />
          <text x={middle} y={bottom + 17} textAnchor="middle">
            {text}
          </text>
        </g>
      ))}
    </>
  );
}

/** As many ticks as an axis of this length has room for. */
export const ticksOf = (pixels: number): number => Math.max(2, Math.floor(pixels / 74));

interface SpanMarkProps {
  readonly plot: Plot;
  readonly from: number;
  readonly to: number;
  /** What it is called in the list of windows beside the chart. */
  readonly name: string;
  readonly kind: string;
}

/** A window of the verdict: shaded, with its number above. */
export function SpanMark({ plot: { top, bottom, left, right }, from, to, name, kind }: SpanMarkProps) {
  const middle = Math.min(right - 8, Math.max(left + 8, (from + to) / 2));
  return (
    <g className="chart-span" data-kind={kind}>
      <rect x={from} y={top} width={Math.max(2, to - from)} height={bottom - top} />
      <circle cx={middle} cy={top - 12} r={9} />
      <text x={middle} y={top - 8} textAnchor="middle">
        {name}
      </text>
    </g>
  );
}
