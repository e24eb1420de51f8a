import type * as z from "zod";
import type { undoView } from "../../shared/contracts/job-routes.ts";
import type { UndoCause, UndoItem, UndoOutcome, UndoTally } from "../../shared/domain/undo.ts";
import { counted, grouped } from "../progress-line.ts";
import { paint, paintAction } from "./paint.ts";
import { table } from "./table.ts";

export type Undo = z.infer<typeof undoView>;

const MOST_ITEMS = 10;

/** What a cause is called in a sentence. */
export function causeInWords({ rule, policy, label, model }: UndoCause): string {
  const where = policy ? `${policy.id}${policy.version === undefined ? "" : ` version ${policy.version}`}` : undefined;
  if (rule !== undefined) return `the rule ${rule}${where === undefined ? "" : ` of ${where}`}`;
  if (where !== undefined) return `the policy ${where}`;
  if (label === undefined) return `what ${model} found`;
  return model === undefined ? `the label ${label}` : `the label ${label} as found by ${model}`;
}

/** Each outcome as a dry run, and as a run, says it of a verdict. */
const SAID: Readonly<Record<UndoOutcome, readonly [would: string, did: string]>> = {
  close: ["its open case would be closed as overturned", "its open case was closed as overturned"],
  lower: ["its case would stay open with a milder action", "its case stays open with a milder action"],
  publish: ["it has no case, and its platform would be told", "it had no case, and its platform was told"],
  kept_human: ["a person decided it, and it would stay so", "a person decided it, and it stays so"],
  kept_superseded: [
    "its account has a later verdict, and it would stay",
    "its account has a later verdict, and it stays",
  ],
  kept_undone: ["another undo took it back before", "another undo took it back before"],
  gone: ["it is not kept any more", "it is not kept any more"],
};

const itemLine = ({ ref, from, to, rule, outcome, decided }: Omit<UndoItem, "rank">): string =>
  `  ${paintAction(from)} → ${paintAction(to)}  ${ref.kind} ${ref.id}, revision ${ref.revision}, by ${rule}${outcome === "kept_human" ? ` (a person: ${decided})` : ""}`;

function resultLines(result: UndoTally, dryRun: boolean): string[] {
  const { items, stands, outcomes, moves, sample, exceptions } = result;
  const said = Object.entries(outcomes).flatMap(([outcome, count]) => {
    const [would, did] = SAID[outcome as UndoOutcome];
    return count > 0 ? [`  ${counted(count, "verdict")}: ${dryRun ? would : did}`] : [];
  });
  const moved = Object.entries(moves).map(([move, count]) => `${move.replace(">", " → ")} ${grouped(count)}`);
  const more = (list: readonly unknown[]): string[] =>
    list.length > MOST_ITEMS ? [`  and ${counted(list.length - MOST_ITEMS, "other")} in --json`] : [];
  return [
    `  ${counted(items, "verdict")} in the window`,
    ...(said.length > 0 ? said : ["  nothing rests on it alone"]),
    ...(stands > 0
      ? [`  ${counted(stands, "verdict stands", "verdicts stand")}: another finding asks for the same`]
      : []),
    ...(moved.length > 0 ? [`  actions: ${moved.join(", ")}`] : []),
    ...(sample.length > 0
      ? [
          "",
          paint("bold", dryRun ? "Would be taken back" : "Taken back"),
          ...sample.slice(0, MOST_ITEMS).map(itemLine),
          ...more(sample),
        ]
      : []),
    ...(exceptions.length > 0
      ? ["", paint("bold", "Exceptions"), ...exceptions.slice(0, MOST_ITEMS).map(itemLine), ...more(exceptions)]
      : []),
  ];
}

/** An undo, for people. */
export function undoLines({ id, state, cause, dryRun, since, until, progress, note, of, result }: Undo): string[] {
  const what = dryRun ? "Dry run of an undo" : "Undo";
  return [
    `${paint("bold", what)} of ${causeInWords(cause)}, ${id}: ${state}`,
    `  verdicts from ${since} to ${until}${of === undefined ? "" : `; dry run ${of}`}`,
    ...(note === undefined ? [] : [`  ${note}`]),
    ...(result ? resultLines(result, dryRun) : [`  ${progress.done} of ${counted(progress.parts, "day")}`]),
    ...(result && dryRun && Object.keys(result.moves).length > 0
      ? [
          "",
          `\`policy undo --run ${id} --note TEXT\` does it. An undo is for good: what it closes is not opened again.`,
        ]
      : []),
  ];
}

/** Undos, one a line. */
export const undoTable = (all: readonly Undo[]): string[] =>
  all.length === 0
    ? ["no undo in the last 30 days"]
    : table(
        ["undo", "cause", "state", "verdicts", "asked"],
        all.map(({ id, cause, dryRun, state, progress, at }) => [
          id,
          `${causeInWords(cause)}${dryRun ? " (dry run)" : ""}`,
          state,
          grouped(progress.items),
          at,
        ]),
      );
