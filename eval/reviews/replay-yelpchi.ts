import { conformalThreshold } from "../../models/reviews/train/fit-scorecard.ts";
import { hash32 } from "../../shared/scoring/hash.ts";
import { MINUTES_A_DAY } from "../../shared/scoring/review/review-facts.ts";
import { seeded } from "../metrics/seeded.ts";
import { fitTrees } from "./fit-trees.ts";
import { type Measures, measure } from "./measure.ts";
import { replayAll } from "./replayed.ts";
import { against, measureHeading, measureLine, shareText, three } from "./report.ts";
import { dayNumber, readYelpChi } from "./yelpchi.ts";

const day = (date: string): number => dayNumber(date) * MINUTES_A_DAY;
const TRAIN_FROM = day("2006-01-01");
/** The year that no choice and no weight was made on. */
export const EVALUATED_YEAR = 2011;
const CONFORMAL = 0.01;
/** Authors with as many earlier reviews are prolific. */
const PROLIFIC = 10;

export interface ReplayOptions {
  /** Evaluated; labels of half a year before it and earlier train, as the published anchors do. */
  readonly year: number;
  /** With the file's order within a day, which leaks labels. */
  readonly fileOrder: boolean;
  readonly rounds: number;
  readonly seed: number;
  readonly print: (line: string) => void;
}

