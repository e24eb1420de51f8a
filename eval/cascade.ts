// How much of the traffic the cascade would ask Comprehend about, what that costs, and how many of the embedded tier's
// mistakes lie where it asks. Nothing is sent anywhere: a stand-in counts the calls that the adapter makes.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import type { Analyzer, Invocation, JudgedText, TextItem } from "../shared/analyzers/analyzer.ts";
import { cascade } from "../shared/analyzers/cascade.ts";
import { openCaller } from "../shared/analyzers/comprehend/caller.ts";
import { comprehendAnalyzer } from "../shared/analyzers/comprehend/comprehend-analyzer.ts";
import type { ComprehendApi } from "../shared/analyzers/comprehend/comprehend-api.ts";
import { charactersOf, UNIT_DOLLARS, unitsOf } from "../shared/analyzers/comprehend/cost.ts";
import { comprehendKnows, comprehendSeverity } from "../shared/analyzers/comprehend/labels.ts";
import { embeddedAnalyzer } from "../shared/analyzers/embedded-analyzer.ts";
import type { Counted, Meter } from "../shared/analyzers/meter.ts";
import { type Band, parseBand } from "../shared/domain/band.ts";
import { builtInPolicies } from "../shared/policy/compiled-policies.ts";
import { factsOfFindings } from "../shared/policy/policy-facts.ts";
import { wilson } from "../shared/scoring/statistics.ts";
import { readCsv } from "./read-csv.ts";
import { shippedEngine } from "./text/engine.ts";

interface Row {
  readonly text: string;
  /** Whether the set's people called it toxic; undefined where nobody was asked. */
  readonly toxic?: boolean;
}

const BANDS = ["0.45-0.7", "0.4-0.75", "0.35-0.65", "0.3-0.8", "0.2-0.9", "0.5-0.8"];
const MILLION = 1_000_000;

/** Answers every call as quickly as nothing does: what it says changes no figure here. */
const standIn: ComprehendApi = {
  toxicity: async (texts) => ({ ResultList: texts.map(() => ({ Labels: [], Toxicity: 0 })) }),
  personalData: async () => ({ Entities: [] }),
  language: async () => ({ Languages: [{ LanguageCode: "en", Score: 0.99 }] }),
};

const engine = shippedEngine();
const itemOf = (text: string, conversation = "0"): TextItem => ({
  input: { text, media: 0, audience: "general", visibility: "public" },
  conversation,
  createdAt: "",
  mayLeave: true,
});
const factsWith: JudgedText["factsWith"] = ({ labels, features }) => factsOfFindings(labels, { features });
const UNHURRIED: Invocation = { remainingMs: () => 60_000 };

const embedded = embeddedAnalyzer(engine.scoring);

/** The embedded tier's word on a row, said once for all bands. */
const answerOf = async (text: string): ReturnType<Analyzer> => {
  const analysis = await embedded(itemOf(text), UNHURRIED);
  const likelihoods = analysis.likelihoods();
  return { ...analysis, likelihoods: () => likelihoods };
};

function counting() {
  const counts = new Map<Counted, number>();
  const meter: Meter = {
    count: (what, by = 1) => void counts.set(what, (counts.get(what) ?? 0) + by),
    failed: (call, reason) => {
      throw new Error(`the stand-in failed: ${call} ${reason}`);
    },
  };
  return { meter, of: (what: Counted) => counts.get(what) ?? 0 };
}

/** Whether each row is asked about within the band, and the cost of it: every text in requests of its own. */
async function askAbout(answers: readonly Awaited<ReturnType<Analyzer>>[], rows: readonly Row[], band: Band) {
  const { meter, of } = counting();
  const call = openCaller(
    {
      circuit: { failures: 1, openMs: 1, longestOpenMs: 1, probeMs: 1 },
      retries: 0,
      attemptMs: 60_000,
      reserveMs: 0,
      backoffMs: 0,
    },
    { meter, now: () => 0, sleep: async () => {}, random: () => 0 },
  );
  const asked = new Uint8Array(rows.length);
  const second = comprehendAnalyzer(standIn, call, { lingerMs: 0 });
  for (const [index, { text }] of rows.entries()) {
    const answer = answers[index];
    if (!answer) continue;
    const analyze = cascade({
      first: async () => answer,
      second: (...question) => {
        asked[index] = 1;
        return second(...question);
      },
      known: comprehendKnows,
      severityOf: comprehendSeverity,
      band,
      meter,
    });
    await analyze({ ...itemOf(text, String(index)), policies: builtInPolicies, factsWith }, UNHURRIED);
  }
  return { asked, requests: of("ComprehendRequests"), units: of("ComprehendUnits") };
}

const percent = (value: number): string => `${(value * 100).toFixed(2)}%`;

async function report(name: string, rows: readonly Row[]): Promise<void> {
  const answers = await Promise.all(rows.map(({ text }) => answerOf(text)));
  const wrong = rows.map(({ text, toxic }) => toxic !== undefined && (engine.judge(text).action !== "allow") !== toxic);
  const mistakes = wrong.filter(Boolean).length;
  const lines = [];
  for (const written of BANDS) {
    const { asked, requests, units } = await askAbout(answers, rows, parseBand(written));
    const count = asked.reduce((sum, one) => sum + one, 0);
    const { low, high } = wilson(count, rows.length);
    const inside = wrong.filter((isWrong, index) => isWrong && asked[index] === 1).length;
    lines.push({
      band: written,
      "asked about": percent(count / rows.length),
      "95% interval": `${percent(low)} to ${percent(high)}`,
      "requests per 1,000": ((requests / rows.length) * 1_000).toFixed(1),
      "$ per million posts": ((units / rows.length) * UNIT_DOLLARS * MILLION).toFixed(2),
      "mistakes inside": mistakes === 0 ? "-" : `${inside} of ${mistakes}`,
    });
  }
  const all = rows.reduce((sum, { text }) => sum + unitsOf(charactersOf(text)), 0);
  const dollars = ((all / rows.length) * UNIT_DOLLARS * MILLION).toFixed(2);
  console.log(`\n${name}: ${rows.length} texts; toxicity of every one, asked alone, would be $${dollars} a million`);
  console.table(lines);
}

const { values } = parseArgs({ options: { data: { type: "string" } } });
if (values.data === undefined || !existsSync(values.data)) {
  console.error("usage: node eval/cascade.ts --data ../shared/data");
  process.exit(2);
}
const fieldsOf = (file: string) => readCsv(readFileSync(join(values.data ?? "", file), "utf8"));

const airline = fieldsOf("airline_tweets/Tweets.csv").flatMap(({ text = "" }): Row[] =>
  text.trim() ? [{ text }] : [],
);
const jigsaw = fieldsOf("jigsaw_wiki_subset/jigsaw_subset.csv").flatMap(
  ({ comment_text: text = "", toxic, split }): Row[] =>
    split === "test" && text.trim() ? [{ text, toxic: toxic === "1" }] : [],
);
console.log(
  `${engine.describe}; $${UNIT_DOLLARS} a unit of 100 characters, 3 a request at least; nothing shares a request`,
);
await report("airline_tweets, angry customers (nothing here is to be flagged)", airline);
await report("jigsaw_wiki_subset, its test rows (half toxic: far more in question than in traffic)", jigsaw);
