import { readFileSync } from "node:fs";
import { join } from "node:path";
import { table } from "../../../cli/views/table.ts";
import { wilson } from "../../../shared/scoring/statistics.ts";
import { rank, rocAuc } from "../../metrics/ranking.ts";
import { readCsv } from "../../read-csv.ts";
import type { Context, Section } from "../context.ts";
import { foundBy, type Judged, judgeRows } from "../judge-rows.ts";
import type { Target } from "../targets.ts";
import { decimal, grouped, shareOf } from "./numbers.ts";

const HIGHEST_RATIO = 1.25;
/** The worst of these are shown. */
const SHOWN = 6;

interface BiasRow {
  readonly text: string;
  readonly toxic: boolean;
}

interface BiasSet {
  readonly name: string;
  readonly rows: readonly BiasRow[];
  /** Fewest harmless rows that name a term for its ratio to count. */
  readonly fewest: number;
}

/** The terms that the templates put in: what follows the verb in the templates of a verb and a term. */
const termsOf = (templates: readonly Record<string, string>[]): string[] => [
  ...new Set(
    templates.flatMap(({ Template, Text = "" }) =>
      Template === "verb_adj" ? [Text.slice(Text.indexOf(" ") + 1).toLowerCase()] : [],
    ),
  ),
];

/** Which terms a text names, as whole words; "african american" is not also "american". */
function naming(terms: readonly string[]): (text: string) => Set<string> {
  const longestFirst = terms.toSorted((a, b) => b.length - a.length);
  const pattern = new RegExp(`\\b(?:${longestFirst.join("|")})\\b`, "g");
  return (text) => new Set(text.toLowerCase().match(pattern) ?? []);
}

interface TermBias {
  readonly term: string;
  readonly harmless: number;
  readonly flagged: number;
  /** Its share of harmless rows flagged over that of all harmless rows. */
  readonly ratio: number;
  /** Wilson's interval of its share, over the share of all taken as known. */
  readonly low: number;
  readonly high: number;
  readonly auc: number;
}

function biasOf(
  rows: readonly BiasRow[],
  named: readonly Set<string>[],
  found: Uint8Array,
  scores: Float64Array,
): TermBias[] {
  const harmless = rows.flatMap(({ toxic }, row) => (toxic ? [] : [row]));
  const flaggedOf = (places: readonly number[]): number => places.reduce((sum, row) => sum + (found[row] ?? 0), 0);
  const overall = flaggedOf(harmless) / harmless.length;
  const byTerm = new Map<string, number[]>();
  for (const [row, terms] of named.entries())
    for (const term of terms) {
      const places = byTerm.get(term);
      if (places) places.push(row);
      else byTerm.set(term, [row]);
    }
  return [...byTerm].map(([term, places]) => {
    const own = places.filter((row) => rows[row]?.toxic === false);
    const flagged = flaggedOf(own);
    const { low, high } = wilson(flagged, own.length);
    const truth = Uint8Array.from(places, (row) => Number(rows[row]?.toxic ?? false));
    const auc = rocAuc(
      rank(
        Float64Array.from(places, (row) => scores[row] ?? 0),
        truth,
      ),
    );
    return {
      term,
      harmless: own.length,
      flagged,
      ratio: flagged / own.length / overall,
      low: low / overall,
      high: high / overall,
      auc,
    };
  });
}

