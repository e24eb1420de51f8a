import type { Truth } from "../../../models/text/data/labelled-text.ts";

export interface EvaluationRow {
  readonly text: string;
  readonly truth: Truth;
}

/** Labelled rows that no weight was fitted to. */
export interface EvaluationSet {
  readonly name: string;
  /** "own test split" of a set that trains, "tune" (thresholds may have been set on it), "eval only". */
  readonly use: "own test split" | "tune" | "eval only";
  /** What its labels mean, where that is not plain. */
  readonly note?: string;
  readonly rows: readonly EvaluationRow[];
}
