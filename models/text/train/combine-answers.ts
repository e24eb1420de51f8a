import type { Fit } from "./fit.ts";
import { fitLogistic } from "./fit-logistic.ts";
import { CONSTANTS, type Combination, rowsFor } from "./plan.ts";
import { type Linear, marginOf } from "./solve.ts";

const RIDGE = 5;
/** A set's own constant is hardly penalised. */
const OWN_VALUE = 3;
const FOLDS = 3;

/** How the questions' margins make a head's. */
interface Mixture {
  readonly shares: Float64Array;
  readonly bias: number;
}

export interface Combined {
  /** One linear model in place of all. */
  readonly linear: Linear;
  /** Margin of each calibration row as a mixture gives it that was fitted without that row. */
  readonly unseen: (document: number) => number;
}

/** Mean and spread of each column. */
function spreadOf(values: Float64Array, width: number): { mean: Float64Array; spread: Float64Array } {
  const count = values.length / width;
  const mean = new Float64Array(width);
  const spread = new Float64Array(width);
  for (let at = 0; at < values.length; at++) {
    mean[at % width] = (mean[at % width] as number) + (values[at] as number) / count;
  }
  for (let at = 0; at < values.length; at++) {
    const off = (values[at] as number) - (mean[at % width] as number);
    spread[at % width] = (spread[at % width] as number) + (off * off) / count;
  }
  return { mean, spread: spread.map((square) => Math.sqrt(square + 1e-9)) };
}

const mix = ({ shares, bias }: Mixture, margins: Float64Array): number =>
  shares.reduce((sum, share, column) => sum + share * (margins[column] as number), bias);

/**
 * Stacking (Wolpert 1992) on the calibration split: a head's margin as a weighted sum of all questions' margins. Sets
 * that differ in how common a yes is have a constant each while fitting, which is then left out.
 */
export function combineAnswers(fit: Fit, answers: readonly Linear[]): (combination: Combination) => Combined {
  const { features, rows, places } = fit;
  const width = answers.length;
  const columns = width + CONSTANTS.length;
  const margins = new Map<number, Float64Array>();
  rows.forEach((row, document) => {
    if (row.split !== "calibrate") return;
    margins.set(
      document,
      Float64Array.from(answers, (answer) => marginOf(features, answer, document)),
    );
  });
  const marginsOf = (document: number): Float64Array => margins.get(document) as Float64Array;
  const foldOf = (document: number): number => (places[document] as number) % FOLDS;

  const fitMixture = ({ head, sets }: Combination, without: number): Mixture => {
    const asked = rowsFor(fit, "calibrate", head, sets);
    const used = Array.from(asked.documents.keys()).filter(
      (index) => foldOf(asked.documents[index] as number) !== without,
    );
    const own = new Float64Array(used.length * width);
    used.forEach((index, at) => {
      own.set(marginsOf(asked.documents[index] as number), at * width);
    });
    const { mean, spread } = spreadOf(own, width);
    const values = new Float64Array(used.length * columns);
    used.forEach((index, at) => {
      for (let column = 0; column < width; column++) {
        const value = own[at * width + column] as number;
        values[at * columns + column] = (value - (mean[column] as number)) / (spread[column] as number);
      }
      const place = asked.constant[index] as number;
      if (place >= 0) values[at * columns + width + place] = OWN_VALUE;
    });
    const positive = Uint8Array.from(used, (index) => asked.positive[index] as number);
    const weight = Float64Array.from(used, (index) => asked.cost[index] as number);
    const fitted = fitLogistic({ values, width: columns, positive, weight }, RIDGE);
    const shares = Float64Array.from(
      { length: width },
      (_, column) => (fitted[column] as number) / (spread[column] as number),
    );
    const bias = shares.reduce(
      (sum, share, column) => sum - share * (mean[column] as number),
      fitted[columns] as number,
    );
    return { shares, bias };
  };

  return (combination) => {
    const whole = fitMixture(combination, -1);
    const folds = Array.from({ length: FOLDS }, (_, fold) => fitMixture(combination, fold));
    const weights = new Float64Array(features.slots.length);
    let { bias } = whole;
    answers.forEach((answer, column) => {
      const share = whole.shares[column] as number;
      bias += share * answer.bias;
      for (let row = 0; row < weights.length; row++) {
        weights[row] = (weights[row] as number) + share * (answer.weights[row] as number);
      }
    });
    return {
      linear: { weights, bias },
      unseen: (document) => mix(folds[foldOf(document)] as Mixture, marginsOf(document)),
    };
  };
}
