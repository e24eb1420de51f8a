import type * as z from "zod";
import type { backtestView } from "../../shared/contracts/job-routes.ts";
import type { ChangedItem, Opinion, View } from "../../shared/domain/backtest.ts";
import type { BacktestReport } from "../../shared/domain/backtest-report.ts";
import { counted, grouped } from "../progress-line.ts";
import { safeText } from "../safe-text.ts";
import { bar } from "./bar.ts";
import { paint, paintAction } from "./paint.ts";
import { table } from "./table.ts";

export type Backtest = z.infer<typeof backtestView>;
type Change = BacktestReport["queues"][number]["change"]["active"];

const BAR = 24;
/** Rows of a list that the terminal shows; `--json` has all. */
const MOST_GROUPS = 8;
const MOST_RULES = 15;
const MOST_ITEMS = 12;

const heading = (text: string): string[] => ["", paint("bold", text)];
const share = (part: number, digits = 1): string => `${(part * 100).toFixed(digits)}%`;
const span = ({ low, high }: { readonly low: number; readonly high: number }): string =>
  `${share(low)} to ${share(high)}`;
const signed = (amount: number): string => `${amount > 0 ? "+" : amount < 0 ? "−" : "±"}${Math.abs(amount).toFixed(1)}`;
const spread = ({ low, high }: Pick<Change, "low" | "high">): string => `${signed(low)} to ${signed(high)}`;

/** Both baselines are shown only where they say something different. */
const viewsOf = ({ drifted }: BacktestReport): readonly View[] =>
  drifted > 0 ? ["before", "active", "candidate"] : ["active", "candidate"];
const NAMES: Readonly<Record<View, string>> = { before: "decided then", active: "active now", candidate: "candidate" };

/** Of how many items the candidate was asked at all, where it was not all. */
function sayLines(items: number, asked: number): string[] {
  if (items > 0 && asked === 0)
    return ["  the candidate has a say in none of them: its scope fits none, or policies nearer to them decide"];
  return asked < items ? [`  the candidate has a say in ${grouped(asked)} of them; the rest is other policies'`] : [];
}

function headLines({ id, candidate, since, until, report }: Backtest & { readonly report: BacktestReport }): string[] {
  const active = candidate.active.map((one) => `${one.id} ${one.version}`).join(", ") || "the built-in policy alone";
  const what = candidate.saved ? `version ${candidate.version}` : `not saved, would be version ${candidate.version}`;
  const { items, asked = items, changed, drifted, days } = report;
  return [
    `${paint("bold", `Backtest of ${candidate.policy}`)} (${what}), ${id}`,
    `  among what is active: ${active}`,
    `  ${counted(items, "verdict")} from ${since} to ${until}, made in ${days.toFixed(1)} days`,
    ...sayLines(items, asked),
    // That it changes nothing would sound like a finding where it was never asked.
    ...(asked > 0 || changed.items > 0
      ? [
          `  ${grouped(changed.items)} of them (${share(changed.share)}, 95%: ${span(changed)}) would be treated otherwise than by the active policies`,
        ]
      : []),
    drifted > 0
      ? `  what is active now would treat ${grouped(drifted)} otherwise than they were decided then, so both are shown`
      : "  what is active now treats all of them as they were decided then",
  ];
}

function actionLines(report: BacktestReport): string[] {
  const views = viewsOf(report);
  const rows = report.actions.map((row) => [
    row.action,
    ...views.flatMap((view) => [grouped(row[view]), share(report.items === 0 ? 0 : row[view] / report.items)]),
    bar(row.candidate, report.items, BAR),
  ]);
  return [...heading("Actions"), ...table(["action", ...views.flatMap((view) => [NAMES[view], ""]), ""], rows)];
}

