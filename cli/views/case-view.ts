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

/** What an outcome did, in a word. */
export const OUTCOME_WORDS: Readonly<Record<NonNullable<CaseView["decision"]>["outcome"], string>> = {
  uphold: "upheld",
  overturn: "overturned",
  correct: "corrected",
  escalate: "escalated",
};

/** Who holds a case, and until when. */
export const claimLine = ({ id, claim }: Pick<CaseView, "id" | "claim">): string[] =>
  claim ? [`${id} is held by ${claim.mine ? "you" : claim.by} until ${claim.until}`] : [];

type Parent = NonNullable<NonNullable<CaseView["thread"]>["parent"]>;
type DecisionView = NonNullable<CaseView["decision"]>;

const decisionLines = (made: DecisionView, fate = ""): string[] => [
  `  ${OUTCOME_WORDS[made.outcome]} ${made.at} by ${made.by}: ${made.reason}${fate}`,
  ...(made.labels ? [`  labels as they should be: ${made.labels.join(", ")}`] : []),
  ...(made.exceptions ?? []).map((one) => `  but ${OUTCOME_WORDS[one.outcome]} for ${one.case}: ${one.reason}`),
  ...(made.note === undefined ? [] : indented(safeText(made.note, { lines: true }))),
];

const indented = (text: string): string[] => text.split("\n").map((line) => `  | ${line}`);

const NO_PARENT: Readonly<Record<NonNullable<Parent["withheld"]>, string>> = {
  unknown: "which is not known here",
  private: "which is private",
  not_kept: "whose text is not kept",
  role: "which this key does not show",
};

/** What the item answers, above it. */
function parentLines({ thread }: CaseView): string[] {
  const { parent } = thread ?? {};
  if (!parent) return [];
  const head = `  answers ${parent.id}`;
  if (parent.withheld) return [`${head}, ${NO_PARENT[parent.withheld]}`];
  return [`${head}:`, ...indented(safeText(parent.text ?? "", { lines: true })).map((line) => `  ${line}`)];
}

/** What the policy tells moderators of the rule that decided and of the labels. */
const guidanceLines = ({ guidance }: CaseView): string[] =>
  guidance
    ? [
        ...guidance.rules.flatMap(({ rule, guidance: text }) => (text ? [`  rule ${rule}: ${safeText(text)}`] : [])),
        ...guidance.labels.map(({ title, guidance: text }) => `  ${title}: ${safeText(text)}`),
      ]
    : [];

/** One case in full, with the words that the verdict is about. */
export function caseLines(one: CaseView): string[] {
  const { verdict, decision, content } = one;
  return [
    `${paint("bold", one.id)}: ${one.ref.kind} ${one.ref.id}, revision ${one.ref.revision}`,
    `  ${one.state}; ${paintAction(verdict.action)}, lane ${one.lane}, severity ${verdict.severity} of 7; opened ${one.openedAt}`,
    ...parentLines(one),
    ...(content?.title === undefined ? [] : indented(safeText(content.title))),
    ...(content ? indented(safeText(content.text, { lines: true })) : []),
    ...(content?.excerpt ? ["  (an excerpt)"] : []),
    ...(content?.media ?? []).map(({ type, id, url }) => `  ${type} ${id}${url === undefined ? "" : `: ${url}`}`),
    ...(one.contentWithheld ? [`  ${WITHHELD[one.contentWithheld]}`] : []),
    ...(one.links.item === undefined ? [] : [`  at the platform: ${one.links.item}`]),
    ...(one.reversed ? [`  ${one.reversed.explanation}`] : []),
    ...reasonLines(verdict),
    ...guidanceLines(one),
    ...(one.cluster && one.cluster.size > 1 ? [`  one of ${one.cluster.size} items that are decided together`] : []),
    ...(one.joined ? [`  decided with its cluster: case ${one.joined}`] : []),
    ...claimLine(one).map((line) => `  ${line}`),
    ...one.notes.flatMap((note) => [
      `  note ${note.at} by ${note.by}`,
      ...indented(safeText(note.text, { lines: true })),
    ]),
    ...(one.escalation ? decisionLines(one.escalation) : []),
    ...(decision ? decisionLines(decision) : []),
    ...(one.past ?? []).flatMap((past) => decisionLines(past.decision, `; ${past.how} ${past.at} by ${past.by}`)),
  ];
}
