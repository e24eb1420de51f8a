import { useMemo } from "react";
import type { TargetView } from "../../../shared/domain/target.ts";
import { timeTicks } from "../../../shared/plots/time-ticks.ts";
import { BottomAxis, LeftAxis, SpanMark, ticksOf } from "./axes.tsx";
import { Chart, type Plot } from "./chart.tsx";
import { dayText, grouped } from "./chart-words.ts";
import { LegendItem } from "./legend.tsx";

type Day = TargetView["days"][number];

interface ReviewDaysProps {
  /** Days with reviews, the oldest first. */
  readonly days: readonly Day[];
  /** In the order of their numbers. */
  readonly windows: TargetView["windows"];
}

const DAY = 86_400_000;

const inWords = ({ day, count, suspected, oneStar, fiveStar }: Day): string =>
  `${dayText(day)}: ${grouped(count)} ${count === 1 ? "review" : "reviews"}, ${grouped(suspected)} consistent with fakery; ${grouped(oneStar)} with one star, ${grouped(fiveStar)} with five`;

/** Reviews by day, how many of each are consistent with fakery, and the unusual days. */
export function ReviewDaysChart({ days, windows }: ReviewDaysProps) {
  const first = Date.parse(days[0]?.day ?? "");
  const last = Date.parse(days.at(-1)?.day ?? "") + DAY;
  const stops = useMemo(
    () => days.map((day) => ({ at: (Date.parse(day.day) + DAY / 2 - first) / (last - first), words: inWords(day) })),
    [days, first, last],
  );
  if (days.length === 0) return <p className="quiet">No review came in the latest 60 days.</p>;
  const all = days.reduce((sum, { count }) => sum + count, 0);
  const suspects = days.reduce((sum, { suspected }) => sum + suspected, 0);
  return (
    <Chart
      title="Reviews by day"
      description={`${grouped(all)} reviews on ${days.length} days from ${dayText(days[0]?.day ?? "")} to ${dayText(days.at(-1)?.day ?? "")}, ${grouped(suspects)} of them consistent with fakery; ${windows.length} unusual stretches of days.`}
      stops={stops}
      stopName="Day"
      left={40}
      rows={days.toReversed()}
      keyOf={({ day }) => day}
      columns={[
        { head: "Day", cell: ({ day }) => dayText(day) },
        { head: "Reviews", isFigure: true, cell: ({ count }) => grouped(count) },
        { head: "Consistent with fakery", isFigure: true, cell: ({ suspected }) => grouped(suspected) },
        { head: "One star", isFigure: true, cell: ({ oneStar }) => grouped(oneStar) },
        { head: "Five stars", isFigure: true, cell: ({ fiveStar }) => grouped(fiveStar) },
      ]}
      legend={
        <>
          <LegendItem mark="series">reviews</LegendItem>
          <LegendItem mark="suspect">of them consistent with fakery</LegendItem>
          {windows.length > 0 && <LegendItem mark="window">unusual days, as listed</LegendItem>}
        </>
      }
      draw={(plot) => <Days plot={plot} days={days} windows={windows} first={first} last={last} />}
    />
  );
}

interface DaysProps extends ReviewDaysProps {
  readonly plot: Plot;
  readonly first: number;
  readonly last: number;
}

/** About three round values up to the largest. */
function countTicks(most: number): number[] {
  const size = 10 ** Math.floor(Math.log10(most));
  const step = [1, 2, 5, 10].map((times) => (times * size) / 2).find((one) => most / one <= 5) ?? size;
  const whole = Math.max(1, Math.round(step));
  return Array.from({ length: Math.floor(most / whole) + 1 }, (_, n) => n * whole);
}

function Days({ plot, days, windows, first, last }: DaysProps) {
  const { left, right, top, bottom, hatch } = plot;
  const most = Math.max(1, ...days.map(({ count }) => count));
  const x = (at: number): number =>
    left + ((Math.min(last, Math.max(first, at)) - first) / (last - first)) * (right - left);
  const y = (count: number): number => bottom - (count / most) * (bottom - top - 4);
  const slot = ((right - left) * DAY) / (last - first);
  const wide = Math.max(2, Math.min(36, slot * 0.8));
  const bar = (day: string, count: number) => ({
    x: x(Date.parse(day) + DAY / 2) - wide / 2,
    width: wide,
    y: y(count),
    height: bottom - y(count),
  });
  return (
    <>
      <LeftAxis plot={plot} ticks={countTicks(most).map((count) => [y(count), grouped(count)])} />
      {windows.map(({ from, to, kind }, index) => {
        const [begin, end] = [Date.parse(from), Date.parse(to) + DAY];
        if (end <= first || begin >= last) return null;
        const name = String(index + 1);
        return <SpanMark key={`${from} ${kind}`} plot={plot} from={x(begin)} to={x(end)} name={name} kind={kind} />;
      })}
      {days.map(({ day, count, suspected }) => (
        <g key={day}>
          <rect className="chart-series" {...bar(day, count)} />
          {suspected > 0 && (
            <>
              <rect className="chart-bare" {...bar(day, suspected)} />
              <rect className="chart-suspect" fill={hatch.suspect} {...bar(day, suspected)} />
            </>
          )}
        </g>
      ))}
      <BottomAxis
        plot={plot}
        ticks={timeTicks(first, last, ticksOf(right - left)).map(({ at, text }) => [x(at), text])}
      />
    </>
  );
}
