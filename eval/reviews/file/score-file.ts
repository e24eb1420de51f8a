import { once } from "node:events";
import { createWriteStream, renameSync } from "node:fs";
import { REVIEW_REASONS } from "../../../shared/domain/reason-review.ts";
import type { Action } from "../../../shared/domain/verdict.ts";
import { builtInPolicies } from "../../../shared/policy/compiled-policies.ts";
import { factsOfFindings } from "../../../shared/policy/policy-facts.ts";
import { evidenceOf } from "../../../shared/scoring/review/evidence.ts";
import { rankReview } from "../../../shared/scoring/review/rank-review.ts";
import { dayOf } from "../../../shared/scoring/review/review-facts.ts";
import type { ReviewFeatures } from "../../../shared/scoring/review/review-features.ts";
import { scoreReview } from "../../../shared/scoring/review/score-review.ts";
import { replayer } from "../replay.ts";
import { FileRefused } from "./columns.ts";
import { fitOnThePast } from "./fit-on-the-past.ts";
import { reviewsOf, type Surveyed } from "./read-file.ts";

const MOST_REASONS = 3;
const HEADING = "row,probability,decided,action,reasons\n";

export interface FileJob {
  readonly file: string;
  readonly out: string;
  /** Minutes since the epoch. */
  readonly scoreFrom: number;
  readonly fit: boolean;
}

/** What was said of a scored row whose label is known. */
export interface Judged {
  readonly user: string;
  readonly truth: 0 | 1;
  readonly probability: number;
  readonly acted: boolean;
  readonly first: boolean;
}

interface Line {
  readonly row: number;
  readonly text: string;
}

const sigmoid = (logit: number): number => 1 / (1 + Math.exp(-logit));

/** The strongest pieces of evidence in words, made of our own sentences and numbers only. */
function reasonsOf(found: ReviewFeatures): string {
  const sentences = evidenceOf(found)
    .toSorted((a, b) => b.weight - a.weight)
    .slice(0, MOST_REASONS)
    .map(({ reason }) => REVIEW_REASONS[reason.code]?.(reason.params ?? {}) ?? reason.code);
  return `"${sentences.join(" ").replaceAll('"', '""')}"`;
}

/**
 * Scores a surveyed file: rows before `scoreFrom` only build the states (and with `fit` train trees by their labels), each
 * later row is scored by what came before it. Writes, in the order of days and of the file within a day: row number from 1
 * (the heading not counted), probability (uncapped ranking), decided (strongest capped label), action, reasons. Memory: the
 * states, one day of rows where the file is sorted, and a note for each labelled row that is scored.
 * @throws FileRefused where no row is late enough, or the output cannot be written.
 */
export async function scoreFile(survey: Surveyed, { file, out, scoreFrom, fit }: FileJob): Promise<Judged[]> {
  const judged: Judged[] = [];
  const trees = fit ? fitOnThePast(scoreFrom) : undefined;
  const partial = `${out}.partial`;
  const stream = createWriteStream(partial);
  await once(stream, "open").catch(() => {
    throw new FileRefused("--out cannot be written");
  });
  stream.write(HEADING);
  let lines: Line[] = [];
  let day = Number.NEGATIVE_INFINITY;
  let written = 0;
  const flush = async (): Promise<void> => {
    written += lines.length;
    const block = lines
      .sort((a, b) => a.row - b.row)
      .map(({ text }) => text)
      .join("");
    lines = [];
    if (block !== "" && !stream.write(block)) await once(stream, "drain");
  };
  const take = replayer((found, row) => {
    if (row.at < scoreFrom) {
      trees?.learn(found, row);
      return;
    }
    const probability = trees ? sigmoid(trees.score(found, row)) : rankReview(found).probability;
    const { labels } = scoreReview({ features: found });
    const action: Action = builtInPolicies.decide(factsOfFindings(labels)).action;
    const decided = Math.max(0, ...labels.map((one) => one.probability));
    const cells = [row.row, probability.toFixed(6), decided.toFixed(3), action, reasonsOf(found)];
    lines.push({ row: row.row, text: `${cells.join(",")}\n` });
    if (row.label === undefined) return;
    const { user, label: truth } = row;
    judged.push({ user, truth, probability, acted: action !== "allow", first: found.firstReview });
  });
  for await (const row of reviewsOf(file, survey)) {
    if (dayOf(row.at) !== day) await flush();
    day = dayOf(row.at);
    take(row);
  }
  await flush();
  stream.end();
  await once(stream, "finish");
  if (written === 0) throw new FileRefused("no row is of --score-from or later");
  renameSync(partial, out);
  return judged;
}
