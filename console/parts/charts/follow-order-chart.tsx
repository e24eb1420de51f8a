import { useMemo } from "react";
import type { AudienceHistory, FollowWindow } from "../../../shared/domain/audience.ts";
import { SUSPICIOUS_FROM } from "../../../shared/domain/suspicious-from.ts";
import { creationBands } from "../../../shared/plots/creation-bands.ts";
import { creationDepth } from "../../../shared/plots/creation-depth.ts";
import { pathOf } from "../../../shared/plots/svg.ts";
import { BottomAxis, LeftAxis, SpanMark } from "./axes.tsx";
import { Chart, type Plot } from "./chart.tsx";
import { dayText, hourText } from "./chart-words.ts";
import { LegendItem } from "./legend.tsx";

type Follower = AudienceHistory["order"][number];

interface FollowOrderProps {
  /** In the order in which they followed. */
  readonly order: readonly Follower[];
  readonly windows: readonly FollowWindow[];
}

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** Days before the youngest account at which a date stands beside the plot. */
const TICK_DAYS = [0, 14, 60, 180, 365, 730, 1_460, 2_920, 5_840] as const;
const LEAST_APART = 16;
const MARGIN = 8;

const isSuspect = ({ chance }: Follower): boolean => chance !== undefined && chance >= SUSPICIOUS_FROM;
const judged = (one: Follower): string => {
  if (one.chance === undefined) return "profile not judged";
  return isSuspect(one) ? "profile consistent with automation" : "profile as usual";
};

function describe(order: readonly Follower[]): string {
  const bands = creationBands(order.map(({ created }) => Date.parse(created)));
  return [
    `${order.length} sampled followers, ${order.filter(isSuspect).length} of them with profiles consistent with automation.`,
    ...bands.map(
      ({ from, to, accounts }) =>
        `${accounts} of the accounts were made between ${dayText(new Date(from).toISOString())} and ${dayText(new Date(to).toISOString())}.`,
    ),
  ].join(" ");
}

/**
 * The sampled followers in the order in which they followed, against when their accounts were made: people fill the area
 * below the youngest account so far, a batch stands in a band, a sold block in a stripe along the line.
 */
export function FollowOrderChart({ order, windows }: FollowOrderProps) {
  const stops = useMemo(
    () =>
      order.map((one, index) => ({
        at: (index + 0.5) / order.length,
        words: `Follower ${index + 1} of ${order.length}: followed ${hourText(one.followed)}, account made ${dayText(one.created)}, ${judged(one)}`,
      })),
    [order],
  );
  if (order.length < 2) return <p className="quiet">Of too few sampled followers both times are known.</p>;
  return (
    <Chart
      title="Order of following against account creation"
      description={describe(order)}
      stops={stops}
      stopName="Follower"
      left={64}
      rows={order}
      keyOf={(_, index) => String(index)}
      columns={[
        { head: "Place", isFigure: true, cell: (_, index) => index + 1 },
        { head: "Followed", cell: ({ followed }) => hourText(followed) },
        { head: "Account made", cell: ({ created }) => dayText(created) },
        { head: "Profile", cell: judged },
      ]}
      legend={
        <>
          <LegendItem mark="dot">sampled follower</LegendItem>
          <LegendItem mark="diamond">profile consistent with automation</LegendItem>
          <LegendItem mark="ring">profile not judged</LegendItem>
          <LegendItem mark="usual">youngest account so far</LegendItem>
          <LegendItem mark="band">many made within five days</LegendItem>
          {windows.length > 0 && <LegendItem mark="window">window, as listed</LegendItem>}
        </>
      }
      draw={(plot) => <Order plot={plot} order={order} windows={windows} />}
    />
  );
}

function creationTicks(from: number, to: number, y: (at: number) => number): [number, string][] {
  const ticks: [number, string][] = [];
  for (const days of TICK_DAYS) {
    const at = to - days * DAY;
    const height = y(at);
    if (at >= from && height - (ticks.at(-1)?.[0] ?? Number.NEGATIVE_INFINITY) >= LEAST_APART)
      ticks.push([height, new Date(at).toISOString().slice(0, 7)]);
  }
  return ticks;
}

function Order({ plot, order, windows }: FollowOrderProps & { readonly plot: Plot }) {
  const { left, right, top, bottom, hatch } = plot;
  const points = order.map((one) => ({ ...one, at: Date.parse(one.followed), made: Date.parse(one.created) }));
  const made = points.map((one) => one.made);
  const from = Math.min(...made);
  const to = Math.max(...made) + DAY;
  const wide = right - left;
  const x = (place: number): number => left + (place / points.length) * wide;
  const y = (at: number): number => top + MARGIN + creationDepth(at, from, to) * (bottom - top - 2 * MARGIN);
  let youngest = Number.NEGATIVE_INFINITY;
  const limit = made.map((at, place): [number, number] => {
    youngest = Math.max(youngest, at);
    return [x(place), y(youngest)];
  });
  return (
    <>
      <LeftAxis plot={plot} ticks={creationTicks(from, to, y)} />
      {windows.map(({ start, end, kind }, index) => {
        const first = points.findIndex(({ at }) => at + HOUR > Date.parse(start));
        const after = points.findLastIndex(({ at }) => at < Date.parse(end)) + 1;
        if (first < 0 || after <= first) return null;
        return <SpanMark key={start} plot={plot} from={x(first)} to={x(after)} name={String(index + 1)} kind={kind} />;
      })}
      {creationBands(made).map((band) => (
        <rect
          key={band.from}
          className="chart-band"
          fill={hatch.band}
          x={left}
          y={y(band.to)}
          width={wide}
          height={Math.max(3, y(band.from) - y(band.to))}
        />
      ))}
      <path className="chart-usual" d={pathOf(limit, wide / points.length)} />
      {points.map((one, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a sampled follower has no identity but its place
        <Mark key={place} one={one} x={x(place + 0.5)} y={y(one.made)} />
      ))}
      <BottomAxis
        plot={plot}
        ticks={[
          [left, dayText(order[0]?.followed ?? "")],
          [right, dayText(order.at(-1)?.followed ?? "")],
        ]}
      />
    </>
  );
}

function Mark({ one, x, y }: { readonly one: Follower; readonly x: number; readonly y: number }) {
  if (one.chance === undefined) return <circle className="chart-ring" cx={x} cy={y} r={2.5} />;
  if (isSuspect(one)) return <path className="chart-diamond" d={`M${x} ${y - 4.5}l4.5 4.5l-4.5 4.5l-4.5-4.5z`} />;
  return <circle className="chart-dot" cx={x} cy={y} r={3} />;
}
