import weights from "../../models/profiles/weights.json" with { type: "json" };
import { SUSPICIOUS_FROM } from "../../shared/domain/suspicious-from.ts";
import type { Profile } from "../../shared/scoring/audience/profile-features.ts";
import { profileModel } from "../../shared/scoring/audience/profile-model.ts";
import { scoreProfile } from "../../shared/scoring/audience/profile-score.ts";
import { seeded } from "../metrics/seeded.ts";
import { decimal, grouped, shareOf, withInterval } from "../text/report/numbers.ts";
import { calibrationLines } from "./calibration.ts";
import { crossFitted, fittedOn, type Scorer, withoutGroup } from "./folds.ts";
import { aucOf, bestColumn, qualityOf } from "./measure.ts";
import { qualityLines } from "./quality-of-test.ts";
import { type LabelledProfile, type ProfileSet, readProfileSets } from "./sets.ts";

const NAME = 46;
const CELL = 22;

const shipped: Scorer = (rows) =>
  Float64Array.from(rows, ({ profile, seenAt }) => scoreProfile(profile, seenAt).probability);

/** Trees that say nothing leave the points. */
const handSet = profileModel({ ...weights, leaf: weights.leaf.map(() => 0), gain: weights.gain.map(() => 0) });
const pointsAlone: Scorer = (rows) =>
  Float64Array.from(rows, ({ profile, seenAt }) => handSet.evidence(profile, seenAt).evidence);

function line(name: string, scores: Float64Array, rows: readonly LabelledProfile[]): string {
  const { auc, ap } = qualityOf(scores, rows);
  return `  ${name.padEnd(NAME)}${withInterval(auc.value, auc).padEnd(CELL)}${withInterval(ap.value, ap)}`;
}

const heading = (what: string): string => `\n${what.padEnd(NAME + 2)}${"AUC".padEnd(CELL)}AP`;

/** A single column beside every figure: as good as it can be on these very rows. */
function columnLine(rows: readonly LabelledProfile[]): string {
  const { name, score } = bestColumn(rows);
  return line(`  best single column: ${name}`, score(rows), rows);
}

/** The set as platforms of pictures would give it. */
const PICTURE_PLATFORM: ReadonlySet<string> = new Set([
  "followers",
  "following",
  "statuses",
  "bioLength",
  "handleDigits",
  "handleLength",
  "defaultImage",
  "private",
  "hasUrl",
]);

const only = (rows: readonly LabelledProfile[], has: (fact: string) => boolean): LabelledProfile[] =>
  rows.map((row) => ({
    ...row,
    profile: Object.fromEntries(Object.entries(row.profile).filter(([fact]) => has(fact))) as Profile,
  }));

const SUBSETS = 20;
const SUBSET_FACTS = [
  "followers",
  "following",
  "statuses",
  "favourites",
  "listed",
  "createdAt",
  "bioLength",
  "handleDigits",
  "defaultImage",
  "defaultProfile",
  "verified",
  "hasUrl",
];

/** AUCs of the shipped weights where only some columns of a set are known, each fact with even chance, lowest first. */
function subsetAucs(rows: readonly LabelledProfile[]): number[] {
  const random = seeded(11);
  return Array.from({ length: SUBSETS }, () => {
    const known = new Set(SUBSET_FACTS.filter(() => random() < 0.5));
    known.add("handleLength");
    known.add(random() < 0.5 ? "followers" : "statuses");
    const some = only(rows, (fact) => known.has(fact));
    return aucOf(shipped(some), some);
  }).sort((a, b) => a - b);
}

function* setLines(sets: readonly ProfileSet[]): Generator<string> {
  const train = sets.filter(({ use }) => use === "train");
  yield heading("Within a source: five folds, no twins apart");
  for (const set of sets) {
    const others = train.filter((other) => other !== set);
    yield `${set.name}: ${set.about}; ${grouped(set.rows.length)} profiles`;
    yield line("its folds held out", crossFitted(set.rows, []), set.rows);
    if (set.use === "train")
      yield line("its folds held out, the other set beside", crossFitted(set.rows, others), set.rows);
    yield columnLine(set.rows);
    const campaigns = new Set(set.rows.filter(({ fake }) => fake).map(({ group }) => group));
    for (const campaign of set.use === "train" && campaigns.size > 1 ? campaigns : []) {
      const { rows, scores } = withoutGroup(set.rows, campaign, others);
      yield line(`${campaign}, a campaign never seen`, scores, rows);
      yield columnLine(rows);
    }
  }
  yield heading("Shipped weights on sets that trained nothing");
  for (const set of sets.filter(({ use }) => use !== "train")) {
    yield `${set.name} (${set.use}): ${set.about}; ${grouped(set.rows.length)} profiles`;
    yield line("shipped", shipped(set.rows), set.rows);
    yield columnLine(set.rows);
    for (const group of set.name === "gilani2017" ? new Set(set.rows.map((row) => row.group)) : []) {
      const band = set.rows.filter((row) => row.group === group);
      yield line(`  about ${group} followers`, shipped(band), band);
    }
  }
}

