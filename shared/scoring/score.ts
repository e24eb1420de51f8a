import type { LabelName, LabelScore } from "../domain/label.ts";

/**
 * What every scorer returns. Labels come strongest first, one entry a label, only those above the analyzer's reporting
 * threshold. `features` are numbers that policies may use (counts of links by kind and the like): never words.
 */
export interface Score {
  readonly labels: readonly LabelScore[];
  readonly features: Readonly<Record<string, number>>;
  /** Which analyzers ran, with the version of each: `text-lexicon@1`. */
  readonly models: readonly string[];
  /** True when an analyzer that should have run could not. */
  readonly degraded: boolean;
  /** BCP 47 tag of the text's language, where something speaks for it. */
  readonly language?: string;
}

/** A scorer is pure: the same input gives the same score, with no clock, network or randomness inside. */
export type Scorer<Input> = (input: Input) => Score;

/** Strongest finding first: by severity, then probability, then name so that the order is total. */
export const strongestFirst = (a: LabelScore, b: LabelScore): number =>
  b.severity - a.severity || b.probability - a.probability || (a.label < b.label ? -1 : a.label > b.label ? 1 : 0);

/** The one finding of `label`, if any. */
export const findLabel = (score: Score, label: LabelName): LabelScore | undefined =>
  score.labels.find((entry) => entry.label === label);
