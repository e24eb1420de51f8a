import { keyOf } from "../../../models/text/data/key-of.ts";
import type { LabelledText } from "../../../models/text/data/labelled-text.ts";
import { readTrainingTexts, TRAINING_SETS } from "../../../models/text/data/training-texts.ts";
import type { EvaluationSet } from "./evaluation-set.ts";
import { KEPT_ASIDE } from "./kept-aside.ts";

/** What may be judged with, and what was left out because weights have seen it. */
export interface NeverTrained {
  readonly sets: readonly EvaluationSet[];
  /** Rows that weights, calibration or thresholds were fitted to. */
  readonly fitted: readonly LabelledText[];
  /** By set, rows left out because the same letters and digits stand in a fitted row. */
  readonly dropped: ReadonlyMap<string, number>;
  /** Is this text, by its letters and digits, one that weights were fitted to? */
  readonly wasFitted: (text: string) => boolean;
}

export const evaluationSetNames = (): string[] => [
  ...TRAINING_SETS.map(({ name }) => name),
  ...Object.keys(KEPT_ASIDE),
];

/**
 * The test splits of the training sets, and the sets kept aside, without any row that something was fitted to.
 * @throws Error where a training set's own test split holds a fitted row: then the trainer's split is broken.
 */
export function readNeverTrained(data: string, wanted: (name: string) => boolean): NeverTrained {
  const rows = readTrainingTexts(data);
  const fitted = rows.filter(({ split }) => split !== "test");
  const keys = new Set(fitted.map(({ text }) => keyOf(text)));
  const wasFitted = (text: string): boolean => keys.has(keyOf(text));
  const sets: EvaluationSet[] = [];
  const dropped = new Map<string, number>();
  const own = Map.groupBy(
    rows.filter(({ split }) => split === "test"),
    ({ set }) => set,
  );
  for (const [name, test] of own) {
    if (!wanted(name)) continue;
    const leaked = test.filter(({ text }) => wasFitted(text));
    if (leaked.length > 0)
      throw new Error(`${leaked.length} rows of the test split of ${name} were fitted to, the first ${leaked[0]?.id}`);
    sets.push({ name, use: "own test split", rows: test });
  }
  for (const [name, read] of Object.entries(KEPT_ASIDE)) {
    if (!wanted(name)) continue;
    const set = read(data);
    const kept = set.rows.filter(({ text }) => !wasFitted(text));
    if (kept.length < set.rows.length) dropped.set(name, set.rows.length - kept.length);
    sets.push({ ...set, rows: kept });
  }
  return { sets, fitted, dropped, wasFitted };
}