function* transferLines(sets: readonly ProfileSet[]): Generator<string> {
  const train = sets.filter(({ use }) => use === "train");
  yield "\nTransfer, AUC: the model of one source (a line) on another (a column); below it the single column best there";
  yield `  ${"".padEnd(NAME)}${sets.map(({ name }) => name.padEnd(14)).join("")}`;
  const row = (name: string, score: Scorer, seen: readonly ProfileSet[]): string =>
    `  ${name.padEnd(NAME)}${sets
      .map((set) => (seen.includes(set) ? "(seen)" : decimal(aucOf(score(set.rows), set.rows))).padEnd(14))
      .join("")}`;
  for (const seen of [...train.map((set) => [set]), train]) {
    const rows = seen.flatMap((set) => set.rows);
    const column = bestColumn(rows, ["creation date"]);
    yield row(seen.map(({ name }) => name).join(" + "), fittedOn(seen), seen);
    yield row(`  ${column.name} alone`, column.score, seen);
  }
  yield row("points set by hand, no training", pointsAlone, []);
  yield "  leaving one out of all five, for the choice of the model's shape only (does not ship)";
  yield row(
    "all others",
    (rows) => {
      const left = sets.find((set) => set.rows === rows);
      return fittedOn(sets.filter((set) => set !== left))(rows);
    },
    [],
  );
}

function* subsetLines(sets: readonly ProfileSet[]): Generator<string> {
  yield "\nWith fewer facts, AUC of the shipped weights (sets marked * trained them)";
  for (const { name, use, rows } of sets) {
    if (name === "gilani2017") continue;
    const picture = only(rows, (fact) => PICTURE_PLATFORM.has(fact));
    const aucs = subsetAucs(rows);
    yield `  ${(use === "train" ? `${name} *` : name).padEnd(16)}all ${decimal(aucOf(shipped(rows), rows))}   as Instagram gives them ${decimal(aucOf(shipped(picture), picture))}   half of the columns: mean ${decimal(aucs.reduce((sum, one) => sum + one, 0) / aucs.length)}, lowest ${decimal(aucs[0] ?? Number.NaN)}`;
  }
}

function* flagLines(sets: readonly ProfileSet[]): Generator<string> {
  yield `\nAt a chance of ${SUSPICIOUS_FROM}% and more (*: trained the weights)`;
  for (const { name, use, rows } of sets) {
    const scores = shipped(rows);
    const flagged = (fake: boolean): number =>
      rows.filter((row, index) => row.fake === fake && Math.round(100 * (scores[index] ?? 0)) >= SUSPICIOUS_FROM)
        .length;
    const of = (fake: boolean): number => rows.filter((row) => row.fake === fake).length;
    yield `  ${(use === "train" ? `${name} *` : name).padEnd(16)}of the fakes ${shareOf(flagged(true), of(true))}; of the genuine ${shareOf(flagged(false), of(false))}`;
  }
}

const SPEED_ROUNDS = 10;

/** Processor time of this thread, so that other work on the machine counts little. */
function* speedLines(sets: readonly ProfileSet[]): Generator<string> {
  const rows = sets.flatMap((set) => set.rows);
  shipped(rows);
  const begun = process.threadCpuUsage();
  for (let round = 0; round < SPEED_ROUNDS; round++) shipped(rows);
  const { user, system } = process.threadCpuUsage(begun);
  yield `\nSpeed: ${grouped((SPEED_ROUNDS * rows.length * 1e6) / (user + system))} profiles a second on one core (to reach: 200,000)`;
}

/**
 * How well the profile scorer tells fake from genuine on the public sets in a folder: within a source, between sources,
 * with fewer facts, calibration, and the sensitivity and specificity that audiences are judged with. Deterministic but for the speed.
 * Throws where a set's file is missing.
 */
export function reportProfiles(data: string, print: (line: string) => void): void {
  const sets = readProfileSets(data);
  for (const lines of [setLines, transferLines, subsetLines, flagLines, calibrationLines, qualityLines, speedLines])
    for (const one of lines(sets)) print(one);
}
