import type { LabelName } from "../../../shared/domain/label.ts";

/** What the model estimates: labels of verdicts, and "toxic" as Jigsaw's raters used the word. */
export type Head = LabelName | "toxicity";

/** What a set's people said of a text. A head that is absent was not asked about. */
export type Truth = Partial<Record<Head, 0 | 1>>;

/** `train` fits weights, `calibrate` fits calibration, combination and thresholds, `test` fits nothing. */
export type Split = "train" | "calibrate" | "test";

export interface LabelledText {
  /** `<set>:<place in its files>`. */
  readonly id: string;
  /** Folder of the set. */
  readonly set: string;
  readonly text: string;
  readonly truth: Truth;
  readonly split: Split;
  /** Rows of one group (a text and its rewrites) are never split up. */
  readonly group?: string;
}

/** One public set as this project uses it. */
export interface TextSet {
  /** Its folder. */
  readonly name: string;
  /** As its SOURCE.txt states it. */
  readonly licence: string;
  /** Rows in the order of the files. Throws where a file is missing. */
  readonly read: (folder: string) => readonly LabelledText[];
}
