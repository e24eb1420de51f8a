import type * as z from "zod";
import type { routes } from "../../shared/contracts/routes.ts";
import type { FollowWindow } from "../../shared/domain/audience.ts";
import { counted, grouped } from "../progress-line.ts";
import { bar, percent } from "./bar.ts";
import { paint, paintAction } from "./paint.ts";
import { reasonLines } from "./verdict-view.ts";

type AudienceView = z.infer<(typeof routes)["get-audience"]["answer"]["schema"]>;

const WIDTH = 30;
const SCALE = 40;
const HOUR_MS = 3_600_000;

const KINDS: Readonly<Record<FollowWindow["kind"], string>> = {
  bought: "consistent with purchase: profiles worse than usual",
  viral: "profiles as usual: consistent with going viral",
  unclear: "too little is known of the profiles to tell",
};

/** `2026-11-22 15:00`, without the seconds that windows do not have. */
const minute = (time: string): string => time.slice(0, 16).replace("T", " ");

function windowLines(windows: readonly FollowWindow[]): string[] {
  const rates = windows.map(
    ({ start, end, followers }) => followers / Math.max(1, (Date.parse(end) - Date.parse(start)) / HOUR_MS),
  );
  const most = Math.max(...rates);
  return windows.flatMap(({ start, end, followers, suspicious, kind }, index) => {
    const rate = rates[index] ?? 0;
    const mark = kind === "bought" ? "red" : kind === "viral" ? "green" : "yellow";
    return [
      `  ${minute(start)} to ${minute(end)} UTC  ${paint(mark, bar(rate, most, WIDTH))} ${grouped(Math.round(rate))} an hour`,
      `    ${counted(followers, "follower")}, ${grouped(Math.round(suspicious))} of them suspicious; ${paint(mark, kind)}: ${KINDS[kind]}`,
    ];
  });
}

/** The fake share on a scale from 0 to 100%: `░` is the 95% interval, `█` the estimate. */
function shareLines({ fakeShare }: AudienceView["assessment"]): string[] {
  if (!fakeShare) return ["share of fake followers: too few profiles are known to say"];
  const at = (share: number): number => Math.min(SCALE - 1, Math.floor(share * SCALE));
  const cells = Array.from({ length: SCALE }, (_, cell) => {
    if (cell === at(fakeShare.estimate)) return "█";
    return cell >= at(fakeShare.low) && cell <= at(fakeShare.high) ? "░" : "·";
  });
  return [
    `share of fake followers: ${percent(fakeShare.estimate)} (95% interval ${percent(fakeShare.low)} to ${percent(fakeShare.high)})`,
    `  0% ${cells.join("")} 100%`,
  ];
}

/** What is known of an account's following, and why. */
export const audienceLines = ({ version, assessment, verdict }: AudienceView): string[] => [
  `${paint("bold", assessment.account)}: ${counted(assessment.followers, "follower")}, ${grouped(assessment.scored)} of them with a profile that was judged`,
  ...shareLines(assessment),
  "",
  ...(assessment.windows.length === 0
    ? ["no unusual burst of followers"]
    : ["unusual bursts (bars: followers an hour):", ...windowLines(assessment.windows)]),
  "",
  `${paintAction(verdict.action)}  verdict version ${version}, scored ${verdict.scoredAt}`,
  ...reasonLines(verdict),
];
