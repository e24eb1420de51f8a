import type { LabelName, LabelScore, Reason, Span } from "../../domain/label.ts";
import { strongestFirst } from "../score.ts";

/** One piece of evidence for a label, before those of a label are put together. */
export interface Finding {
  readonly label: LabelName;
  readonly severity: number;
  /** Chance that this evidence alone deserves the label, 0 to 1. */
  readonly weight: number;
  readonly code: string;
  readonly params?: Reason["params"];
  /** Undefined where the evidence is the whole text or lies outside it. */
  readonly span?: Span | undefined;
  readonly source: string;
  /** The text's own context speaks against it: recovery, protest against what is told, a game. */
  readonly lowered?: true;
}

/** Most spans and reasons of a label, as the contract of verdicts has it. */
export const MOST_SPANS = 8;
export const MOST_REASONS = 4;
/** Least probability that is worth a line of the verdict; labels whose evidence comes in parts need more of it. */
const REPORTED_FROM: Partial<Record<LabelName, number>> = { spam: 0.5, scam: 0.5, illicit: 0.5 };
const REPORTED_FROM_ELSE = 0.3;
/** Labels that an audience of minors needs reported earlier. */
const SAFETY: ReadonlySet<LabelName> = new Set([
  "insult",
  "harassment",
  "threat",
  "hate",
  "graphic",
  "sexual_adult",
  "child_safety",
  "self_harm",
  "extremism",
  "illicit",
  "scam",
  "unsafe_link",
]);
const EASE_FOR_MINORS = 0.7;
/** Even certain rules are wrong sometimes. */
const MOST_CERTAIN = 0.98;

export const round = (value: number): number => Math.round(value * 1000) / 1000;

/** Sorted by place, overlapping and touching ones joined, the first eight. */
export function mergeSpans(spans: readonly Span[]): Span[] {
  const merged: Span[] = [];
  for (const [start, end] of [...spans].sort((a, b) => a[0] - b[0] || a[1] - b[1])) {
    const last = merged.at(-1);
    if (last !== undefined && start <= last[1]) last[1] = Math.max(last[1], end);
    else if (merged.length === MOST_SPANS) break;
    else merged.push([start, end]);
  }
  return merged;
}

/** Without those that repeat another of the same code at the same place: one insult that two patterns see is one. */
function distinct(findings: readonly Finding[]): Finding[] {
  const strongest = new Map<string, Finding>();
  const kept: Finding[] = [];
  const strength = (finding: Finding): number => finding.severity + finding.weight;
  for (const finding of [...findings].sort((a, b) => (a.span?.[0] ?? -1) - (b.span?.[0] ?? -1))) {
    const { code, span } = finding;
    const last = strongest.get(code);
    if (last?.span !== undefined && span !== undefined && span[0] < last.span[1]) {
      if (strength(finding) > strength(last)) {
        kept[kept.lastIndexOf(last)] = finding;
        strongest.set(code, finding);
      }
      continue;
    }
    strongest.set(code, finding);
    kept.push(finding);
  }
  return kept;
}

function reasonsOf(findings: readonly Finding[]): Reason[] {
  const byCode = new Map<string, { weight: number; count: number; params: Reason["params"] }>();
  for (const { code, params, weight, severity } of findings) {
    const strength = severity + weight;
    const seen = byCode.get(code);
    if (seen === undefined) byCode.set(code, { weight: strength, count: 1, params });
    else {
      seen.count++;
      seen.weight = Math.max(seen.weight, strength);
    }
  }
  return [...byCode.entries()]
    .sort((a, b) => b[1].weight - a[1].weight || (a[0] < b[0] ? -1 : 1))
    .slice(0, MOST_REASONS)
    .map(([code, { count, params }]) => ({ code, params: { count, ...params } }));
}

/** What the findings of one label come to, before anyone asks whether it is worth reporting. */
export interface Evidence {
  /** Sum of weights. */
  readonly score: number;
  /** That not all findings are mistaken: 1 − Π(1 − weight), as if they were independent. */
  readonly probability: number;
  /** Of the gravest finding. */
  readonly severity: number;
  readonly spans: Span[];
  readonly reasons: Reason[];
  readonly source: string;
}

/** Puts the findings of one label together; there must be one at least. */
export function evidenceOf(findings: readonly Finding[]): Evidence {
  const own = distinct(findings);
  let doubt = 1;
  let score = 0;
  let severity = 0;
  let gravest = own[0] as Finding;
  for (const finding of own) {
    doubt *= 1 - finding.weight;
    score += finding.weight;
    severity = Math.max(severity, finding.severity);
    if (finding.severity > gravest.severity) gravest = finding;
  }
  return {
    score,
    probability: own.every((finding) => finding.weight === 1) ? 1 : Math.min(MOST_CERTAIN, 1 - doubt),
    severity,
    spans: mergeSpans(own.flatMap((finding) => (finding.span === undefined ? [] : [finding.span]))),
    reasons: reasonsOf(own),
    source: gravest.source,
  };
}

/** Factor of the least probability that is reported. @param minors lowers it for safety labels. */
export const easeOf = (label: LabelName, minors: boolean): number =>
  minors && SAFETY.has(label) ? EASE_FOR_MINORS : 1;

/** Least probability of rules alone that is reported. */
export const reportedFrom = (label: LabelName): number => REPORTED_FROM[label] ?? REPORTED_FROM_ELSE;

/**
 * One entry a label, strongest first, by findings alone.
 * @param minors lowers the reporting threshold of safety labels.
 */
export function labelsOf(findings: readonly Finding[], minors: boolean, version: string): LabelScore[] {
  const labels: LabelScore[] = [];
  for (const [label, all] of Map.groupBy(findings, (finding) => finding.label)) {
    const { score, probability, ...evidence } = evidenceOf(all);
    if (probability < reportedFrom(label) * easeOf(label, minors)) continue;
    labels.push({ label, score: round(score), probability: round(probability), ...evidence, version });
  }
  return labels.sort(strongestFirst);
}
