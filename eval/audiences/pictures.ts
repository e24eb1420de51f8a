import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { followOrderPlot } from "../../shared/plots/follow-order-plot.ts";
import { followSeriesPlot } from "../../shared/plots/follow-series-plot.ts";
import { historyOf } from "../../shared/scoring/audience/audience-history.ts";
import { boughtBlock, type Delivery } from "./bought-block.ts";
import { chance } from "./chance.ts";
import { STEADY } from "./deliver.ts";
import { type Extra, extrasOf, makeAccount } from "./made-account.ts";
import { STRAY_BOTS } from "./made-profile.ts";
import { DAY } from "./organic-growth.ts";
import { type Reading, replayAccount } from "./replay-account.ts";
import { spikeTimes } from "./viral-spike.ts";

const BEGINS = Date.UTC(2025, 9, 6);
const DAYS = 36;
const BEFORE = 8_000;
/** On the last Saturday but one of the month, at six in the evening. */
const FROM = BEGINS + 26.75 * DAY;
const SEED = 77;

/** The example accounts of docs/audiences.md: what they buy, or how they go viral. */
const EXAMPLES: readonly (readonly [name: string, delivery: Delivery | "viral" | "calm", followers: number])[] = [
  ["bought", "fast", 1_600],
  ["batch", "batch", 800],
  ["drip", "drip", 1_600],
  ["viral", "viral", 1_600],
  ["calm", "calm", 0],
];

function replayed(name: string, delivery: Delivery | "viral" | "calm", followers: number): Reading {
  const draw = chance(SEED);
  const plan = {
    id: `${name}-account`,
    begins: BEGINS,
    days: DAYS,
    before: BEFORE,
    rate: 0.008,
    facts: "all",
  } as const;
  const sold = delivery === "viral" || delivery === "calm" ? undefined : boughtBlock(delivery, FROM, followers, draw);
  const spike: Extra[] =
    delivery === "viral" ? [{ who: "visitor", times: spikeTimes("sudden", FROM, followers, draw) }] : [];
  const account = makeAccount(
    { ...plan, seller: sold?.seller ?? STRAY_BOTS },
    sold === undefined ? spike : extrasOf(sold),
    draw,
  );
  const readings: Reading[] = [];
  replayAccount(account, STEADY, draw, BEGINS + (DAYS - 1) * DAY, (reading) => {
    readings[0] = reading;
    return undefined;
  });
  const [last] = readings;
  if (last === undefined) throw new Error("nothing was told of an example account");
  return last;
}

/** Writes both plots of each example account, as the console would show them. @returns the files */
export function writePictures(folder: string): string[] {
  mkdirSync(folder, { recursive: true });
  return EXAMPLES.flatMap(([name, delivery, followers]) => {
    const { at, state, score } = replayed(name, delivery, followers);
    const { windows } = score.assessment;
    const { hours, order } = historyOf(state, at);
    const account = `${name}-account`;
    const pictures = {
      hours: followSeriesPlot({ account, hours, windows }),
      order: followOrderPlot({ account, order, windows }),
    };
    return Object.entries(pictures).map(([kind, picture]) => {
      const file = join(folder, `audience-${name}-${kind}.svg`);
      writeFileSync(file, `${picture}\n`);
      return file;
    });
  });
}
