import type { TargetView } from "../../shared/domain/target.ts";
import { counted, grouped } from "../progress-line.ts";
import { bar, percent } from "./bar.ts";
import { paint } from "./paint.ts";

const STARS = 20;
const DAYS = 30;
/** Days that are shown one by one. */
const MOST_DAYS = 14;

const mean = (value: number | undefined): string => (value === undefined ? "none" : value.toFixed(2));

function starLines({ all, withoutSuspected }: TargetView): string[] {
  const most = Math.max(...all.stars);
  const side = (count: number, whole: number): string => {
    const share = whole === 0 ? "" : percent(count / whole);
    return `${bar(count, most, STARS)} ${grouped(count).padStart(7)} ${share.padStart(4)}`;
  };
  const width = STARS + 13;
  return [
    `       ${"all reviews".padEnd(width)}   without those consistent with fakery`,
    ...[5, 4, 3, 2, 1].map((star) => {
      const [whole, kept] = [all.stars[star - 1] ?? 0, withoutSuspected.stars[star - 1] ?? 0];
      return `  ${star} ★  ${side(whole, all.count)}   ${side(kept, withoutSuspected.count)}`;
    }),
    `  mean ${mean(all.mean).padEnd(width)}   ${mean(withoutSuspected.mean)}`,
  ];
}

function dayLines({ days, windows }: TargetView): string[] {
  const last = days.filter(({ count }) => count > 0).slice(-MOST_DAYS);
  const most = Math.max(0, ...last.map(({ count }) => count));
  return last.map(({ day, count, oneStar, fiveStar, suspected }) => {
    const facts = [
      ...(oneStar > 0 ? [`${grouped(oneStar)} with one star`] : []),
      ...(fiveStar > 0 ? [`${grouped(fiveStar)} with five`] : []),
      ...(suspected > 0 ? [paint("yellow", `${grouped(suspected)} suspected`)] : []),
    ];
    const within = windows.find(({ from, to }) => from <= day && day <= to);
    const mark = within ? paint(COLOURS[within.kind], MARKS[within.kind]) : " ";
    return `${mark} ${day}  ${bar(count, most, DAYS)} ${grouped(count).padStart(6)}  ${facts.join(", ")}`.trimEnd();
  });
}

const MARKS = { low_storm: "!", praise_burst: "+", busy: "·", suspected: "?" } as const;
const COLOURS = { low_storm: "red", praise_burst: "yellow", busy: "green", suspected: "yellow" } as const;

function windowLines({ windows }: TargetView): string[] {
  return windows.flatMap(({ from, to, kind, why }) => [
    `  ${paint(COLOURS[kind], MARKS[kind])} ${from === to ? from : `${from} to ${to}`}`,
    ...why.map((sentence) => `    - ${sentence}`),
  ]);
}

const sharedLine = (shared: readonly number[]): string =>
  `reviewers shared with other targets: ${shared.map(grouped).join(", ")} with the ${shared.length === 1 ? "one" : `${shared.length}`} that it shares most with`;

/** A target's ratings with and without the reviews that are consistent with fakery, and its latest days. */
export function targetLines(target: TargetView): string[] {
  const { id, all, suspected, firstSeen, lastSeen } = target;
  const share = all.count === 0 ? "" : ` (${percent(suspected / all.count)})`;
  const days = dayLines(target);
  return [
    `${paint("bold", id)}: ${counted(all.count, "review")}, ${grouped(suspected)} of them consistent with fakery${share}`,
    ...(firstSeen && lastSeen ? [`reviews from ${firstSeen.slice(0, 10)} to ${lastSeen.slice(0, 10)}`] : []),
    "",
    ...starLines(target),
    ...(days.length > 0 ? ["", `the latest ${counted(days.length, "day")} with reviews:`, ...days] : []),
    ...(target.windows.length > 0 ? ["", "unusual days:", ...windowLines(target)] : []),
    ...(target.sharedReviewers.length > 0 ? ["", sharedLine(target.sharedReviewers)] : []),
  ];
}
