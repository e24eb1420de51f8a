import { table } from "../../../cli/views/table.ts";
import type { LabelName } from "../../../shared/domain/label.ts";
import type { Interval } from "../../../shared/scoring/statistics.ts";
import { bootstrap } from "../../metrics/bootstrap.ts";
import { seeded } from "../../metrics/seeded.ts";
import { type Context, type Section, sample } from "../context.ts";
import { foundBy, judgeRows } from "../judge-rows.ts";
import { RESPELLINGS, type Respelling, respell } from "../respelling/respell.ts";
import type { Target } from "../targets.ts";
import { readBenign } from "./benign-section.ts";
import { percent } from "./numbers.ts";

const MOST_LOST = 0.05;
/** Short words are mostly grammar. */
const CONTENT_LETTERS = 4;
const BENIGN_ROWS = 3000;

const TOXIC: ReadonlySet<LabelName> = new Set<LabelName>([
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

type IsAsked = (word: string, start: number) => boolean;
const isContent: IsAsked = (word) => word.length >= CONTENT_LETTERS;

const sumOf = (values: Uint8Array): number => values.reduce((sum, one) => sum + one, 0);

interface Fall extends Interval {
  readonly before: number;
  readonly after: number;
  readonly fall: number;
}

/** Recall before and after, and the fall with its paired interval: both judged on the same resampled rows. */
function fallOf(before: Uint8Array, after: Uint8Array, rounds: number, seed: number): Fall {
  const fall = (weights?: Uint32Array): number => {
    let lost = 0;
    let all = 0;
    for (let row = 0; row < before.length; row++) {
      const weight = weights ? (weights[row] ?? 0) : 1;
      lost += weight * ((before[row] ?? 0) - (after[row] ?? 0));
      all += weight;
    }
    return lost / all;
  };
  const { interval } = bootstrap(before.length, { interval: fall }, { rounds, seed });
  return { before: sumOf(before) / before.length, after: sumOf(after) / after.length, fall: fall(), ...interval };
}

const points = (share: number): string => (100 * share).toFixed(1);

function benignRow({ engine, progress, seed }: Context, name: string, texts: readonly string[], spelling: Respelling) {
  const random = seeded(seed);
  const respelled = texts.map((text) => respell(text, spelling, random, isContent));
  return judgeRows(engine, respelled, { progress, name: `${name}, harmless` });
}

/**
 * Toxic posts respelled by us: how much of them is still found. Once the words are respelled that the engine itself names
 * as its evidence (what an attacker would do), once every word of four letters or more.
 */
export const respellingSection: Section = (context) => {
  const { engine, progress, rounds, seed, most, neverTrained, data } = context;
  progress.print(
    "\nRESPELLING: recall at the shipped threshold of toxicity before and after, in points; fall with its paired interval",
  );
  const jigsaw = neverTrained.sets.find(({ name }) => name === "jigsaw_wiki_subset");
  if (jigsaw === undefined) return [];
  const toxic = sample(
    jigsaw.rows.filter(({ truth }) => truth.toxicity === 1),
    most,
    seed,
  ).map(({ text }) => text);
  const benign = sample(readBenign(data).airline_tweets ?? [], Math.min(BENIGN_ROWS, most), seed);
  const threshold = engine.thresholdOf("toxicity");
  const found = (texts: readonly string[], name: string): Uint8Array =>
    foundBy(judgeRows(engine, texts, { progress, name }), "toxicity", threshold);
  const before = found(toxic, "as written");
  const evidence = toxic.map((text): IsAsked => {
    const spans = engine.judge(text).spans.filter(({ label }) => TOXIC.has(label));
    return (word, start) => spans.some(({ span: [from, to] }) => start < to && from < start + word.length);
  });
  const actedBefore = judgeRows(engine, benign, { progress, name: "harmless, as written" });
  const benignBefore = sumOf(foundBy(actedBefore, "toxicity", threshold));
  progress.print(
    `  ${toxic.length} toxic rows of the Jigsaw test, ${benign.length} airline tweets (as written ${percent(benignBefore / benign.length)} toxic, ${percent(sumOf(actedBefore.acted) / benign.length)} acted on)`,
  );
  const targets: Target[] = [];
  const lines = Object.entries(RESPELLINGS).map(([name, spelling]) => {
    const random = seeded(seed);
    const own = toxic.map((text, row) => respell(text, spelling, random, evidence[row] ?? isContent));
    const all = toxic.map((text) => respell(text, spelling, random, isContent));
    const worst = fallOf(before, found(own, name), rounds, seed);
    const every = fallOf(before, found(all, name), rounds, seed);
    const harmless = benignRow(context, name, benign, spelling);
    targets.push({
      name: `respelled evidence, ${name}: fall of recall`,
      wanted: { most: MOST_LOST },
      measured: { value: worst.fall, low: worst.low, high: worst.high },
      unit: "share",
    });
    const shown = ({ before: was, after, fall, low, high }: Fall): string =>
      `${points(was)} → ${points(after)}: ${points(fall)} [${points(low)} ${points(high)}]`;
    return [
      name,
      shown(worst),
      shown(every),
      percent(sumOf(foundBy(harmless, "toxicity", threshold)) / benign.length),
      percent(sumOf(harmless.acted) / benign.length),
    ];
  });
  const head = ["respelling", "the engine's evidence", "every content word", "harmless: toxic", "harmless: acted on"];
  for (const line of table(head, lines)) progress.print(`    ${line}`);
  return targets;
};
