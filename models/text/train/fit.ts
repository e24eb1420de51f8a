import { SLOT_BITS } from "../../../shared/scoring/text/model/ngrams.ts";
import { CUE_RARITY, calibrationInputs, RARITY_STEPS } from "../../../shared/scoring/text/model/text-model.ts";
import type { Calibration, HeadParameters, TextWeights } from "../../../shared/scoring/text/model/weights-file.ts";
import type { LabelledText } from "../data/labelled-text.ts";
import { hashOf } from "../data/split.ts";
import { type Combined, combineAnswers } from "./combine-answers.ts";
import type { SlotCorpus } from "./corpus.ts";
import { emphasisOf } from "./emphasis.ts";
import { cueRows, type FeatureCorpus, selectFeatures } from "./features.ts";
import { fitLogistic } from "./fit-logistic.ts";
import { type Combination, type Question, rowsFor } from "./plan.ts";
import { type Linear, solve } from "./solve.ts";

export interface FitOptions {
  readonly version: string;
  readonly questions: readonly Question[];
  readonly combinations: readonly Combination[];
  /** Features that fewer training documents have are dropped. */
  readonly fewest: number;
  readonly rounds: number;
  readonly seed: number;
  readonly flag: number;
  readonly progress: (line: string) => void;
}

/** Everything that the steps of a fit share. */
export interface Fit {
  readonly features: FeatureCorpus;
  readonly isCue: Uint8Array;
  readonly rows: readonly LabelledText[];
  /** A number for each row that is spread evenly. */
  readonly places: Int32Array;
}

/** Fits each question on the training split. */
function fitQuestions(fit: Fit, { questions, rounds, seed, progress }: FitOptions): Linear[] {
  return questions.map(({ name, head, sets, cost }, number) => {
    const asked = rowsFor(fit, "train", head, sets);
    const yes = asked.positive.reduce((sum, one) => sum + one, 0);
    progress(`question ${number + 1} of ${questions.length}: ${name}, ${asked.documents.length} rows, ${yes} yes`);
    const emphasis = emphasisOf(fit.features, asked, fit.isCue);
    const task = { ...asked, cost: asked.cost.map((share) => share * cost), emphasis };
    return solve(fit.features, task, { rounds, seed: seed + number });
  });
}

interface Stepped {
  readonly scale: number;
  readonly steps: Int8Array;
}

/** Weights in steps of a 127th of the largest, each times its row's rarity. */
function inSteps({ features, isCue }: Fit, { weights }: Linear): Stepped {
  const rarity = (row: number): number => (isCue[row] === 1 ? CUE_RARITY : (features.rarity[row] as number));
  let largest = 0;
  for (let row = 0; row < weights.length; row++)
    largest = Math.max(largest, Math.abs((weights[row] as number) * rarity(row)));
  const scale = largest === 0 ? 1 : largest / 127;
  return { scale, steps: Int8Array.from(weights, (weight, row) => Math.round((weight * rarity(row)) / scale)) };
}

/** Beta calibration on the rows that say what "likely" means for this head, by margins fitted without them. */
function calibrate(fit: Fit, { head, calibrateOn }: Combination, { unseen }: Combined): Calibration {
  const { documents, positive, cost } = rowsFor(fit, "calibrate", head, calibrateOn.sets);
  const values = new Float64Array(documents.length * 2);
  documents.forEach((document, at) => {
    values.set(calibrationInputs(unseen(document)), at * 2);
  });
  const weight = Float64Array.from(cost);
  if (calibrateOn.evenOdds) {
    // As many toxic as not, whatever the pool: the odds of the sets' own samples are an accident.
    const sideOf = (index: number): 0 | 1 => fit.rows[documents[index] as number]?.truth.toxicity ?? 0;
    const sum: [number, number] = [0, 0];
    for (let index = 0; index < weight.length; index++) sum[sideOf(index)] += weight[index] as number;
    for (let index = 0; index < weight.length; index++) {
      weight[index] = ((weight[index] as number) / sum[sideOf(index)]) * weight.length;
    }
  }
  const [yes = 1, no = 1, offset = 0] = fitLogistic({ values, width: 2, positive, weight }, 1e-3);
  if (yes >= 0 && no >= 0) return { yes, no, offset };
  // A probability that falls where the margin rises is noise: one side alone then, as the authors do.
  const column = yes < 0 ? 1 : 0;
  const [only = 1, rest = 0] = fitLogistic(
    { values: values.filter((_, at) => at % 2 === column), width: 1, positive, weight },
    1e-3,
  );
  return yes < 0 ? { yes: 0, no: only, offset: rest } : { yes: only, no: 0, offset: rest };
}

/**
 * Fits a model: questions on the training split, then on the calibration split how their answers make each head's (a
 * linear combination of linear models is one linear model again), then weights in steps, and a calibration
 * by rows that the combination had not seen. The test split is not looked at.
 */
export function fitModel(corpus: SlotCorpus, rows: readonly LabelledText[], options: FitOptions): TextWeights {
  const features = selectFeatures(corpus, (document) => rows[document]?.split === "train", options.fewest);
  options.progress(`${features.slots.length} features kept`);
  const places = Int32Array.from(rows, (row) => hashOf(row.id) >>> 1);
  const fit: Fit = { features, isCue: cueRows(features), rows, places };
  const answers = fitQuestions(fit, options);
  const combine = combineAnswers(fit, answers);
  const width = options.combinations.length;
  const weights = new Int8Array(features.slots.length * width);
  const heads = options.combinations.map((combination, number): HeadParameters => {
    const combined = combine(combination);
    const stepped = inSteps(fit, combined.linear);
    for (let row = 0; row < stepped.steps.length; row++) weights[row * width + number] = stepped.steps[row] as number;
    const calibration = calibrate(fit, combination, combined);
    options.progress(`${combination.head}: combined and calibrated`);
    return {
      head: combination.head,
      scale: stepped.scale,
      bias: combined.linear.bias,
      calibration,
      report: combination.report,
    };
  });
  return {
    version: options.version,
    slotBits: SLOT_BITS,
    heads,
    flag: options.flag,
    slots: features.slots,
    rarity: Uint8Array.from(features.rarity, (value) => Math.round(value * RARITY_STEPS)),
    weights,
  };
}
