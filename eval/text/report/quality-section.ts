import { table } from "../../../cli/views/table.ts";
import type { Head } from "../../../models/text/data/labelled-text.ts";
import { rank, rocAuc } from "../../metrics/ranking.ts";
import { type Confusion, confusion, f1, precision, recall } from "../../metrics/threshold.ts";
import { type Context, type Section, sample } from "../context.ts";
import { foundBy, type Judged, judgeRows } from "../judge-rows.ts";
import { trainNaiveBayes } from "../peers/naive-bayes.ts";
import { type Quality, qualityOf } from "../quality.ts";
import type { EvaluationRow, EvaluationSet } from "../sets/evaluation-set.ts";
import type { Target } from "../targets.ts";
import { decimal, grouped, shareOf, withInterval } from "./numbers.ts";

/** The set whose figures the project's targets speak of. */
const JIGSAW = "jigsaw_wiki_subset";
const LEAST_AUC: readonly (readonly [Head, number])[] = [
  ["toxicity", 0.975],
  ["threat", 0.975],
  ["insult", 0.93],
  ["profanity", 0.945],
  ["hate", 0.965],
];
/** Jigsaw's name for a label, where it has another. */
const JIGSAW_NAME: Partial<Record<Head, string>> = {
  toxicity: "toxic",
  profanity: "obscene",
  hate: "identity_hate",
  harassment: "severe_toxic against not toxic",
};
/** Fewer rows of a class say nothing. */
const FEWEST = 10;

const truthOf = (rows: readonly EvaluationRow[], head: Head): Uint8Array =>
  Uint8Array.from(rows, ({ truth }) => truth[head] ?? 0);

interface Measured {
  readonly head: Head;
  readonly quality: Quality;
  /** ROC AUC of naive Bayes on the same rows. */
  readonly floor: number;
}

function measure(
  { engine, progress, rounds, seed }: Context,
  set: EvaluationSet,
  rows: readonly EvaluationRow[],
  judged: Judged,
  floors: ReadonlyMap<Head, (text: string) => number>,
): Measured[] {
  return engine.heads.flatMap((head): Measured[] => {
    const places = [...rows.keys()].filter((row) => rows[row]?.truth[head] !== undefined);
    const asked = places.flatMap((row) => rows[row] ?? []);
    const truth = truthOf(asked, head);
    const positives = truth.reduce((sum, one) => sum + one, 0);
    if (positives < FEWEST) return [];
    const all = judged.likelihoods.get(head);
    const likelihoods = Float64Array.from(places, (row) => all?.[row] ?? 0);
    const onRound = (share: number): void => progress.show(`${set.name}, ${head}: resampling`, share);
    const quality = qualityOf(likelihoods, truth, engine.thresholdOf(head), { rounds, seed, onRound });
    const floor = floors.get(head);
    const scores = Float64Array.from(asked, ({ text }) => floor?.(text) ?? 0);
    return [{ head, quality, floor: floor ? rocAuc(rank(scores, truth)) : Number.NaN }];
  });
}

const yesNo = (counts: Confusion): string[] => [
  decimal(f1(counts)),
  decimal(precision(counts)),
  decimal(recall(counts)),
];

function printFilters({ engine, filters, progress }: Context, rows: readonly EvaluationRow[], judged: Judged): void {
  const places = [...rows.keys()].filter((row) => rows[row]?.truth.toxicity !== undefined);
  const asked = places.flatMap((row) => rows[row] ?? []);
  const truth = truthOf(asked, "toxicity");
  const line = (name: string, found: Uint8Array): string[] => {
    const flagged = found.reduce((sum, one) => sum + one, 0);
    return [name, ...yesNo(confusion(found, truth)), shareOf(flagged, found.length)];
  };
  const threshold = engine.thresholdOf("toxicity");
  const toxic = foundBy(judged, "toxicity", threshold);
  const lines = [
    line(
      `touchstone, toxicity ≥ ${decimal(threshold)}`,
      Uint8Array.from(places, (row) => toxic[row] ?? 0),
    ),
    line(
      "touchstone, acted on by the policy",
      Uint8Array.from(places, (row) => judged.acted[row] ?? 0),
    ),
    ...filters.map(({ name, flags }, index) => {
      progress.show(`${name}: judging`, index / filters.length);
      return line(
        `${name}, any hit`,
        Uint8Array.from(asked, ({ text }) => (flags(text) ? 1 : 0)),
      );
    }),
  ];
  const head = ["is it toxic?", "F1", "precision", "recall", "flags"];
  for (const text of table(head, lines)) progress.print(`    ${text}`);
}