/** Replays YelpChi and prints how the shipped scorecard and models fitted here rank and flag a year of it. */
export function replayYelpChi(data: string, { year, fileOrder, rounds, seed, print }: ReplayOptions): void {
  const trainUntil = day(`${year - 1}-07-01`);
  const evaluateFrom = day(`${year}-01-01`);
  const evaluateTo = day(`${year + 1}-01-01`);
  const replayed = replayAll(readYelpChi(data, fileOrder));
  const { rows, first, flagged, authorReviews } = replayed;
  const late = [...rows.keys()].filter((index) => {
    const at = rows[index]?.at ?? 0;
    return at >= evaluateFrom && at < evaluateTo;
  });
  const before = <T>(of: (index: number) => T): Set<T> =>
    new Set([...rows.keys()].filter((index) => (rows[index]?.at ?? 0) < evaluateFrom).map(of));
  const knownAuthors = before((index) => rows[index]?.user);
  const heldOut = (target: string): boolean => hash32(target, 29) % 5 === 0;
  const FUTURE = `past→future (${year})`;
  const splits: [name: string, indices: number[]][] = [
    [FUTURE, late],
    ["the same, authors never seen", late.filter((index) => !knownAuthors.has(rows[index]?.user))],
    ["targets that trained nothing (a fifth)", late.filter((index) => heldOut(rows[index]?.target ?? ""))],
    ["first reviews of their authors", late.filter((index) => first[index] === 1)],
  ];
  const random = seeded(seed);
  const permuted = Uint8Array.from(rows, ({ label }) => label ?? 0);
  for (let index = permuted.length - 1; index > 0; index--) {
    const other = Math.floor(random() * (index + 1));
    [permuted[index], permuted[other]] = [permuted[other] ?? 0, permuted[index] ?? 0];
  }
  const plan = { start: TRAIN_FROM, until: trainUntil };
  const HISTORY = "trees, with earlier labels of the target";
  const BLIND = "trees, with those, blind to who wrote it";
  const models: [name: string, scores: Float64Array][] = [
    ["one feature: fewest reviews so far", Float64Array.from(authorReviews, (count) => -count)],
    ["shipped scorecard, uncapped ranking", replayed.ranking],
    ["the same, families capped as in decisions", replayed.capped],
    ["the same without cold-start evidence", replayed.warm],
    ["trees, behaviour only", fitTrees(replayed, { ...plan, history: false })],
    [HISTORY, fitTrees(replayed, { ...plan, history: true })],
    [BLIND, fitTrees(replayed, { ...plan, history: true, blind: true })],
    ["trees, behaviour only, that fifth left out", fitTrees(replayed, { ...plan, history: false, without: heldOut })],
    [
      "control: trees on degrees only",
      fitTrees(replayed, { ...plan, history: false, columns: ["cold.author.reviews", "target.reviews"] }),
    ],
    ["control: trees on permuted labels", fitTrees(replayed, { ...plan, history: false, labels: permuted })],
  ];
  print(
    `\nYelpChi, ${rows.length.toLocaleString("en")} reviews replayed in time order, ${Math.round(replayed.perSecond).toLocaleString("en")} a second on one core (to reach: 5,000).`,
  );
  print(
    fileOrder
      ? "--file-order: the file lists the filtered reviews of a day last, and that order IS used here. Figures below show the leak only."
      : "Labels are the output of Yelp's own filter. Its file lists the filtered reviews of a day last; order within a day is not used.",
  );
  if (year < EVALUATED_YEAR)
    print(
      "The shipped weights were fitted on reviews up to 2010, so this year flatters the lines of the shipped scorecard.",
    );
  const found = new Map<string, Measures>();
  for (const [split, indices] of splits) {
    const positives = indices.filter((index) => rows[index]?.label === 1).length;
    print(
      `\n${measureHeading(`${split}: ${indices.length.toLocaleString("en")}, base ${three(positives / indices.length)}`)}`,
    );
    for (const [name, scores] of models) {
      const measured = measure(
        Float64Array.from(indices, (index) => scores[index] ?? 0),
        Uint8Array.from(indices, (index) => rows[index]?.label ?? 0),
        indices.map((index) => rows[index]?.user ?? ""),
        { rounds, seed },
      );
      found.set(`${split}/${name}`, measured);
      print(measureLine(name, measured));
    }
  }
  print("\nto reach");
  for (const [split, auc, ap] of [
    [FUTURE, 0.76, 0.32],
    ["the same, authors never seen", 0.68, 0.32],
  ] as const) {
    const best = found.get(`${split}/${HISTORY}`);
    if (best)
      print(
        `  ${split}: AUC ${three(best.auc)} ${against(best.auc, auc)}; AP ${three(best.ap)} ${against(best.ap, ap)}`,
      );
  }
  print(`\ncapped decisions, ${year}`);
  const groups: [name: string, keep: (index: number) => boolean][] = [
    ["all kept reviews", () => true],
    ["first-time authors", (index) => first[index] === 1],
    [`authors with ${PROLIFIC} earlier reviews or more`, (index) => (authorReviews[index] ?? 0) >= PROLIFIC],
    ["in between", (index) => first[index] === 0 && (authorReviews[index] ?? 0) < PROLIFIC],
    ["language none (all: the set has no texts)", () => true],
  ];
  const decide = (name: string, acted: (index: number) => boolean): void => {
    const decided = late.filter(acted);
    const right = decided.filter((index) => rows[index]?.label === 1).length;
    const fakes = late.filter((index) => rows[index]?.label === 1).length;
    print(`  ${name}: precision ${shareText(right, decided.length)}; found ${shareText(right, fakes)}`);
    print("    false flags (kept by Yelp, flagged here)");
    for (const [group, keep] of groups) {
      const kept = late.filter((index) => rows[index]?.label === 0 && keep(index));
      print(`      ${group.padEnd(42)} ${shareText(kept.filter(acted).length, kept.length)}`);
    }
  };
  decide("at the shipped threshold (two families, .5)", (index) => flagged[index] === 1);
  const calibration = [...rows.keys()].filter((index) => {
    const row = rows[index];
    return row?.label === 0 && row.at >= trainUntil && row.at < evaluateFrom;
  });
  const threshold = conformalThreshold(
    calibration.map((index) => replayed.capped[index] ?? 0),
    CONFORMAL,
  );
  decide(
    `what a queue would hold that takes the highest capped sums, threshold conformal at ${100 * CONFORMAL}% of the half year before`,
    (index) => (replayed.capped[index] ?? 0) > threshold,
  );
}