function moveLines(report: BacktestReport): string[] {
  const moves = report.moves.filter(({ base }) => base === "active").sort((a, b) => b.items - a.items);
  const acted = moves.reduce((sum, { items }) => sum + items, 0);
  const all = [
    ...moves.map(({ from, to, items }) => ({ what: `${from} → ${to}`, items })),
    ...(report.changed.items > acted ? [{ what: "to another queue", items: report.changed.items - acted }] : []),
  ];
  if (all.length === 0) return [];
  const most = Math.max(...all.map(({ items }) => items));
  const rows = all.map(({ what, items }) => [what, grouped(items), bar(items, most, BAR)]);
  return [...heading("What changes, against what is active"), ...table(["change", "items", ""], rows)];
}

function loadLines({ queues, load, cost }: BacktestReport): string[] {
  if (queues.length === 0) return [...heading("Cases"), "no case in any queue, under either"];
  const rows = queues.map(({ queue, active, candidate, change }) => [
    queue,
    grouped(active),
    grouped(candidate),
    signed(change.active.perDay),
    spread(change.active),
  ]);
  const most = Math.max(...load.flatMap(({ active, candidate }) => [active, candidate]));
  const days = load.map(({ day, active, candidate }) => [
    day,
    grouped(active),
    bar(active, most, BAR / 2),
    grouped(candidate),
    bar(candidate, most, BAR / 2),
  ]);
  const from = queues.some(({ change }) => change.active.from === "counts")
    ? "the interval takes items as independent of each other; bursts make it wider (with 7 whole days they are counted in)"
    : "the interval is over the days";
  return [
    ...heading("Cases by queue"),
    ...table(["queue", NAMES.active, NAMES.candidate, "a day", "95%"], rows),
    `${from}`,
    ...heading("Cases by day"),
    ...table(["day", NAMES.active, "", NAMES.candidate, ""], days),
    ...heading("Cost"),
    `${signed(cost.minutesPerDay)} minutes of moderators a day (95%: ${spread(cost)}), at ${cost.minutesPerCase} ${cost.minutesPerCase === 1 ? "minute" : "minutes"} a case`,
    `this backtest used ${counted(cost.used.reads, "read")} and ${counted(cost.used.writes, "write")} of tables, ${counted(cost.used.messages, "message")} and ${(cost.used.milliseconds / 1000).toFixed(1)} s of functions`,
  ];
}

function groupLines(report: BacktestReport): string[] {
  const views = viewsOf(report);
  return Object.entries(report.groups).flatMap(([dimension, groups]) => {
    const rows = groups
      .slice(0, MOST_GROUPS)
      .map(({ name, items, changed, review }) => [
        safeText(name),
        grouped(items),
        grouped(changed),
        ...views.map((view) => share(review[view])),
      ]);
    const more = groups.length > MOST_GROUPS ? [`and ${counted(groups.length - MOST_GROUPS, "other")}`] : [];
    const columns = [dimension, "items", "changed", ...views.map((view) => `${NAMES[view]}: for people`)];
    return [...heading(`By ${dimension}`), ...table(columns, rows), ...more];
  });
}

/** By the rule's name: an inherited rule decides under the id of whatever policy is the nearest to the item. */
function ruleLines(report: BacktestReport): string[] {
  const views = viewsOf(report);
  const byName = new Map<string, Record<View, number>>();
  for (const { rule, ...hits } of report.rules) {
    const name = rule.slice(rule.indexOf("/") + 1);
    const sum = byName.get(name) ?? { before: 0, active: 0, candidate: 0 };
    for (const view of ["before", "active", "candidate"] as const) sum[view] += hits[view];
    byName.set(name, sum);
  }
  const differing = [...byName]
    .filter(([, { active, candidate }]) => active !== candidate)
    .sort(([, a], [, b]) => Math.abs(b.candidate - b.active) - Math.abs(a.candidate - a.active));
  const rows = differing
    .slice(0, MOST_RULES)
    .map(([name, hits]) => [name, ...views.map((view) => grouped(hits[view]))]);
  if (rows.length === 0) return [];
  const more = differing.length > MOST_RULES ? [`and ${counted(differing.length - MOST_RULES, "other")}`] : [];
  return [
    ...heading("Rules that decide another number of items"),
    ...table(["rule", ...views.map((view) => NAMES[view])], rows),
    ...more,
  ];
}

