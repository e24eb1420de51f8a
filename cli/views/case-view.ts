import type * as z from "zod";
import type { caseSummary } from "../../shared/contracts/case-view.ts";
import type { routes } from "../../shared/contracts/routes.ts";
import type { Cell } from "../csv.ts";
import { safeText } from "../safe-text.ts";
import { age } from "./age.ts";
import { percent } from "./bar.ts";
import { paint, paintAction } from "./paint.ts";
import { table } from "./table.ts";
import { reasonLines } from "./verdict-view.ts";

export type CaseSummary = z.infer<typeof caseSummary>;
type CaseView = z.infer<(typeof routes)["get-case"]["answer"]["schema"]>;

const WITHHELD: Readonly<Record<NonNullable<CaseView["contentWithheld"]>, string>> = {
  private: "the text is private and not shown here",
  expired: "the text is no longer kept",
  erased: "its author was forgotten, and the text with them",
  no_text: "there was no text",
  role: "this key does not show what people wrote",
};

/** Open cases, one a line. */
export function caseTable(cases: readonly CaseSummary[], more: boolean): string[] {
  if (cases.length === 0) return ["no open case"];
  const rows = cases.map((one) => [
    one.id,
    one.lane,
    String(one.severity),
    age(one.ageSeconds),
    paintAction(one.action),
    `${one.ref.kind} ${one.ref.id}`,
    one.labels.map(({ title, probability }) => `${title} ${percent(probability)}`).join(", "),
  ]);
  return [
    ...table(["case", "lane", "severity", "waiting", "action", "item", "why"], rows),
    ...(more ? ["there are more: raise --limit"] : []),
  ];
}

export const CASE_COLUMNS = [
  "case",
  "queue",
  "lane",
  "severity",
  "opened_at",
  "action",
  "kind",
  "id",
  "revision",
  "label",
  "probability",
  "surface",
  "visibility",
  "version",
];

export const caseRow = (one: CaseSummary): Cell[] => [
  one.id,
  one.queue,
  one.lane,
  one.severity,
  one.openedAt,
  one.action,
  one.ref.kind,
  one.ref.id,
  one.ref.revision,
  one.labels[0]?.label,
  one.labels[0]?.probability,
  one.surface,
  one.visibility,
  one.version,
];

const indented = (text: string): string[] => text.split("\n").map((line) => `  | ${line}`);

/** One case in full, with the words that the verdict is about. */
export function caseLines(one: CaseView): string[] {
  const { verdict, decision, content } = one;
  return [
    `${paint("bold", one.id)}: ${one.ref.kind} ${one.ref.id}, revision ${one.ref.revision}`,
    `  ${one.state}; ${paintAction(verdict.action)}, lane ${one.lane}, severity ${verdict.severity} of 7; opened ${one.openedAt}`,
    ...(content?.title === undefined ? [] : indented(safeText(content.title))),
    ...(content ? indented(safeText(content.text, { lines: true })) : []),
    ...(content?.excerpt ? ["  (an excerpt)"] : []),
    ...(one.contentWithheld ? [`  ${WITHHELD[one.contentWithheld]}`] : []),
    ...reasonLines(verdict),
    ...(decision
      ? [
          `  ${decision.outcome === "uphold" ? "upheld" : "overturned"} ${decision.at} by ${decision.by}: ${decision.reason}`,
          ...(decision.note === undefined ? [] : indented(safeText(decision.note, { lines: true }))),
        ]
      : []),
  ];
}
