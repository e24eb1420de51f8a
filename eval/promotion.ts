import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { loadLexicon } from "../shared/scoring/text/load-lexicon.ts";
import { createPostScorer } from "../shared/scoring/text/score-post.ts";
import { bootstrap } from "./metrics/bootstrap.ts";
import { rank, rocAuc, type Weights } from "./metrics/ranking.ts";
import { readCsv } from "./read-csv.ts";

// How well the hand-set points of promotion tell comment spam from comments: `promotion` alone, without the trained
// model. The points were set on the first four videos; the fifth was not looked at.

const { values } = parseArgs({ options: { data: { type: "string" } } });
if (values.data === undefined || !existsSync(values.data)) {
  console.error("usage: node eval/promotion.ts --data ../shared/data");
  process.exit(2);
}
const { data } = values;
const rows = (file: string): Record<string, string>[] => readCsv(readFileSync(join(data, file), "utf8"));
const ENTITIES: Readonly<Record<string, string>> = {
  "&#39;": "'",
  "&quot;": '"',
  "&lt;": "<",
  "&gt;": ">",
  "&amp;": "&",
};
const unescaped = (text: string): string =>
  text.replaceAll(/&(?:#39|quot|lt|gt|amp);/g, (entity) => ENTITIES[entity] ?? "");

const scorer = createPostScorer({ lexicon: loadLexicon(new URL("../models/text/", import.meta.url)) });
const promotionOf = (text: string): number =>
  scorer({ text, media: 0, audience: "general", visibility: "public" }).features.promotion ?? 0;

const METHODS: Readonly<Record<string, (text: string) => number>> = {
  promotion: promotionOf,
  "a link, subscribe, or check out": (text) => (/https?:|www\.|subscribe|check out/i.test(text) ? 1 : 0),
};
const FLAGGED = 0.5;

for (const name of ["01-Psy", "02-KatyPerry", "03-LMFAO", "04-Eminem", "05-Shakira"]) {
  const comments = rows(`youtube_spam/Youtube${name}.csv`).filter(({ CONTENT }) => CONTENT !== undefined);
  const truth = Uint8Array.from(comments, ({ CLASS }) => (CLASS === "1" ? 1 : 0));
  console.log(`\n${name}${name.startsWith("05") ? " (not looked at)" : ""}: ${comments.length} comments`);
  for (const [method, score] of Object.entries(METHODS)) {
    const scores = Float64Array.from(comments, ({ CONTENT = "" }) => score(unescaped(CONTENT)));
    const ranked = rank(scores, truth);
    const share = (wanted: 0 | 1, weights?: Weights): number => {
      let all = 0;
      let over = 0;
      for (let row = 0; row < scores.length; row++) {
        if (truth[row] !== wanted) continue;
        const weight = weights ? (weights[row] ?? 0) : 1;
        all += weight;
        if ((scores[row] ?? 0) >= FLAGGED) over += weight;
      }
      return over / all;
    };
    const figures: Record<string, (weights?: Weights) => number> = {
      "ROC AUC": (weights) => rocAuc(ranked, weights),
      recall: (weights) => share(1, weights),
      "honest comments flagged": (weights) => share(0, weights),
    };
    const intervals = bootstrap(scores.length, figures, { seed: 5, rounds: 500 });
    const lines = Object.entries(figures).map(([figure, of]) => {
      const { low = Number.NaN, high = Number.NaN } = intervals[figure] ?? {};
      return `${figure} ${of().toFixed(3)} [${low.toFixed(3)}, ${high.toFixed(3)}]`;
    });
    console.log(`  ${method.padEnd(32)} ${lines.join(", ")}`);
  }
}

console.log("\nbenign load, flagged:");
for (const [name, texts] of [
  ["airline_tweets", rows("airline_tweets/Tweets.csv").flatMap(({ text }) => text ?? [])],
  ["ibm_customer_care", rows("ibm_customer_care/turns.csv").flatMap(({ message }) => message ?? [])],
] as const) {
  for (const [method, score] of Object.entries(METHODS)) {
    const flagged = texts.filter((text) => score(text) >= FLAGGED).length;
    console.log(`  ${name} ${method}: ${flagged} of ${texts.length} (${((flagged / texts.length) * 100).toFixed(2)}%)`);
  }
}
