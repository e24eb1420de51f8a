import { readFileSync } from "node:fs";
import { join } from "node:path";
import { table } from "../../../cli/views/table.ts";
import { wilson } from "../../../shared/scoring/statistics.ts";
import { readCsv } from "../../read-csv.ts";
import { type Section, sample } from "../context.ts";
import { foundBy, judgeRows } from "../judge-rows.ts";
import type { Target } from "../targets.ts";
import { decimal, shareOf } from "./numbers.ts";

/** Angry customers who abuse nobody, by set. */
export function readBenign(data: string): Readonly<Record<string, readonly string[]>> {
  const read = (file: string): Record<string, string>[] => readCsv(readFileSync(join(data, file), "utf8"));
  return {
    airline_tweets: read("airline_tweets/Tweets.csv").flatMap(({ text }) => (text?.trim() ? [text] : [])),
    ibm_customer_care: read("ibm_customer_care/turns.csv").flatMap(({ role, message }) =>
      role === "client" && message?.trim() ? [message] : [],
    ),
  };
}

const MOST_FLAGGED = 0.005;

/** How many of an angry, harmless crowd's posts are flagged. */
export const benignSection: Section = ({ data, engine, filters, most, seed, progress }) => {
  progress.print("\nBENIGN LOAD: angry customers, share flagged (95% Wilson intervals)");
  const targets: Target[] = [];
  const threshold = engine.thresholdOf("toxicity");
  for (const [name, all] of Object.entries(readBenign(data))) {
    const texts = sample(all, most, seed);
    const judged = judgeRows(engine, texts, { progress, name });
    const count = (found: Uint8Array): number => found.reduce((sum, one) => sum + one, 0);
    const rates = [
      { name: "acted on by the policy", flagged: count(judged.acted), ours: true },
      { name: `toxicity ≥ ${decimal(threshold)}`, flagged: count(foundBy(judged, "toxicity", threshold)), ours: true },
      ...filters.map((filter, index) => {
        progress.show(`${filter.name}: judging`, index / filters.length);
        return { name: `${filter.name}, any hit`, flagged: texts.filter(filter.flags).length, ours: false };
      }),
    ];
    const heads = engine.heads
      .map((head) => ({ head, flagged: count(foundBy(judged, head, engine.thresholdOf(head))) }))
      .filter(({ head, flagged }) => flagged > 0 && head !== "low_substance" && head !== "toxicity")
      .sort((a, b) => b.flagged - a.flagged);
    progress.print(`\n  ${name}`);
    for (const line of table(
      ["judge", "flagged"],
      rates.map((rate) => [rate.name, shareOf(rate.flagged, texts.length)]),
    ))
      progress.print(`    ${line}`);
    progress.print(
      `    labels at their thresholds: ${heads.map(({ head, flagged }) => `${head} ${flagged}`).join(", ")}`,
    );
    for (const rate of rates.filter(({ ours }) => ours))
      targets.push({
        name: `${name}, ${rate.name}`,
        wanted: { most: MOST_FLAGGED },
        measured: { value: rate.flagged / texts.length, ...wilson(rate.flagged, texts.length) },
        unit: "share",
      });
  }
  return targets;
};
