import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import type { LabelName } from "../shared/domain/label.ts";
import { type Score, type Scorer, strongestFirst } from "../shared/scoring/score.ts";
import { loadLexicon } from "../shared/scoring/text/load-lexicon.ts";
import { createPostScorer, type PostInput } from "../shared/scoring/text/score-post.ts";
import { readCsv } from "./read-csv.ts";
import { wilson } from "./wilson.ts";

// First honest figures of the lexicon scorer. Nothing is trained here; the sets are read from outside the project.

interface Row {
  readonly text: string;
  readonly toxic?: boolean;
}

const NOT_FLAGGING: ReadonlySet<LabelName> = new Set(["low_substance", "unsupported_media"]);
/** What the sets below call toxic or offensive; links, spam and personal data are not part of it. */
const TOXIC: ReadonlySet<LabelName> = new Set([
  "profanity",
  "insult",
  "harassment",
  "threat",
  "hate",
  "graphic",
  "sexual_adult",
  "self_harm",
  "extremism",
]);

const flagged = (score: Score): boolean =>
  score.labels.some((label) => label.severity >= 3 && !NOT_FLAGGING.has(label.label));
const toxicFrom =
  (severity: number) =>
  (score: Score): boolean =>
    score.labels.some((label) => label.severity >= severity && TOXIC.has(label.label));

const { values } = parseArgs({
  options: {
    data: { type: "string" },
    /** Prints the place in the file of each flagged benign row, with its labels; never the text. */
    rows: { type: "boolean", default: false },
  },
});
if (values.data === undefined || !existsSync(values.data)) {
  console.error("usage: node eval/text.ts --data ../shared/data [--rows]");
  process.exit(2);
}
const data = values.data;

const load = (file: string, row: (fields: Record<string, string>) => Row | undefined): Row[] => {
  const rows: Row[] = [];
  for (const fields of readCsv(readFileSync(join(data, file), "utf8"))) {
    const one = row(fields);
    if (one !== undefined && one.text.trim() !== "") rows.push(one);
  }
  return rows;
};

const started = performance.now();
const lexicon = loadLexicon(new URL("../models/text", import.meta.url));
const loadTime = performance.now() - started;
const score: Scorer<PostInput> = createPostScorer(lexicon);
const scoreText = (text: string): Score => score({ text, media: 0, audience: "general", visibility: "public" });

const percent = (value: number): string => `${(value * 100).toFixed(2)}%`;
const share = (part: number, whole: number): string => {
  const [low, high] = wilson(part, whole);
  return `${percent(part / whole)} (${part}/${whole}, 95% ${percent(low)}-${percent(high)})`;
};

console.log(
  `lexicon ${lexicon.version}: ${lexicon.words.size} word forms, ${countPatterns()} phrases, loaded in ${loadTime.toFixed(1)} ms`,
);

function countPatterns(): number {
  return new Set([...lexicon.patterns.values()].flat()).size;
}

// The baseline that such a scorer must beat: its own single words, looked for as substrings, no reading, no phrases.
const baselineWords = [...lexicon.words]
  .filter(([, entry]) => TOXIC.has(entry.label as LabelName))
  .map(([word]) => word);
const baseline = (text: string): boolean => {
  const lower = text.toLowerCase();
  return baselineWords.some((word) => lower.includes(word));
};

const airline = load("airline_tweets/Tweets.csv", (row) => ({ text: row.text ?? "" }));
const care = load("ibm_customer_care/turns.csv", (row) =>
  row.role === "client" ? { text: row.message ?? "" } : undefined,
);

console.log("\nBenign sets (angry customers): share flagged, that is with a label of severity 3 or more");
for (const [name, rows] of [
  ["airline_tweets", airline],
  ["ibm_customer_care (clients)", care],
] as const) {
  const byLabel = new Map<string, number>();
  let count = 0;
  rows.forEach((row, index) => {
    const result = scoreText(row.text);
    if (!flagged(result)) return;
    count++;
    const [top] = result.labels.toSorted(strongestFirst);
    if (top !== undefined) byLabel.set(top.label, (byLabel.get(top.label) ?? 0) + 1);
    if (values.rows)
      console.log(`  row ${index}: ${result.labels.map((one) => `${one.label}/${one.reasons[0]?.code}`)}`);
  });
  const hit = rows.filter((row) => baseline(row.text)).length;
  const strongest = [...byLabel].sort((a, b) => b[1] - a[1]).map(([label, of]) => `${label} ${of}`);
  console.log(`  ${name}: ${share(count, rows.length)}; by strongest label: ${strongest.join(", ") || "none"}`);
  console.log(`    baseline, substrings: ${share(hit, rows.length)}`);
}

function quality(name: string, rows: readonly Row[]): void {
  const scores = rows.map((row) => scoreText(row.text));
  const judges: readonly (readonly [string, readonly boolean[]])[] = [
    ["a toxic label of severity >= 1", scores.map(toxicFrom(1))],
    ["a toxic label of severity >= 2", scores.map(toxicFrom(2))],
    ["a toxic label of severity >= 3 (flagged)", scores.map(toxicFrom(3))],
    ["baseline, substrings", rows.map((row) => baseline(row.text))],
  ];
  const positives = rows.filter((row) => row.toxic).length;
  console.log(`\n${name}: ${rows.length} rows, ${positives} toxic`);
  for (const [judge, answers] of judges) {
    let hits = 0;
    let alarms = 0;
    rows.forEach((row, index) => {
      if (answers[index] !== true) return;
      alarms++;
      if (row.toxic) hits++;
    });
    const precision = alarms === 0 ? 0 : hits / alarms;
    const recall = hits / positives;
    const f1 = hits === 0 ? 0 : (2 * precision * recall) / (precision + recall);
    console.log(`  ${judge}: F1 ${f1.toFixed(3)}`);
    console.log(`    precision ${share(hits, Math.max(1, alarms))}, recall ${share(hits, positives)}`);
  }
}

quality(
  "Jigsaw test (jigsaw_wiki_subset, split test; toxic vs not)",
  load("jigsaw_wiki_subset/jigsaw_subset.csv", (row) =>
    row.split === "test" ? { text: row.comment_text ?? "", toxic: row.toxic === "1" } : undefined,
  ),
);
quality(
  "Davidson (hate or offensive vs neither)",
  load("davidson/labeled_data.csv", (row) => ({ text: row.tweet ?? "", toxic: row.class !== "2" })),
);

const characters = airline.reduce((sum, row) => sum + row.text.length, 0);
const rates: number[] = [];
for (let round = 0; round < 5; round++) {
  const begun = performance.now();
  for (const row of airline) scoreText(row.text);
  rates.push((airline.length / (performance.now() - begun)) * 1000);
}
rates.sort((a, b) => a - b);
console.log(
  `\nSpeed on airline_tweets, one core, ${Math.round(characters / airline.length)} characters on average: ${Math.round(rates[2] ?? 0)} posts/s (median of 5 passes, ${Math.round(rates[0] ?? 0)}-${Math.round(rates[4] ?? 0)})`,
);