function precisionLines(report: BacktestReport): string[] {
  const { decided, upheld } = report.precision;
  if (decided === 0) return [...heading("Precision"), "nobody decided a case in this window, so it is not known"];
  const rows = viewsOf(report).map((view) => {
    const { items, upheld: right, share: part, ...limits } = report.precision[view];
    return [NAMES[view], grouped(items), grouped(right), share(part, 0), items === 0 ? "" : span(limits)];
  });
  return [
    ...heading("Precision against people's decisions"),
    ...table(["", "brought to people", "upheld", "precision", "95%"], rows),
    `of ${counted(decided, "case")} that people decided in the window, ${grouped(upheld)} upheld; of what nobody looked at then, nothing is known`,
  ];
}

const valuesOf = ({ values = {} }: Opinion): string =>
  Object.entries(values)
    .map(
      ([name, value]) =>
        `${safeText(name)} ${typeof value === "number" ? Number(value.toFixed(3)) : safeText(String(value))}`,
    )
    .join(", ");

const becauseOf = (opinion: Opinion): string => {
  const values = valuesOf(opinion);
  return opinion.rule === "none"
    ? "no rule applies"
    : `by ${opinion.rule} of ${opinion.policy} ${opinion.version}${values === "" ? "" : ` (${values})`}`;
};

/** One changed item in two sentences: what happens to it, and by what. */
export const changeLines = ({ ref, surface, language, severity, labels, active, candidate }: ChangedItem): string[] => {
  const found =
    labels.map(({ label, probability }) => `${label} ${share(probability, 0)}`).join(", ") || "nothing found in it";
  const queue = active.queue === candidate.queue || candidate.action === "allow" ? "" : ` (queue ${candidate.queue})`;
  return [
    `${paintAction(active.action)} → ${paintAction(candidate.action)}${queue}  ${ref.kind} ${ref.id}, ${[surface, language].filter(Boolean).join(", ")}, severity ${severity}: ${found}`,
    `    now ${becauseOf(active)}; then ${becauseOf(candidate)}`,
  ];
};

function itemLines({ changes, changed }: BacktestReport): string[] {
  if (changes.length === 0) return [];
  const more =
    changed.items > MOST_ITEMS
      ? [`${grouped(changed.items - MOST_ITEMS)} more; --json lists ${grouped(changes.length)} of all`]
      : [];
  return [
    ...heading("Changed items, the most severe first"),
    ...changes.slice(0, MOST_ITEMS).flatMap(changeLines),
    ...more,
  ];
}

/** A finished backtest, for people. */
export function backtestLines(view: Backtest): string[] {
  const { report } = view;
  if (!report)
    return [
      `${view.id} of ${view.candidate.policy}: ${view.state}, ${view.progress.done} of ${view.progress.parts} days`,
    ];
  return [
    ...headLines({ ...view, report }),
    ...actionLines(report),
    ...moveLines(report),
    ...loadLines(report),
    ...groupLines(report),
    ...ruleLines(report),
    ...precisionLines(report),
    ...itemLines(report),
  ];
}

/** Backtests, one a line. */
export const backtestTable = (all: readonly Backtest[]): string[] =>
  all.length === 0
    ? ["no backtest in the last 30 days"]
    : table(
        ["backtest", "candidate", "state", "verdicts", "asked"],
        all.map(({ id, candidate, state, progress, at }) => [
          id,
          `${candidate.policy} ${candidate.saved ? candidate.version : "(not saved)"}`,
          state,
          grouped(progress.items),
          at,
        ]),
      );
