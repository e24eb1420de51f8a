import { seeded } from "../metrics/seeded.ts";
import type { ShippedEngine } from "./engine.ts";
import type { Filtering } from "./peers/keyword-filters.ts";
import type { Progress } from "./report/progress.ts";
import type { NeverTrained } from "./sets/never-trained.ts";
import type { Target } from "./targets.ts";

/** What every section of the report works with. */
export interface Context {
  readonly data: string;
  readonly engine: ShippedEngine;
  readonly filters: readonly Filtering[];
  readonly neverTrained: NeverTrained;
  /** Bootstrap resamples. */
  readonly rounds: number;
  readonly seed: number;
  /** Most rows that a set is judged by; quick runs look at fewer. */
  readonly most: number;
  readonly progress: Progress;
}

/** Prints its part of the report; returns what it measured of the project's targets. */
export type Section = (context: Context) => readonly Target[];

/** The same random rows in every run: all of them where there are no more than `most`, in their order. */
export function sample<Row>(rows: readonly Row[], most: number, seed: number): readonly Row[] {
  if (rows.length <= most) return rows;
  const random = seeded(seed);
  const drawn = rows.map((row, index) => ({ row, index, lot: random() })).sort((a, b) => a.lot - b.lot);
  return drawn
    .slice(0, most)
    .sort((a, b) => a.index - b.index)
    .map(({ row }) => row);
}
