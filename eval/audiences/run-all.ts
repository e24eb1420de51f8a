import { type Amount, amountOf } from "./amounts.ts";
import { DELIVERIES } from "./bought-block.ts";
import {
  type CoverageCell,
  coverageCell,
  formulaCell,
  madeWorld,
  SAMPLES,
  SHARES,
  worldsOf,
  worldsOfTheCard,
} from "./coverage.ts";
import { BLOCKS, type Delay, delayOf } from "./delays.ts";
import { type HonestYears, honestYears } from "./false-alarms.ts";
import type { LabelledSet } from "./labelled-sets.ts";
import { type ReplaySpeed, replaySpeed } from "./replay-speed.ts";
import { type ViralOutcome, viralOutcome } from "./viral.ts";
import { SHAPES } from "./viral-spike.ts";

/** The simulated time begins here, a leap year's first day: a Monday. */
export const BEGINS = Date.UTC(2024, 0, 1);

export interface Plan {
  readonly seed: number;
  /** Honest accounts; all other numbers of runs follow from it. */
  readonly accounts: number;
  readonly years: number;
  readonly labelled: readonly LabelledSet[];
}

export interface Results {
  readonly coverage: readonly { readonly world: string; readonly cells: readonly CoverageCell[] }[];
  readonly delays: readonly Delay[];
  readonly small: readonly Delay[];
  readonly honest: readonly HonestYears[];
  readonly viral: readonly ViralOutcome[];
  readonly amounts: readonly Amount[];
  readonly speed: ReplaySpeed;
}

const LARGE = [1_000, 200_000] as const;
const SMALL = [50, 1_000] as const;

/** Runs everything on one core. Every part has its own seeds, so that more runs of one change nothing in another. */
export function runAll({ seed, accounts, years, labelled }: Plan, say: (line: string) => void): Results {
  const base = seed * 1_000_003;
  const runs = Math.max(1, Math.round(accounts / 3));
  const cells = 8 * accounts;
  const each = <T>(name: string, count: number, one: (index: number) => T): T[] =>
    Array.from({ length: count }, (_, index) => {
      say(`${name} ${index + 1} of ${count}`);
      return one(index);
    });
  const grid = (name: string, one: (share: number, sampled: number, seed: number) => CoverageCell): CoverageCell[] =>
    each(`intervals, ${name}`, SHARES.length * SAMPLES.length, (index) =>
      one(SHARES[Math.floor(index / SAMPLES.length)] ?? 0, SAMPLES[index % SAMPLES.length] ?? 0, base + 100 + index),
    );
  const ofTheCard = worldsOfTheCard(base + 1);
  const coverage = [
    { world: "formula", cells: grid("formula", (share, sampled, own) => formulaCell(share, sampled, 10 * cells, own)) },
    {
      world: "card",
      cells: grid("card", (share, sampled, own) => coverageCell(ofTheCard, share, sampled, cells, own)),
    },
    {
      world: "made",
      cells: grid("made", (share, sampled, own) => coverageCell(madeWorld, share, sampled, cells, own)),
    },
    ...labelled.map(({ name, genuine, fakes }) => ({
      world: name,
      cells: grid(name, (share, sampled, own) => coverageCell(worldsOf(genuine, fakes), share, sampled, cells, own)),
    })),
  ];
  const blocks = BLOCKS.flatMap((share) => DELIVERIES.map((delivery) => ({ share, delivery })));
  const delaysOf = (name: string, before: readonly [number, number], times: number, from: number): Delay[] =>
    each(name, blocks.length * times, (index) => {
      const { share, delivery } = blocks[index % blocks.length] ?? { share: 0.5, delivery: "fast" };
      return delayOf(
        delivery,
        share,
        { begins: BEGINS, before, facts: index % (3 * blocks.length) < 2 * blocks.length ? "all" : "some" },
        base + from + index,
      );
    });
  const delays = delaysOf("bought blocks", LARGE, runs, 10_000);
  const small = delaysOf("bought blocks of small accounts", SMALL, Math.ceil(runs / 4), 20_000);
  const honest = each("honest accounts", accounts, (index) => honestYears(BEGINS, years, base + 30_000 + index));
  const spikes = SHAPES.flatMap((shape) =>
    [false, true].flatMap((elsewhere) =>
      (["all", "some", "few", "hidden"] as const).map((facts) => ({ shape, elsewhere, facts })),
    ),
  );
  const viral = each("viral spikes", spikes.length * Math.ceil(runs / 2), (index) => {
    const { shape, elsewhere, facts } = spikes[index % spikes.length] ?? {
      shape: "sudden",
      elsewhere: false,
      facts: "all",
    };
    return viralOutcome(shape, elsewhere, facts, BEGINS, base + 40_000 + index);
  });
  const amounts = each("numbers bought", 2 * runs * DELIVERIES.length, (index) =>
    amountOf(DELIVERIES[index % DELIVERIES.length] ?? "fast", BEGINS, base + 50_000 + index),
  );
  say("speed");
  return { coverage, delays, small, honest, viral, amounts, speed: replaySpeed(BEGINS, base + 60_000) };
}