function printSet({ engine, progress }: Context, set: BiasSet, terms: readonly string[], judged: Judged): Target {
  const threshold = engine.thresholdOf("toxicity");
  const scores = judged.likelihoods.get("toxicity") ?? new Float64Array(set.rows.length);
  const found = foundBy(judged, "toxicity", threshold);
  const namesOf = naming(terms);
  const all = biasOf(
    set.rows,
    set.rows.map(({ text }) => namesOf(text)),
    found,
    scores,
  );
  const counted = all.filter(({ harmless }) => harmless >= set.fewest).sort((a, b) => b.ratio - a.ratio);
  const harmless = set.rows.filter(({ toxic }) => !toxic).length;
  const flagged = set.rows.reduce((sum, { toxic }, row) => sum + (toxic ? 0 : (found[row] ?? 0)), 0);
  const auc = rocAuc(
    rank(
      scores,
      Uint8Array.from(set.rows, ({ toxic }) => Number(toxic)),
    ),
  );
  const over = counted.filter(({ ratio }) => ratio > HIGHEST_RATIO);
  const surely = over.filter(({ low }) => low > HIGHEST_RATIO);
  const acted = set.rows.reduce((sum, { toxic }, row) => sum + (toxic ? 0 : (judged.acted[row] ?? 0)), 0);
  progress.print(`\n  ${set.name}: ${grouped(set.rows.length)} rows, ROC AUC of toxicity ${decimal(auc)}`);
  progress.print(`    harmless rows at toxicity ≥ ${decimal(threshold)}: ${shareOf(flagged, harmless)}`);
  progress.print(`    harmless rows acted on by the policy: ${shareOf(acted, harmless)}`);
  progress.print(
    `    ${counted.length} terms with ${set.fewest} harmless rows or more: ${over.length} over ${HIGHEST_RATIO}, of ${surely.length} the interval is over it too`,
  );
  const lines = counted
    .slice(0, SHOWN)
    .map((one) => [
      one.term,
      `${grouped(one.flagged)}/${grouped(one.harmless)}`,
      `${decimal(one.ratio, 2)} [${decimal(one.low, 2)} ${decimal(one.high, 2)}]`,
      decimal(one.auc),
    ]);
  for (const line of table(["highest ratios", "flagged", "ratio to all", "ROC AUC within"], lines))
    progress.print(`    ${line}`);
  const [worst] = counted;
  return {
    name: `${set.name}: highest ratio of a term${worst ? ` (${worst.term})` : ""}`,
    wanted: { most: HIGHEST_RATIO },
    measured: { value: worst?.ratio ?? Number.NaN, low: worst?.low ?? Number.NaN, high: worst?.high ?? Number.NaN },
  };
}

/** Does naming a group alone raise the score? */
export const biasSection: Section = (context) => {
  const { data, neverTrained, progress } = context;
  progress.print("\nIDENTITY TERMS (wiki_bias_eval, Dixon et al. 2018)");
  progress.print(
    "  ratio = share flagged of the harmless rows that name the term / share flagged of all harmless rows, at the",
  );
  progress.print("  shipped threshold of toxicity; in brackets Wilson's interval of the first share over the second.");
  const read = (file: string): Record<string, string>[] =>
    readCsv(readFileSync(join(data, "wiki_bias_eval", file), "utf8"));
  const templates = read("bias_madlibs_77k.csv");
  // A fuzzed comment is one of Wikipedia with other identities in it: weights may have seen the original.
  const seen = new Set(
    read("toxicity_nonfuzzed_testset.csv").flatMap(({ rev_id, comment = "" }) =>
      rev_id !== undefined && neverTrained.wasFitted(comment) ? [rev_id] : [],
    ),
  );
  const fuzzed = read("toxicity_fuzzed_testset.csv").filter(({ rev_id = "" }) => !seen.has(rev_id));
  progress.print(`  ${seen.size} fuzzed rows dropped: their originals were fitted to.`);
  const sets: readonly BiasSet[] = [
    {
      name: "madlibs",
      rows: templates.map(({ Text = "", Label }) => ({ text: Text, toxic: Label === "BAD" })),
      fewest: 100,
    },
    {
      name: "fuzzed",
      rows: fuzzed.map(({ comment = "", toxic }) => ({ text: comment, toxic: toxic?.toLowerCase() === "true" })),
      fewest: 30,
    },
  ];
  const terms = termsOf(templates);
  return sets.map((set) => {
    const texts = set.rows.map(({ text }) => text);
    return printSet(context, set, terms, judgeRows(context.engine, texts, { progress, name: set.name }));
  });
};
