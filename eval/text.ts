import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import type { LabelName } from "../shared/domain/label.ts";
import { type Score, type Scorer, strongestFirst } from "../shared/scoring/score.ts";
import { wilson } from "../shared/scoring/statistics.ts";
import { loadLexicon } from "../shared/scoring/text/load-lexicon.ts";
import { createPostScorer, type PostInput } from "../shared/scoring/text/score-post.ts";
import { readCsv } from "./read-csv.ts";

// First honest figures of the lexicon scorer. Nothing is trained here; the sets are read from outside the project.

interface Row {
  readonly text: string;
  /** Whether the set's people said that it is what is looked for. */
  readonly positive?: boolean;
}

const NOT_FLAGGING: ReadonlySet<LabelName> = new Set(["low_substance", "unsupported_media"]);
/** What the toxicity sets call toxic or offensive; links, spam and personal data are not part of it. */
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
const PROMOTING: ReadonlySet<LabelName> = new Set(["spam", "scam", "unsafe_link", "illicit"]);

type Judge = (row: Row) => boolean;
const labelled =
  (among: ReadonlySet<LabelName>, severity: number): Judge =>
  (row) =>
    scoreText(row.text).labels.some((label) => label.severity >= severity && among.has(label.label));

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

/** Milliseconds of this thread's own processor time: what else the machine does is not counted. */
const timeOf = (work: () => void): number => {
  const begun = process.threadCpuUsage();
  work();
  const { user, system } = process.threadCpuUsage(begun);
  return (user + system) / 1000;
};

const started = process.threadCpuUsage();
const lexicon = loadLexicon(new URL("../models/text", import.meta.url));
const loaded = process.threadCpuUsage(started);
const loadTime = (loaded.user + loaded.system) / 1000;
const score: Scorer<PostInput> = createPostScorer(lexicon);
const scoreText = (text: string): Score => score({ text, media: 0, audience: "general", visibility: "public" });

const percent = (value: number): string => `${(value * 100).toFixed(2)}%`;
const share = (part: number, whole: number): string => {
  if (whole === 0) return "none found";
  const { low, high } = wilson(part, whole);
  return `${percent(part / whole)} (${part}/${whole}, 95% ${percent(low)}-${percent(high)})`;
};

console.log(
  `lexicon ${lexicon.version}: ${lexicon.words.size} word forms, ${countPatterns()} phrases, loaded in ${loadTime.toFixed(1)} ms of processor time`,
);

function countPatterns(): number {
  return new Set([...lexicon.patterns.values()].flat()).size;
}

// The baselines that such a scorer must beat: its own single words, looked for as they stand, no reading, no phrases.
const baselineWords = [...lexicon.words]
  .filter(([, entry]) => TOXIC.has(entry.label as LabelName))
  .map(([word]) => word);
const asSubstrings = (text: string): boolean => {
  const lower = text.toLowerCase();
  return baselineWords.some((word) => lower.includes(word));
};
const wholeWords = new Set(baselineWords);
const asWholeWords = (text: string): boolean =>
  (text.toLowerCase().match(/[a-z0-9]+/g) ?? []).some((word) => wholeWords.has(word));

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
  const strongest = [...byLabel].sort((a, b) => b[1] - a[1]).map(([label, of]) => `${label} ${of}`);
  console.log(`  ${name}: ${share(count, rows.length)}; by strongest label: ${strongest.join(", ") || "none"}`);
  console.log(`    baseline, whole words: ${share(rows.filter((row) => asWholeWords(row.text)).length, rows.length)}`);
  console.log(`    baseline, substrings: ${share(rows.filter((row) => asSubstrings(row.text)).length, rows.length)}`);
}

function quality(name: string, rows: readonly Row[], judges: Readonly<Record<string, Judge>>): void {
  const positives = rows.filter((row) => row.positive).length;
  console.log(`\n${name}: ${rows.length} rows, ${positives} positive`);
  for (const [judge, finds] of Object.entries(judges)) {
    const found = rows.filter(finds);
    const hits = found.filter((row) => row.positive).length;
    const f1 = (2 * hits) / (found.length + positives);
    console.log(`  ${judge}: F1 ${f1.toFixed(3)}`);
    console.log(`    precision ${share(hits, found.length)}, recall ${share(hits, positives)}`);
  }
}

