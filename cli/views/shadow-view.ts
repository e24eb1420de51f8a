import type * as z from "zod";
import type { routes } from "../../shared/contracts/routes.ts";
import type { ShadowDifference } from "../../shared/domain/shadow.ts";
import { counted, grouped } from "../progress-line.ts";
import { bar, percent } from "./bar.ts";
import { paint, paintAction } from "./paint.ts";

export type ShadowReport = z.infer<(typeof routes)["get-shadow"]["answer"]["schema"]>;

const WIDTH = 24;

const shareOf = ({ estimate, low, high }: ShadowReport["share"]): string =>
  `${percent(estimate)} (${percent(low)} to ${percent(high)})`;

/** "62 of 1,000 items differ: 6% (5% to 8%)". */
export const differingLine = ({ evaluated, different, share }: ShadowReport): string =>
  evaluated === 0
    ? "no item has come by yet"
    : `${grouped(different)} of ${counted(evaluated, "item")} differ: ${shareOf(share)}`;

const opinion = ({ action, policy, values }: ShadowDifference["decided"]): string => {
  const looked = Object.entries(values ?? {}).map(([name, value]) => `${name} ${value}`);
  return `${paintAction(action)} by ${policy.id} ${policy.version} ${policy.rule}${looked.length > 0 ? ` (${looked.join(", ")})` : ""}`;
};

/** One differing item: what was done, and what the candidate would have done, each with its rule. */
export const differenceLines = ({ ref, scoredAt, labels, decided, candidate }: ShadowDifference): string[] => [
  `${scoredAt}  ${ref.kind} ${ref.id} ${ref.revision}  ${labels.map(({ label, probability }) => `${label} ${percent(probability)}`).join(", ")}`,
  `  was       ${opinion(decided)}`,
  `  would be  ${opinion(candidate)}`,
];

const MOST_SHOWN = 10;

/** What a candidate would have done otherwise: by move, then the latest items. */
export function shadowLines(report: ShadowReport): string[] {
  const { id, version, isRunning, since, moves, latest } = report;
  const most = Math.max(0, ...moves.map(({ items }) => items));
  const shown = latest.slice(0, MOST_SHOWN);
  return [
    `${paint("bold", `${id} version ${version}`)} ${isRunning ? "runs beside" : "does not run beside"}${since ? `; asked since ${since}` : ""}`,
    differingLine(report),
    ...moves.map(
      ({ from, to, items, share }) =>
        `  ${from.padEnd(5)} → ${to.padEnd(5)}  ${bar(items, most, WIDTH)} ${grouped(items).padStart(7)}  ${shareOf(share)}${from === to ? "  another queue" : ""}`,
    ),
    ...(shown.length === 0 ? [] : ["", ...shown.flatMap(differenceLines)]),
    ...(latest.length > MOST_SHOWN ? [`… and ${latest.length - MOST_SHOWN} more; --json has them`] : []),
  ];
}
