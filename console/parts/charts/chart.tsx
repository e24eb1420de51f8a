import Button from "@cloudscape-design/components/button";
import { type PointerEvent, type ReactNode, useId, useState } from "react";
import { type Column, RowTable } from "../row-table.tsx";
import { useWidth } from "./use-width.ts";
import "./charts.css";

/** Where data is drawn, in pixels of the drawing; around it stand the axes. */
export interface Plot {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  /** Ids of the hatched fills, for `fill`. */
  readonly hatch: { readonly suspect: string; readonly band: string };
}

/** A place that can be read: where it is, from 0 to 1 of the plot's width, and what it says. */
export interface Stop {
  readonly at: number;
  readonly words: string;
}

interface ChartProps<Row> {
  readonly title: string;
  /** What is to be seen, in words, for whoever does not see it. */
  readonly description: string;
  readonly legend: ReactNode;
  /** In order from left to right. */
  readonly stops: readonly Stop[];
  /** What one stop is: "Hour". */
  readonly stopName: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  keyOf(row: Row, index: number): string;
  /** Room at the left for the words of the axis, in pixels. */
  readonly left?: number;
  draw(plot: Plot): ReactNode;
}

const HEIGHT = 260;
const TABLE_HEIGHT = 340;

/**
 * A drawing as wide as its place, with its legend, a slider that reads its values one by one (the pointer does, too), and
 * the same as a table.
 */
export function Chart<Row>(props: ChartProps<Row>) {
  const { title, legend, columns, rows, keyOf } = props;
  const [isTable, setTable] = useState(false);
  return (
    <figure className="chart" aria-label={title}>
      <div className="chart-head">
        <h3>{title}</h3>
        <Button
          iconName={isTable ? "view-full" : "list-view"}
          ariaLabel={`${title}: show as a ${isTable ? "chart" : "table"}`}
          onClick={() => setTable(!isTable)}
        >
          {isTable ? "Chart" : "Table"}
        </Button>
      </div>
      {isTable ? (
        <RowTable caption={title} columns={columns} rows={rows} keyOf={keyOf} maxHeight={TABLE_HEIGHT} />
      ) : (
        <>
          <Drawing {...props} />
          <ul className="chart-legend" aria-label="Legend">
            {legend}
          </ul>
        </>
      )}
    </figure>
  );
}

function nearest(stops: readonly Stop[], share: number): number {
  const after = stops.findIndex(({ at }) => at >= share);
  if (after < 0) return stops.length - 1;
  const before = stops[after - 1];
  return before && share - before.at < (stops[after]?.at ?? 1) - share ? after - 1 : after;
}

function Drawing<Row>({ title, description, stops, stopName, left = 52, draw }: ChartProps<Row>) {
  const [ref, width] = useWidth<HTMLDivElement>();
  const [at, setAt] = useState<number>();
  const id = useId();
  const right = Math.max(left + 1, width - 12);
  const hatch = { suspect: `url(#${id}-suspect)`, band: `url(#${id}-band)` };
  const plot: Plot = { left, right, top: 26, bottom: HEIGHT - 30, hatch };
  const stop = at === undefined ? undefined : stops[at];
  const read = (event: PointerEvent<SVGSVGElement>) => {
    const { left: from } = event.currentTarget.getBoundingClientRect();
    if (stops.length > 0) setAt(nearest(stops, (event.clientX - from - left) / (right - left)));
  };
  return (
    <div ref={ref} className="chart-drawing">
      {width > 0 && (
        <svg
          role="img"
          aria-label={`${title}. ${description}`}
          width={width}
          height={HEIGHT}
          viewBox={`0 0 ${width} ${HEIGHT}`}
          onPointerMove={read}
          onPointerDown={read}
        >
          <defs>
            <Hatch id={`${id}-suspect`} className="hatch-suspect" />
            <Hatch id={`${id}-band`} className="hatch-band" />
          </defs>
          {draw(plot)}
          {stop && <CrossHair x={left + stop.at * (right - left)} plot={plot} />}
        </svg>
      )}
      {stops.length > 1 && (
        <>
          <input
            type="range"
            className="chart-slider"
            aria-label={`${stopName} of: ${title}`}
            aria-valuetext={stop?.words ?? "none read yet"}
            min={0}
            max={stops.length - 1}
            value={at ?? stops.length - 1}
            style={{ marginInlineStart: left - 8, width: right - left + 16 }}
            onChange={({ target }) => setAt(Number(target.value))}
            onFocus={() => setAt((now) => now ?? stops.length - 1)}
          />
          <p className="chart-reading">{stop?.words ?? "Point at the chart or move the slider to read its values."}</p>
        </>
      )}
    </div>
  );
}

/** Lines across: what is meant by it is seen without its colour. */
function Hatch({ id, className }: { readonly id: string; readonly className: string }) {
  return (
    <pattern
      id={id}
      className={className}
      width="6"
      height="6"
      patternUnits="userSpaceOnUse"
      patternTransform="rotate(45)"
    >
      <rect width="6" height="6" />
      <path d="M0 0V6" />
    </pattern>
  );
}

const CrossHair = ({ x, plot }: { readonly x: number; readonly plot: Plot }) => (
  <line className="chart-cross" x1={x} x2={x} y1={plot.top} y2={plot.bottom} />
);