const toxicity: Readonly<Record<string, Judge>> = {
  "a toxic label of severity >= 1": labelled(TOXIC, 1),
  "a toxic label of severity >= 2": labelled(TOXIC, 2),
  "a toxic label of severity >= 3 (flagged)": labelled(TOXIC, 3),
  "baseline, whole words": (row) => asWholeWords(row.text),
  "baseline, substrings": (row) => asSubstrings(row.text),
};
const JIGSAW = "jigsaw_wiki_subset/jigsaw_subset.csv";
const jigsawTest = (column: string): Row[] =>
  load(JIGSAW, (row) =>
    row.split === "test" ? { text: row.comment_text ?? "", positive: row[column] === "1" } : undefined,
  );
quality("Jigsaw test (jigsaw_wiki_subset, split test; toxic vs not)", jigsawTest("toxic"), toxicity);
quality("Jigsaw test, insult vs not", jigsawTest("insult"), {
  "insult or harassment of severity >= 3": labelled(new Set(["insult", "harassment"]), 3),
});
quality("Jigsaw test, threat vs not", jigsawTest("threat"), {
  "threat, harassment or self_harm of severity >= 4": labelled(new Set(["threat", "harassment", "self_harm"]), 4),
});
quality(
  "Davidson (hate or offensive vs neither; words were added from it, so this is no held-out figure)",
  load("davidson/labeled_data.csv", (row) => ({ text: row.tweet ?? "", positive: row.class !== "2" })),
  toxicity,
);
const promotion: Readonly<Record<string, Judge>> = {
  "spam, scam, unsafe_link or illicit of severity >= 3": labelled(PROMOTING, 3),
};
quality(
  "YouTube comments, the video kept aside (Shakira; spam vs not)",
  load("youtube_spam/Youtube05-Shakira.csv", (row) => ({ text: row.CONTENT ?? "", positive: row.CLASS === "1" })),
  promotion,
);
quality(
  "SMS spam collection (phrases were written with it in view, so this is no held-out figure)",
  readFileSync(join(data, "sms_spam_collection/SMSSpamCollection.tsv"), "utf8")
    .split("\n")
    .filter((line) => line.includes("\t"))
    .map((line) => ({ text: line.slice(line.indexOf("\t") + 1), positive: line.startsWith("spam") })),
  promotion,
);

quality(
  "Phishing addresses (phish_urls_esdaung, balanced; never opened)",
  load("phish_urls_esdaung/bal_20000.csv", (row) => ({ text: row.URLs ?? "", positive: row.Labels === "1" })),
  { "unsafe_link of severity >= 3": labelled(new Set(["unsafe_link"]), 3) },
);
quality(
  "Suicidal intention on Twitter (twitter_suicidal_intention; noisy labels, no licence stated)",
  load("twitter_suicidal_intention/twitter-suicidal_data.csv", (row) => ({
    text: row.tweet ?? "",
    positive: row.intention === "1",
  })),
  { "self_harm of severity >= 3": labelled(new Set(["self_harm"]), 3) },
);
const identity = load("wiki_bias_eval/bias_madlibs_77k.csv", (row) => ({
  text: row.Text ?? "",
  positive: row.Label === "BAD",
}));
quality("Identity terms in templates (wiki_bias_eval madlibs; BAD vs NOT_BAD)", identity, {
  "a toxic label of severity >= 3 (flagged)": labelled(TOXIC, 3),
  "a hate label of any severity": labelled(new Set(["hate"]), 1),
});

const characters = airline.reduce((sum, row) => sum + row.text.length, 0);
const rates: number[] = [];
for (let round = 0; round < 5; round++) {
  const time = timeOf(() => {
    for (const row of airline) scoreText(row.text);
  });
  rates.push((airline.length / time) * 1000);
}
rates.sort((a, b) => a - b);
console.log(
  `\nSpeed on airline_tweets, per second of one core's time, ${Math.round(characters / airline.length)} characters on average: ${Math.round(rates[2] ?? 0)} posts/s (median of 5 passes, ${Math.round(rates[0] ?? 0)}-${Math.round(rates[4] ?? 0)})`,
);
