import { useMemo } from "react";
import type { AudienceHistory, FollowWindow } from "../../../shared/domain/audience.ts";
import { pathOf } from "../../../shared/plots/svg.ts";
import { timeTicks } from "../../../shared/plots/time-ticks.ts";
import { BottomAxis, LeftAxis, SpanMark, ticksOf } from "./axes.tsx";
import { Chart, type Plot } from "./chart.tsx";
import { grouped, hourText, windowKindWords } from "./chart-words.ts";
import { LegendItem } from "./legend.tsx";

type Hour = AudienceHistory["hours"][number];

interface FollowSeriesProps {
  readonly hours: readonly Hour[];
  /** In the order of their numbers. */
  readonly windows: readonly FollowWindow[];
}

const HOUR = 3_600_000;

const inWords = ({ start, follows, suspicious, scored, usual }: Hour): string =>
  `${hourText(start)}: ${grouped(follows)} new, usual ${grouped(usual)}; of ${grouped(scored)} judged profiles ${grouped(suspicious)} consistent with automation`;

function describe(hours: readonly Hour[], windows: readonly FollowWindow[]): string {
  const all = hours.reduce((sum, { follows }) => sum + follows, 0);
  const [most] = hours.toSorted((a, b) => b.follows - a.follows);
  const named = windows.map(
    ({ start, end, kind, followers }, index) =>
      `Window ${index + 1}, ${hourText(start)} to ${hourText(end)}: ${grouped(followers)} followers, ${windowKindWords[kind]}.`,
  );
  return [
    `${grouped(all)} new followers in ${hours.length} hours; the most, ${grouped(most?.follows ?? 0)}, from ${most ? hourText(most.start) : ""}.`,
    ...(named.length === 0 ? ["No window stands out."] : named),
  ].join(" ");
}

/**
 * New followers by hour: all, those with profiles consistent with automation, what is usual at that hour with what chance
 * spreads around it, and the windows of the verdict. Counts stand by ln(1 + count): a purchase is often a thousand times a
 * usual hour.
 */
export function FollowSeriesChart({ hours, windows }: FollowSeriesProps) {
  const first = Date.parse(hours[0]?.start ?? "");
  const last = Date.parse(hours.at(-1)?.start ?? "") + HOUR;
  const stops = useMemo(
    () =>
      hours.map((hour) => ({
        at: (Date.parse(hour.start) + HOUR / 2 - first) / (last - first),
        words: inWords(hour),
      })),
    [hours, first, last],
  );
  if (hours.length === 0) return <p className="quiet">No follow was seen in the latest 14 days.</p>;
  return (
    <Chart
      title="New followers by hour"
      description={describe(hours, windows)}
      stops={stops}
      stopName="Hour"
      rows={hours.toReversed()}
      keyOf={({ start }) => start}
      columns={[
        { head: "Hour (UTC)", cell: ({ start }) => hourText(start) },
        { head: "New followers", isFigure: true, cell: ({ follows }) => grouped(follows) },
        { head: "Usual", isFigure: true, cell: ({ usual }) => grouped(usual) },
        { head: "Judged", isFigure: true, cell: ({ scored }) => grouped(scored) },
        { head: "Consistent with automation", isFigure: true, cell: ({ suspicious }) => grouped(suspicious) },
      ]}
      legend={
        <>
          <LegendItem mark="series">new followers (scale is logarithmic)</LegendItem>
          <LegendItem mark="suspect">of them profiles consistent with automation</LegendItem>
          <LegendItem mark="usual">usual at that hour</LegendItem>
          <LegendItem mark="chance">what chance spreads around it</LegendItem>
          {windows.length > 0 && <LegendItem mark="window">window, as listed</LegendItem>}
        </>
      }
      draw={(plot) => <Series plot={plot} hours={hours} windows={windows} first={first} last={last} />}
    />
  );
}

/** Columns on a ground line, those that touch as one outline; none where nothing is. */
function columnsPath(tops: readonly (readonly [x: number, y: number])[], wide: number, ground: number): string {
  const parts: string[] = [];
  let isOpen = false;
  for (const [x, y] of tops) {
    if (y < ground)
      parts.push(`${isOpen ? "" : `M${x.toFixed(1)} ${ground}`}V${y.toFixed(1)}H${(x + wide).toFixed(1)}`);
    else if (isOpen) parts.push(`V${ground}Z`);
    isOpen = y < ground;
  }
  return `${parts.join("")}${isOpen ? `V${ground}Z` : ""}`;
}

interface SeriesProps extends FollowSeriesProps {
  readonly plot: Plot;
  readonly first: number;
  readonly last: number;
}

function Series({ plot, hours, windows, first, last }: SeriesProps) {
  const { left, right, top, bottom, hatch } = plot;
  const spread = ({ usual }: Hour, sign: 1 | -1): number => Math.max(0, usual + sign * 2 * Math.sqrt(usual));
  const most = Math.max(10, ...hours.map((hour) => Math.max(hour.follows, spread(hour, 1))));
  const x = (at: number): number =>
    left + ((Math.min(last, Math.max(first, at)) - first) / (last - first)) * (right - left);
  const y = (count: number): number => bottom - (Math.log1p(count) / Math.log1p(most)) * (bottom - top - 4);
  const step = (right - left) / hours.length;
  const steps = (of: (hour: Hour) => number): [number, number][] =>
    hours.map((hour, index) => [left + index * step, y(of(hour))]);
  const columns = (of: (hour: Hour) => number): string => columnsPath(steps(of), step, bottom);
  const chance = `${pathOf(steps((hour) => spread(hour, 1)))}${pathOf(steps((hour) => spread(hour, -1)).reverse()).replace("M", "L")}Z`;
  const suspects = columns(({ suspicious }) => suspicious);
  const powers = [0, ...Array.from({ length: 9 }, (_, power) => 10 ** power)].filter((count) => count <= most);
  return (
    <>
      <LeftAxis plot={plot} ticks={powers.map((count) => [y(count), grouped(count)])} />
      {windows.map(({ start, end, kind }, index) => {
        const [from, to] = [Date.parse(start), Date.parse(end)];
        if (to <= first || from >= last) return null;
        return <SpanMark key={start} plot={plot} from={x(from)} to={x(to)} name={String(index + 1)} kind={kind} />;
      })}
      <path className="chart-chance" d={chance} />
      <path className="chart-columns" d={columns(({ follows }) => follows)} />
      <path className="chart-bare" d={suspects} />
      <path className="chart-suspect" fill={hatch.suspect} d={suspects} />
      <path
        className="chart-usual"
        d={pathOf(
          steps(({ usual }) => usual),
          step,
        )}
      />
      <BottomAxis
        plot={plot}
        ticks={timeTicks(first, last, ticksOf(right - left)).map(({ at, text }) => [x(at), text])}
      />
    </>
  );
}
