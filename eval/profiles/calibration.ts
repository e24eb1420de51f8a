import weights from "../../models/profiles/weights.json" with { type: "json" };
import { scoreProfile } from "../../shared/scoring/audience/profile-score.ts";
import { brierScore, calibrationError } from "../metrics/calibration.ts";
import { rank } from "../metrics/ranking.ts";
import { decimal, percent } from "../text/report/numbers.ts";
import { truthOfRows } from "./measure.ts";
import type { ProfileSet } from "./sets.ts";

const BINS = 10;
/** Weights are whole numbers: the share of fakes is right to a thousandth. */
const SCALE = 1000;

/** Counts rows so that the share of fakes is the one that the probabilities are made for. */
function atPrior(truth: Uint8Array): Uint32Array {
  const fakes = truth.reduce((sum, one) => sum + one, 0);
  const genuine = truth.length - fakes;
  const times = (weights.prior / (1 - weights.prior)) * (genuine / fakes);
  return Uint32Array.from(truth, (one) => (one === 1 ? Math.round(times * SCALE) : SCALE));
}

/** How far chances lie from shares, each set weighted to the prior's share of fakes. */
export function* calibrationLines(sets: readonly ProfileSet[]): Generator<string> {
  yield `\nCalibration where ${percent(weights.prior, 0)} are fake (each set reweighted to that; *: trained the weights)`;
  for (const { name, use, rows } of sets) {
    const probabilities = Float64Array.from(rows, ({ profile, seenAt }) => scoreProfile(profile, seenAt).probability);
    const truth = truthOfRows(rows);
    const counts = atPrior(truth);
    const error = calibrationError(probabilities, rank(probabilities, truth), { bins: BINS, weights: counts });
    let sum = 0;
    let all = 0;
    for (let row = 0; row < truth.length; row++) {
      sum += (counts[row] ?? 0) * (probabilities[row] ?? 0);
      all += counts[row] ?? 0;
    }
    yield `  ${(use === "train" ? `${name} *` : name).padEnd(16)}ECE ${decimal(error)}   Brier ${decimal(brierScore(probabilities, truth, counts))} (a constant: ${decimal(weights.prior * (1 - weights.prior))})   mean chance ${percent(sum / all, 1)}`;
  }
}
