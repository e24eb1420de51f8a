import { type Band, isUncertain } from "../domain/band.ts";
import type { LabelScore } from "../domain/label.ts";
import { findLabel, type Score, strongestFirst } from "../scoring/score.ts";
import type { Analysis, Question } from "./analyzer.ts";

const MOST_REASONS = 4;

/** The second's finding with what only the first knows: where in the text, how grave by its words, and why. */
function joined(second: LabelScore, first: LabelScore | undefined): LabelScore {
  if (first === undefined) return second;
  return {
    ...second,
    severity: first.severity,
    spans: first.spans.length > 0 ? first.spans : second.spans,
    reasons: [...second.reasons, ...first.reasons].slice(0, MOST_REASONS),
  };
}

/** Whether the second's word goes before the first's; see `combine`. */
function secondDecides(band: Band, first: number, second: number): boolean {
  return isUncertain(band, first) || (first < band.low && second >= band.high);
}

/**
 * Two analyzers' findings as one score. For each label that the second judged, and for the feature `toxicity`:
 * - the first is sure (at or over the band): its finding stands;
 * - the first is unsure (in the band): the second decides, also that there is nothing;
 * - the first saw nothing (under the band): the second is heard only where it is sure, at or over the band's upper end.
 * All other labels are the first's. Both models are named; a missing part makes the score degraded. Pure.
 */
export function combine(first: Analysis, second: Analysis, band: Band): Score {
  const before = first.likelihoods();
  const after = second.likelihoods();
  const overruled = new Set<Question>();
  for (const [question, likelihood] of Object.entries(after) as [Question, number][])
    if (secondDecides(band, before[question] ?? 0, likelihood)) overruled.add(question);
  const kept = first.score.labels.filter(({ label }) => !overruled.has(label));
  const added = second.score.labels
    .filter(({ label }) => overruled.has(label))
    .map((one) => joined(one, findLabel(first.score, one.label)));
  return {
    ...first.score,
    labels: [...kept, ...added].sort(strongestFirst),
    features: overruled.has("toxicity")
      ? { ...first.score.features, toxicity: after.toxicity ?? 0 }
      : first.score.features,
    models: [...first.score.models, ...second.score.models],
    degraded: first.score.degraded || second.missing.length > 0,
  };
}
