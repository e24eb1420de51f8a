import { table } from "../../../cli/views/table.ts";
import { wilson } from "../../../shared/scoring/statistics.ts";
import type { Section } from "../context.ts";
import { functionalSuite } from "../functional/functional-suite.ts";
import { percent } from "./numbers.ts";

/** One line a function: how often the engine does what is asked. */
export const functionalSection: Section = ({ engine, progress }) => {
  const count = functionalSuite.reduce((sum, { cases }) => sum + cases.length, 0);
  progress.print(`\nFUNCTIONAL TESTS of our own writing: ${count} posts, ${functionalSuite.length} functions`);
  progress.print(
    "  as asked: share of posts that come out as the function asks, by the label on the verdict or, where no label",
  );
  progress.print("  is named, by the default policy's action.");
  let right = 0;
  const shares: number[] = [];
  const lines = functionalSuite.map(({ name, asks, expects, audience, cases }) => {
    progress.show(name);
    const { label, found } = expects;
    const judged = cases.map((text) => engine.judge(text, audience));
    const passed = judged.filter(
      ({ reported, action }) => (label ? reported.has(label) : action !== "allow") === found,
    ).length;
    right += passed;
    shares.push(passed / cases.length);
    const toxic = judged.filter(({ likelihoods }) => likelihoods.toxicity >= engine.thresholdOf("toxicity")).length;
    const acted = judged.filter(({ action }) => action !== "allow").length;
    return [
      name,
      `${label ?? "acted on"}: ${found ? "yes" : "no"}`,
      `${percent(passed / cases.length, 0)} ${passed}/${cases.length}`,
      percent(toxic / cases.length, 0),
      percent(acted / cases.length, 0),
      asks,
    ];
  });
  const { low, high } = wilson(right, count);
  progress.print();
  for (const line of table(["function", "asked", "as asked", "toxic", "acted on", "what is asked"], lines))
    progress.print(`    ${line}`);
  progress.print(
    `\n    all posts ${percent(right / count, 1)} [${percent(low, 1)} ${percent(high, 1)}] ${right}/${count}; mean of the functions ${percent(shares.reduce((sum, one) => sum + one, 0) / shares.length, 1)}`,
  );
  return [];
};
