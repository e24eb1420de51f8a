import type { LabelName, LabelScore, Span } from "../../domain/label.ts";
import type { Question } from "../analyzer.ts";
import type { Toxicity } from "./answers.ts";
import { PERSONAL_DATA_SEVERITIES, TOXIC_LABELS, TOXIC_SEVERITIES } from "./labels.ts";
import type { PersonalDatum } from "./personal-data.ts";
import type { Segment } from "./segment-text.ts";

/** What one of Comprehend's answers says in our terms. */
export interface Findings {
  readonly labels: readonly LabelScore[];
  readonly likelihoods: Readonly<Partial<Record<Question, number>>>;
}

/** The service names no version of its models; this is the API's. */
export const COMPREHEND_VERSION = "2017-11-27";
/** Least probability that is worth a line of the verdict, as in the embedded tier. */
const REPORTED_FROM = 0.3;
const MOST_SPANS = 8;

const rounded = (value: number): number => Math.round(value * 1000) / 1000;

const finding = (
  label: LabelName,
  source: string,
  probability: number,
  severity: number,
  spans: readonly Span[],
  code: string,
): LabelScore => ({
  label,
  score: rounded(probability),
  probability: rounded(probability),
  severity,
  spans: spans.slice(0, MOST_SPANS).map(([start, end]) => [start, end]),
  reasons: [{ code, params: { percent: Math.round(probability * 100) } }],
  source,
  version: COMPREHEND_VERSION,
});

/** Of each label the highest of all segments, with the segments that are near to it for its place in a longer text. */
export function toxicityFindings(segments: readonly Segment[], results: readonly Toxicity[]): Findings {
  const likelihoods: Partial<Record<Question, number>> = { toxicity: 0 };
  for (const label of Object.values(TOXIC_LABELS)) likelihoods[label] = 0;
  const spans = new Map<LabelName, Span[]>();
  for (const [index, { Labels, Toxicity }] of results.entries()) {
    likelihoods.toxicity = Math.max(likelihoods.toxicity ?? 0, rounded(Toxicity));
    const segment = segments[index];
    for (const { Name, Score } of Labels) {
      const label = TOXIC_LABELS[Name];
      if (label === undefined || segment === undefined) continue;
      likelihoods[label] = Math.max(likelihoods[label] ?? 0, rounded(Score));
      // The whole of a short text says nothing about a place in it.
      if (segments.length > 1 && Score >= REPORTED_FROM)
        spans.set(label, [...(spans.get(label) ?? []), [segment.start, segment.end]]);
    }
  }
  const labels = Object.values(TOXIC_LABELS)
    .filter((label) => (likelihoods[label] ?? 0) >= REPORTED_FROM)
    .map((label) =>
      finding(
        label,
        "comprehend-toxicity",
        likelihoods[label] ?? 0,
        TOXIC_SEVERITIES[label] ?? 0,
        spans.get(label) ?? [],
        "second.toxicity",
      ),
    );
  return { labels, likelihoods };
}

/** Personal data of the kinds that may not stand in public; in private channels one step less grave, as in the embedded tier. */
export function personalDataFindings(found: readonly PersonalDatum[], visibility: "public" | "private"): Findings {
  const grave = found.filter(({ type }) => PERSONAL_DATA_SEVERITIES[type] !== undefined);
  const likelihood = rounded(Math.max(0, ...grave.map(({ probability }) => probability)));
  const reported = grave.filter(({ probability }) => probability >= REPORTED_FROM);
  const gravest = Math.max(0, ...reported.map(({ type }) => PERSONAL_DATA_SEVERITIES[type] ?? 0));
  const spans = reported.map(({ span }) => span);
  const severity = Math.max(0, gravest - (visibility === "private" ? 1 : 0));
  const labels =
    reported.length > 0
      ? [finding("privacy.pii", "comprehend-pii", likelihood, severity, spans, "second.personal_data")]
      : [];
  return { labels, likelihoods: { "privacy.pii": likelihood } };
}

/** A text whose language Comprehend does not take for English is one that the embedded tier was not tested in. */
export function languageFindings(english: number): Findings {
  const likelihood = rounded(1 - english);
  const labels =
    likelihood >= REPORTED_FROM
      ? [finding("unsupported_language", "comprehend-language", likelihood, 0, [], "second.language")]
      : [];
  return { labels, likelihoods: { unsupported_language: likelihood } };
}
