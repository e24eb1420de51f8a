import { statSync } from "node:fs";
import { table } from "../../../cli/views/table.ts";
import { seeded } from "../../metrics/seeded.ts";
import type { Context, Section } from "../context.ts";
import { analyserCosts, LABEL_MODEL } from "../speed/analyser-costs.ts";
import { HARD_TEXTS } from "../speed/hard-texts.ts";
import { type Rate, rateOf } from "../speed/rate.ts";
import type { Target } from "../targets.ts";
import { readBenign } from "./benign-section.ts";
import { grouped } from "./numbers.ts";

const POSTS = 4000;
const MEAN_LENGTH = 85;
const WEIGHTS_DIRECTORY = new URL("../../../models/text/", import.meta.url);
const WEIGHT_FILES = ["lexicon.txt", "weights.bin", "languages.bin"];

const LEAST_POSTS = 5000;
const LEAST_MODEL = 50_000;
const MOST_P99 = 2;
const MOST_LOAD = 120;
const MOST_BYTES = 12_000_000;

/** Posts of the test splits and of angry customers, 85 characters on average: the longest are left out until that is so. */
function corpusOf({ neverTrained, data, seed }: Context): string[] {
  const random = seeded(seed);
  const all = [
    ...neverTrained.sets.flatMap(({ rows }) => rows.map(({ text }) => text)),
    ...Object.values(readBenign(data)).flat(),
  ];
  const drawn = all
    .map((text) => ({ text, lot: random() }))
    .sort((a, b) => a.lot - b.lot)
    .slice(0, 3 * POSTS);
  const byLength = drawn.map(({ text }) => text).sort((a, b) => a.length - b.length);
  let total = 0;
  let count = 0;
  while (count < byLength.length && (total + (byLength[count]?.length ?? 0)) / (count + 1) <= MEAN_LENGTH)
    total += byLength[count++]?.length ?? 0;
  return byLength
    .slice(0, count)
    .map((text) => ({ text, lot: random() }))
    .sort((a, b) => a.lot - b.lot)
    .slice(0, POSTS)
    .map(({ text }) => text);
}

const rateText = ({ mid, low, high }: Rate): string => `${grouped(mid)}/s (${grouped(low)}-${grouped(high)})`;

/** Milliseconds that each post takes, ascending: the best of three runs, since other work on the machine only adds. */
function latencies(posts: readonly string[], judge: (text: string) => unknown): Float64Array {
  const times = new Float64Array(posts.length).fill(Number.POSITIVE_INFINITY);
  for (let run = 0; run < 3; run++)
    for (const [index, post] of posts.entries()) {
      const began = performance.now();
      judge(post);
      times[index] = Math.min(times[index] ?? 0, performance.now() - began);
    }
  return times.sort();
}

/** Speed on one core: all of it, each analyser, the peers, what loading costs, and whether time grows with length alone. */
export const speedSection: Section = (context) => {
  const { engine, filters, progress } = context;
  const posts = corpusOf(context);
  const characters = posts.reduce((sum, post) => sum + post.length, 0) / posts.length;
  progress.print(
    `\nSPEED on one core: ${grouped(posts.length)} posts, ${characters.toFixed(0)} characters on average; processor time, median of five passes (least-most)`,
  );
  progress.show("speed, whole");
  const score = (text: string) => engine.scoring.score({ text, media: 0, audience: "general", visibility: "public" });
  const whole = rateOf(posts.length, (post) => score(posts[post] ?? ""));
  const times = latencies(posts, score);
  const at = (share: number): number => times[Math.floor(share * (times.length - 1))] ?? 0;
  const costs = analyserCosts(engine.resources, posts, (name) => progress.show(`speed, ${name}`));
  const rest = 1e6 / whole.mid - costs.reduce((sum, { rate, within }) => sum + (within ? 0 : 1e6 / rate.mid), 0);
  const lines = [
    ["everything on (the scorer of posts)", rateText(whole), `${(1e6 / whole.mid).toFixed(1)} µs`],
    ...costs.map(({ name, rate }) => [`  ${name}`, rateText(rate), `${(1e6 / rate.mid).toFixed(1)} µs`]),
    ["  the rest: joining labels, spans, reasons, counts", "", `${rest.toFixed(1)} µs`],
    ...filters.slice(0, -1).map(({ name, flags }) => {
      progress.show(`speed, ${name}`);
      const rate = rateOf(posts.length, (post) => flags(posts[post] ?? ""));
      return [name, rateText(rate), `${(1e6 / rate.mid).toFixed(1)} µs`];
    }),
  ];
  for (const line of table(["what", "posts", "each"], lines)) progress.print(`    ${line}`);
  progress.print(
    `    a post takes ${at(0.5).toFixed(3)} ms at the median, ${at(0.99).toFixed(3)} ms at p99, ${at(1).toFixed(1)} ms at most (wall time, best of three)`,
  );
  const bytes = WEIGHT_FILES.reduce(
    (sum, file) => sum + (statSync(new URL(file, WEIGHTS_DIRECTORY), { throwIfNoEntry: false })?.size ?? 0),
    0,
  );
  progress.print(
    `    weights: ${grouped(bytes)} bytes, loaded in ${engine.loadMilliseconds.toFixed(0)} ms of processor time (cold, first in the process)`,
  );
  progress.print("\n  Time by length: microseconds a thousand characters");
  const sizes = [1000, 10_000, 100_000];
  const growth = Object.entries(HARD_TEXTS).map(([name, textOf]) => {
    progress.show(`speed, ${name}`);
    const each = sizes.map((size) => {
      const text = textOf(size);
      return 1e6 / rateOf(1, () => score(text)).mid / (text.length / 1000);
    });
    return [name, ...each.map((value) => value.toFixed(0)), ((each[2] ?? 0) / (each[0] ?? 1)).toFixed(2)];
  });
  for (const line of table(["text", "1 KB", "10 KB", "100 KB", "100 KB / 1 KB"], growth)) progress.print(`    ${line}`);
  const known = (value: number): Target["measured"] => ({ value, low: Number.NaN, high: Number.NaN });
  const model = costs.find(({ name }) => name === LABEL_MODEL);
  return [
    {
      name: "speed, everything on, posts a second",
      wanted: { least: LEAST_POSTS },
      measured: { value: whole.mid, low: whole.low, high: whole.high },
      unit: "count",
    },
    ...(model
      ? [
          {
            name: "speed, label model alone, posts a second",
            wanted: { least: LEAST_MODEL },
            measured: { value: model.rate.mid, low: model.rate.low, high: model.rate.high },
            unit: "count",
          } satisfies Target,
        ]
      : []),
    { name: "speed, p99 in milliseconds", wanted: { most: MOST_P99 }, measured: known(at(0.99)) },
    {
      name: "load, milliseconds",
      wanted: { most: MOST_LOAD },
      measured: known(engine.loadMilliseconds),
      unit: "count",
    },
    { name: "weights, bytes", wanted: { most: MOST_BYTES }, measured: known(bytes), unit: "count" },
  ];
};
