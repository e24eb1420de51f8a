import type * as z from "zod";
import type { explainedVerdict } from "../../shared/contracts/explained-verdict.ts";
import type { routes } from "../../shared/contracts/routes.ts";
import type { Cell } from "../csv.ts";
import { safeText } from "../safe-text.ts";
import { percent } from "./bar.ts";
import { paint, paintAction } from "./paint.ts";

export type ExplainedVerdict = z.infer<typeof explainedVerdict>;
type Verdicts = z.infer<(typeof routes)["get-verdict"]["answer"]["schema"]>;

/** Labels with their reasons, strongest first: what every view of a verdict shows. */
export function reasonLines(verdict: Pick<ExplainedVerdict, "labels" | "explanation">): string[] {
  if (verdict.labels.length === 0) return ["  nothing was found in it"];
  return verdict.labels.flatMap(({ label, probability, severity, spans }, index) => {
    const { title = label, why = [], laws = [] } = verdict.explanation[index] ?? {};
    const places = spans.map(([start, end]) => `${start}-${end}`).join(", ");
    return [
      `  ${paint("bold", title)} (${label}): ${percent(probability)} probable, severity ${severity} of 7`,
      ...why.map((sentence) => `    - ${sentence}`),
      ...(places === "" ? [] : [`    - at characters ${places}`]),
      ...(laws.length === 0 ? [] : [`    - rules to look at: ${laws.join("; ")}`]),
    ];
  });
}

const ruleOf = ({ policy }: Pick<ExplainedVerdict, "policy">): string =>
  policy.rule === "none"
    ? `no rule of ${policy.id} version ${policy.version} applied`
    : `by the rule ${policy.rule} of ${policy.id} version ${policy.version}${policy.quarantined ? ", which the flood breaker holds at flag" : ""}`;

const tookSeconds = ({ receivedAt, scoredAt }: Pick<ExplainedVerdict, "receivedAt" | "scoredAt">): string =>
  ((Date.parse(scoredAt) - Date.parse(receivedAt)) / 1000).toFixed(1);

/** One verdict, in full. */
export const verdictLines = (verdict: ExplainedVerdict): string[] => [
  `${paintAction(verdict.action)}  ${verdict.ref.kind} ${verdict.ref.id}, revision ${verdict.ref.revision}`,
  `  ${ruleOf(verdict)}${verdict.action === "allow" ? "" : `; lane ${verdict.lane}, severity ${verdict.severity} of 7`}`,
  `  scored ${verdict.scoredAt}, ${tookSeconds(verdict)} s after it was received${verdict.status === "degraded" ? "; an analyzer did not answer" : ""}`,
  ...(verdict.decided ?? []).map(({ why }) => `  ${safeText(why)}`),
  ...(verdict.reversed ? [`  ${verdict.reversed.explanation}`] : []),
  ...reasonLines(verdict),
];

/** All that is known of an item. */
export function itemLines({ verdicts, pending, reflected }: Verdicts): string[] {
  const blocks = verdicts.flatMap((verdict, index) => [...(index > 0 ? [""] : []), ...verdictLines(verdict)]);
  return [
    ...blocks,
    ...pending.map((revision) => `waiting  revision ${revision} was accepted and is not scored yet`),
    ...reflected.map((revision) => `reflected  revision ${revision} is part of its account's audience verdict`),
  ];
}

export const VERDICT_COLUMNS = [
  "kind",
  "id",
  "revision",
  "action",
  "severity",
  "lane",
  "rule",
  "label",
  "probability",
  "scored_at",
  "author",
  "channel",
  "target",
];

/** A verdict as a row of CSV: its strongest label only. */
export const verdictRow = (verdict: ExplainedVerdict): Cell[] => [
  verdict.ref.kind,
  verdict.ref.id,
  verdict.ref.revision,
  verdict.action,
  verdict.severity,
  verdict.lane,
  verdict.policy.rule,
  verdict.labels[0]?.label,
  verdict.labels[0]?.probability,
  verdict.scoredAt,
  verdict.authorId,
  verdict.channelId,
  verdict.targetId,
];
