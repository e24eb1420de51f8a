import { existsSync } from "node:fs";
import { join } from "node:path";
import { table } from "../../../cli/views/table.ts";
import type { Context, Section } from "../context.ts";
import { shippedEngine } from "../engine.ts";
import { type ReportOptions, UsageError } from "../options.ts";
import { keywordFilters } from "../peers/keyword-filters.ts";
import { evaluationSetNames, readNeverTrained } from "../sets/never-trained.ts";
import { type Target, targetRow } from "../targets.ts";
import { benignSection } from "./benign-section.ts";
import { biasSection } from "./bias-section.ts";
import { functionalSection } from "./functional-section.ts";
import { languageSection } from "./language-section.ts";
import { grouped } from "./numbers.ts";
import { piiSection } from "./pii-section.ts";
import { reportProgress } from "./progress.ts";
import { qualitySection } from "./quality-section.ts";
import { respellingSection } from "./respelling-section.ts";
import { speedSection } from "./speed-section.ts";

const SECTIONS: Readonly<Record<string, Section>> = {
  quality: qualitySection,
  benign: benignSection,
  bias: biasSection,
  respelling: respellingSection,
  functional: functionalSection,
  languages: languageSection,
  pii: piiSection,
  speed: speedSection,
};

const QUICK = { most: 500, rounds: 200 };
const FULL = { most: Number.POSITIVE_INFINITY, rounds: 1000 };

/** Sections that a name asks for, and which sets the quality section is to read. */
function chosen(name: string | undefined): { sections: readonly Section[]; wantsSet: (set: string) => boolean } {
  if (name === undefined) return { sections: Object.values(SECTIONS), wantsSet: () => true };
  const section = SECTIONS[name];
  // Respelled are the toxic rows of Jigsaw; others need no labelled set, but languages look at the English ones.
  if (section) return { sections: [section], wantsSet: () => section !== functionalSection };
  if (evaluationSetNames().includes(name)) return { sections: [qualitySection], wantsSet: (set) => set === name };
  throw new UsageError(
    `--set: there is no ${JSON.stringify(name)}; sections: ${Object.keys(SECTIONS).join(", ")}; sets: ${evaluationSetNames().join(", ")}`,
  );
}

/**
 * Prints the report of the shipped engine on public sets.
 * @throws UsageError where the folder or the set is not there.
 */
export function evaluate({ data, set, quick, seed }: ReportOptions): void {
  if (!existsSync(join(data, "jigsaw_wiki_subset")))
    throw new UsageError(`--data: there is no jigsaw_wiki_subset in ${data}; it takes the folder of the public sets`);
  const { sections, wantsSet } = chosen(set);
  const progress = reportProgress();
  const began = Date.now();
  progress.show("reading the sets", 0);
  const engine = shippedEngine();
  const neverTrained = readNeverTrained(data, wantsSet);
  const context: Context = {
    data,
    engine,
    filters: keywordFilters(engine.resources.lexicon),
    neverTrained,
    ...(quick ? QUICK : FULL),
    seed,
    progress,
  };
  progress.print(`TEXT EVALUATION of ${engine.describe}${quick ? " (quick: samples only)" : ""}, seed ${seed}`);
  const rows = neverTrained.sets.reduce((sum, one) => sum + one.rows.length, 0);
  const dropped = [...neverTrained.dropped.values()].reduce((sum, one) => sum + one, 0);
  progress.print(
    `${grouped(rows)} rows of ${neverTrained.sets.length} labelled sets, none among the ${grouped(neverTrained.fitted.length)} that weights, calibration or thresholds were fitted to; ${grouped(dropped)} rows dropped that were.`,
  );
  const targets: Target[] = sections.flatMap((section) => section(context));
  if (targets.length > 0) {
    progress.print("\nTARGETS");
    for (const line of table(["what", "wanted", "measured", "outcome"], targets.map(targetRow)))
      progress.print(`  ${line}`);
  }
  progress.print(`\n${Math.round((Date.now() - began) / 1000)} s`);
}
