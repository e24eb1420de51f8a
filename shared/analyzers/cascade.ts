import { type Band, isUncertain } from "../domain/band.ts";
import type { Score } from "../scoring/score.ts";
import type { Analysis, Analyzer, Invocation, JudgedText, Likelihoods, Question, TextItem } from "./analyzer.ts";
import { isAtStake } from "./at-stake.ts";
import { combine } from "./combine.ts";
import type { Meter } from "./meter.ts";

export interface Cascade {
  readonly first: Analyzer;
  readonly second: Analyzer;
  /** What the second can judge of a text in a language: the first part of a BCP 47 tag, undefined where nobody knows. */
  readonly known: (language: string | undefined) => readonly Question[];
  /** How grave the second calls a label at its gravest. */
  readonly severityOf: (question: Question) => number;
  readonly band: Band;
  readonly meter: Meter;
}

export type CascadeAnalyzer = (item: JudgedText, invocation: Invocation) => Promise<Analysis>;

/** What is in question: the second knows it and the first is unsure of it. */
export const uncertainOf = (known: readonly Question[], likelihoods: Likelihoods, band: Band): Question[] =>
  known.filter((question) => isUncertain(band, likelihoods[question] ?? 0));

/** The text's language as far as the first can tell; `und` where it is sure only that the language is none of its own. */
function languageOf(
  { input }: TextItem,
  { language }: Score,
  likelihoods: Likelihoods,
  band: Band,
): string | undefined {
  const [named] = (language ?? input.language ?? "").toLowerCase().split("-", 1);
  if (named) return named;
  return (likelihoods.unsupported_language ?? 0) >= band.high ? "und" : undefined;
}

/**
 * An analyzer that asks a second one only where the first is unsure of something that the decision hangs on, and only
 * about texts that may leave the system.
 * Where the second has no answer, the first's stands and the score says that it is degraded.
 */
export const cascade =
  ({ first, second, known, severityOf, band, meter }: Cascade): CascadeAnalyzer =>
  async (item, invocation) => {
    const analysis = await first(item, invocation);
    if (item.input.text === undefined) return analysis;
    const likelihoods = analysis.likelihoods();
    const language = languageOf(item, analysis.score, likelihoods, band);
    const uncertain = uncertainOf(known(language), likelihoods, band);
    if (uncertain.length === 0 || !isAtStake(item, analysis.score, uncertain, severityOf)) return analysis;
    if (!item.mayLeave) {
      meter.count("SecondOpinionWithheld");
      return analysis;
    }
    meter.count("SecondOpinionAsked");
    const opinion = await second({ ...item, language }, invocation, new Set(uncertain));
    if (opinion.missing.length > 0) meter.count("SecondOpinionMissing");
    return {
      score: combine(analysis, opinion, band),
      likelihoods: () => ({ ...likelihoods, ...opinion.likelihoods() }),
      missing: opinion.missing,
    };
  };