function printMeasured({ engine, progress }: Context, set: EvaluationSet, measured: readonly Measured[]): void {
  const nameOf = (head: Head): string =>
    set.name === JIGSAW && JIGSAW_NAME[head] !== undefined ? `${head} (${JIGSAW_NAME[head]})` : head;
  const heading = [
    "label",
    "rows",
    "positive",
    "ROC AUC",
    "floor",
    "average precision",
    "F1 at threshold",
    "precision",
    "recall",
    "ECE",
    "by width",
    "Brier",
  ];
  const lines = measured.map(({ head, floor, quality: it }) => [
    nameOf(head),
    grouped(it.rows),
    grouped(it.positives),
    withInterval(it.auc.value, it.auc),
    decimal(floor),
    withInterval(it.averagePrecision.value, it.averagePrecision),
    `${withInterval(it.f1.value, it.f1)} at ${decimal(engine.thresholdOf(head), 2)}`,
    decimal(precision(it.atThreshold)),
    decimal(recall(it.atThreshold)),
    withInterval(it.calibrationError.value, it.calibrationError),
    decimal(it.calibrationErrorByWidth),
    decimal(it.brier),
  ]);
  for (const text of table(heading, lines)) progress.print(`    ${text}`);
}

function targetsOf(measured: readonly Measured[]): Target[] {
  const of = (head: Head): Quality | undefined => measured.find((one) => one.head === head)?.quality;
  const auc = LEAST_AUC.flatMap(([head, least]): Target[] => {
    const quality = of(head);
    const name = `Jigsaw test, ${JIGSAW_NAME[head] ?? head}: ROC AUC`;
    return quality ? [{ name, wanted: { least }, measured: quality.auc }] : [];
  });
  const toxic = of("toxicity");
  if (toxic === undefined) return auc;
  return [
    ...auc,
    { name: "Jigsaw test, toxic: F1 at the shipped threshold", wanted: { least: 0.88 }, measured: toxic.f1 },
    { name: "Jigsaw test, toxic: ECE", wanted: { most: 0.03 }, measured: toxic.calibrationError },
  ];
}

/** Every labelled set and label: how well likelihoods rank, decide and tell how sure they are, beside the filters. */
export const qualitySection: Section = (context) => {
  const { neverTrained, engine, most, seed, progress } = context;
  progress.print("\nQUALITY on rows that nothing was fitted to (95% bootstrap intervals)");
  progress.print(
    "  floor: ROC AUC of naive Bayes on words, fitted to the same training rows. ECE over 15 bins of equal mass.",
  );
  progress.show("fitting the floor", 0);
  const floors = trainNaiveBayes(neverTrained.fitted, engine.heads);
  const targets: Target[] = [];
  for (const set of neverTrained.sets) {
    const rows = sample(set.rows, most, seed);
    const judged = judgeRows(
      engine,
      rows.map(({ text }) => text),
      { progress, name: set.name },
    );
    const measured = measure(context, set, rows, judged, floors);
    const dropped = neverTrained.dropped.get(set.name);
    progress.print(
      `\n  ${set.name} (${set.use}${dropped ? `; ${dropped} rows dropped: fitted to` : ""})${set.note ? `: ${set.note}` : ""}`,
    );
    printMeasured(context, set, measured);
    const toxic = measured.find(({ head }) => head === "toxicity")?.quality;
    if (toxic && toxic.rows - toxic.positives >= FEWEST) printFilters(context, rows, judged);
    if (set.name === JIGSAW) targets.push(...targetsOf(measured));
  }
  return targets;
};
