import type * as z from "zod";
import type { routes } from "../../shared/contracts/routes.ts";
import type { FollowWindow, Share, WindowSignal } from "../../shared/domain/audience.ts";
import { counted, grouped } from "../progress-line.ts";
import { bar, percent } from "./bar.ts";
import { COLOURS, followCharts } from "./follow-chart.ts";
import { orderChart } from "./order-chart.ts";
import { paint, paintAction } from "./paint.ts";
import { reasonLines } from "./verdict-view.ts";
import { wrapped } from "./wrapped.ts";

export type AudienceView = z.infer<(typeof routes)["get-audience"]["answer"]["schema"]>;

const BAR = 30;
const SCALE = 40;
const HOUR_MS = 3_600_000;
/** Columns of a terminal that does not say, and between which the charts are drawn. */
const [USUAL, NARROWEST, WIDEST] = [80, 50, 120];

const KINDS: Readonly<Record<FollowWindow["kind"], string>> = {
  bought: "consistent with purchase: profiles worse than usual",
  drip: "consistent with purchase in drips: worse profiles over days",
  viral: "profiles as usual: consistent with going viral",
  unclear: "too little is known of the profiles to tell",
};

const SIGNALS: Readonly<Record<WindowSignal, string>> = {
  hour_spike: "more in an hour than usual",
  ten_minute_spike: "more in ten minutes than chance brings",
  rising_hours: "more over hours than usual",
  suspicious_hours: "more suspicious ones over hours",
  suspicious_days: "more suspicious ones over days",
  worse_profiles: "a larger share of suspicious ones",
  batch_made: "accounts of one age",
  even_pace: "an even pace",
  shared_cohort: "other accounts gained the same",
};

/** `2026-11-22 15:00`, without the seconds that windows do not have. */
const minute = (time: string): string => time.slice(0, 16).replace("T", " ");

function windowLines(windows: readonly FollowWindow[], width: number): string[] {
  const rates = windows.map(
    ({ start, end, followers }) => followers / Math.max(1, (Date.parse(end) - Date.parse(start)) / HOUR_MS),
  );
  const most = Math.max(...rates);
  return windows.flatMap(({ start, end, followers, suspicious, kind, added, signals = [] }, index) => {
    const rate = rates[index] ?? 0;
    const mark = COLOURS[kind];
    const facts = [
      `${counted(followers, "follower")}, ${grouped(Math.round(suspicious))} of them suspicious; ${KINDS[kind]}`,
      ...(added
        ? [
            `about ${grouped(Math.round(added.estimate))} of them consistent with purchase (95% interval ${grouped(Math.floor(added.low))} to ${grouped(Math.ceil(added.high))})`,
          ]
        : []),
      ...(signals.length > 0 ? [`seen by: ${signals.map((signal) => SIGNALS[signal]).join(", ")}`] : []),
    ];
    return [
      `  ${paint("bold", `${minute(start)} to ${minute(end)}`)} UTC`,
      `    ${paint(mark, bar(rate, most, Math.min(BAR, width - 24)))} ${grouped(Math.round(rate))} an hour`,
      ...facts.flatMap((fact) => wrapped(fact, 4, width)),
    ];
  });
}

/** A share on a scale from 0 to 100%: `░` is the 95% interval, `█` the estimate. */
function shareLines(what: string, share: Share, width: number): string[] {
  const cells = Math.min(SCALE, width - 11);
  const at = (value: number): number => Math.min(cells - 1, Math.floor(value * cells));
  const drawn = Array.from({ length: cells }, (_, cell) => {
    if (cell === at(share.estimate)) return "█";
    return cell >= at(share.low) && cell <= at(share.high) ? "░" : "·";
  });
  const { estimate, low, high } = share;
  return [
    ...wrapped(`${what}: ${percent(estimate)} (95% interval ${percent(low)} to ${percent(high)})`, 0, width),
    `  0% ${drawn.join("")} 100%`,
  ];
}

function lostLine({ lost }: AudienceView["assessment"]): string[] {
  const parts = [
    ...(lost?.days7 === undefined ? [] : [`${percent(lost.days7)} of those of 7 days ago`]),
    ...(lost?.days30 === undefined ? [] : [`${percent(lost.days30)} of those of 30 days ago`]),
  ];
  return parts.length === 0 ? [] : [`followers who left: ${parts.join(", ")}`];
}

const block = (lines: readonly string[]): string[] => (lines.length === 0 ? [] : [...lines, ""]);

/** What is known of an account's following, and why. @param columns of the terminal */
export function audienceLines(view: AudienceView, columns = USUAL): string[] {
  const { version, assessment, verdict, history, notes } = view;
  const { fakeShare, inactiveShare, windows } = assessment;
  const width = Math.max(NARROWEST, Math.min(WIDEST, columns)) - 1;
  return [
    paint("bold", assessment.account),
    ...wrapped(
      `${counted(assessment.followers, "follower")}; ${counted(assessment.scored, "follow")} seen with a profile that was judged`,
      0,
      width,
    ),
    ...(fakeShare
      ? shareLines("followers consistent with automation", fakeShare, width)
      : wrapped("followers consistent with automation: too few profiles are known to say", 0, width)),
    ...(inactiveShare ? shareLines("share that never posted or liked", inactiveShare, width) : []),
    ...lostLine(assessment).flatMap((line) => wrapped(line, 0, width)),
    "",
    ...(history ? block(followCharts(history, windows, width)) : []),
    ...(windows.length === 0
      ? ["no unusual burst of followers"]
      : ["unusual bursts (bars: followers an hour):", ...windowLines(windows, width)]),
    "",
    ...(history ? block(orderChart(history.order, width)) : []),
    ...block(notes.flatMap((note) => wrapped(`note: ${note}`, 0, width))),
    `${paintAction(verdict.action)}  verdict version ${version}, scored ${verdict.scoredAt}`,
    ...reasonLines(verdict),
  ];
}
