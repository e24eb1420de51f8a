import type { Stated } from "./amounts.ts";
import { DELIVERIES, QUICK, WHAT } from "./bought-block.ts";
import { type CoverageCell, SAMPLES, SHARES } from "./coverage.ts";
import { BLOCKS, type Delay } from "./delays.ts";
import { percent, poissonInterval, quantile, rateText } from "./figures.ts";
import type { Results } from "./run-all.ts";
import type { StateCost } from "./state-cost.ts";
import { type Target, targetLine } from "./targets.ts";
import { SHAPES } from "./viral-spike.ts";

/** Lines to print, and what they promise. */
export interface Section {
  readonly lines: readonly string[];
  readonly targets: readonly Target[];
}

const total = <T>(all: readonly T[], of: (one: T) => number): number => all.reduce((sum, one) => sum + of(one), 0);
const count = <T>(all: readonly T[], of: (one: T) => boolean): number => all.filter(of).length;
const shareOf = <T>(all: readonly T[], of: (one: T) => boolean): number =>
  all.length === 0 ? Number.NaN : count(all, of) / all.length;
const asPercent = (value: number): string => percent(value);

const WORLDS: Readonly<Record<string, string>> = {
  formula: "the formula alone: Se .93 and Sp .97, each known from 300 profiles",
  card: "through the pipeline, Se and Sp drawn from what the scorer's card knows of them",
  made: "through the pipeline, made audiences and sellers: less unlike each other than the card's sources",
};

function coverageLines(world: string, cells: readonly CoverageCell[]): string[] {
  const cell = ({ covered, naive, runs, width }: CoverageCell): string =>
    `${percent(covered / runs).padStart(6)} ${percent(naive / runs).padStart(6)} ${width.toFixed(2)}`;
  return [
    `  ${WORLDS[world] ?? `through the pipeline, profiles of ${world}`}`,
    `    true share  ${SAMPLES.map((sampled) => `${sampled} sampled`.padEnd(22)).join("")}`,
    ...SHARES.map((share, row) => {
      const own = cells.slice(row * SAMPLES.length, (row + 1) * SAMPLES.length);
      return `    ${percent(share, 0).padEnd(11)} ${own.map((one) => cell(one).padEnd(22)).join("")}`;
    }),
  ];
}

function coverageSection({ coverage }: Results): Section {
  const pooled = (cells: readonly CoverageCell[]): number =>
    total(cells, ({ covered }) => covered) / total(cells, ({ runs }) => runs);
  const naive = (cells: readonly CoverageCell[]): number =>
    total(cells, (cell) => cell.naive) / total(cells, ({ runs }) => runs);
  return {
    lines: [
      "Share of fake followers: how often the 95% interval holds the truth, how often Wilson's plain one does, mean width",
      ...coverage.flatMap(({ world, cells }) => [
        ...coverageLines(world, cells),
        `    all: ${percent(pooled(cells))}, mean width ${(total(cells, ({ width }) => width) / cells.length).toFixed(2)}; plain Wilson ${percent(naive(cells))}`,
      ]),
    ],
    // What knows Se and Sp as the interval does tells whether 95% are 95%. Worlds less unlike each other than the card's
    // sources, and one labelled set, are sure to be held more often; only an interval too narrow for them misleads.
    targets: coverage.map(({ world, cells }) => ({
      name: `95% intervals that hold the truth (${world})`,
      value: pooled(cells),
      least: 0.93,
      ...(world === "made" || !(world in WORLDS) ? {} : { most: 0.97 }),
      text: asPercent,
    })),
  };
}

const hours = (value: number | undefined): string =>
  value === undefined || value === Number.POSITIVE_INFINITY ? "never" : value.toFixed(1);
const within = (all: readonly Delay[], of: (delay: Delay) => number | undefined, limit: number): number =>
  shareOf(all, (one) => (of(one) ?? Number.POSITIVE_INFINITY) <= limit);

function delayRow(name: string, all: readonly Delay[]): string {
  const named = all.map((one) => one.named);
  const [median, late] = [quantile(named, 0.5), quantile(named, 0.9)];
  const own = [1, 6, 24].map((limit) =>
    percent(
      within(all, (one) => one.named, limit),
      0,
    ).padStart(5),
  );
  const naive = (of: (delay: Delay) => number | undefined): string => percent(within(all, of, 1), 0).padStart(5);
  return `    ${name.padEnd(8)} ${hours(median).padStart(6)} ${hours(late).padStart(6)}   ${own.join(" ")}    ${naive((one) => one.threeSigma)} ${naive((one) => one.fiveTimes)}   ${all.length}`;
}

function delaySection({ delays, small }: Results): Section {
  const sound = delays.filter(({ early }) => !early);
  const quick = sound.filter(({ delivery }) => QUICK.has(delivery));
  const rows = (name: string, all: readonly Delay[]): string[] => [
    `  ${name}`,
    "    size     median    p90   in 1 h   6 h  24 h    3σ 1h  5× 1h   accounts",
    ...BLOCKS.flatMap((share) => {
      const own = all.filter((one) => one.share === share);
      return own.length === 0 ? [] : [delayRow(percent(share, 0), own)];
    }),
  ];
  const large = quick.filter(({ share }) => share >= 0.25);
  const medium = quick.filter(({ share }) => share >= 0.05);
  const tiny = small.filter(({ early, share, delivery }) => !early && share >= 0.25 && QUICK.has(delivery));
  return {
    lines: [
      "Bought blocks: hours of event time from the first bought follow to the verdict that names a purchase;",
      "beside it what counts alone say within an hour, of purchases and of anything else alike",
      ...DELIVERIES.flatMap((delivery) =>
        rows(
          `${delivery}: ${WHAT[delivery]}`,
          sound.filter((one) => one.delivery === delivery),
        ),
      ),
      `  accounts of 50 to 1,000 followers, blocks of 25% or more delivered within hours: named within 6 h ${rateText(
        count(tiny, ({ named = 99 }) => named <= 6),
        tiny.length,
      )}`,
      `  named before the block began, and left out above: ${count([...delays, ...small], ({ early }) => early)} of ${delays.length + small.length}`,
    ],
    targets: [
      {
        name: "quick blocks of 25% or more, named within 1 h",
        value: within(large, ({ named }) => named, 1),
        least: 0.95,
        text: asPercent,
      },
      {
        name: "quick blocks of 5% or more, named within 6 h",
        value: within(medium, ({ named }) => named, 6),
        least: 0.95,
        text: asPercent,
      },
    ],
  };
}

function honestSection({ honest }: Results): Section {
  const years = total(honest, (one) => one.years);
  const rate = (alarms: number): string => {
    const { low, high } = poissonInterval(alarms);
    return `${alarms} in ${years.toFixed(1)} account-years, ${(alarms / years).toFixed(2)} a year (95% ${(low / years).toFixed(2)}-${(high / years).toFixed(2)})`;
  };
  const named = total(honest, (one) => one.named);
  return {
    lines: [
      `Honest accounts of ${Math.min(...honest.map(({ before }) => before))} to ${Math.max(...honest.map(({ before }) => before))} followers, ${total(honest, ({ follows }) => follows)} follows: false alarms`,
      `  named a purchase: ${rate(named)}`,
      `  windows of any kind (spikes before the gate): ${rate(total(honest, (one) => one.windows))}`,
      `  counts alone, mean + 3σ: ${rate(total(honest, (one) => one.threeSigma))}`,
      `  counts alone, 5 × mean: ${rate(total(honest, (one) => one.fiveTimes))}`,
      `  the whole audience named, wrongly: ${rateText(
        count(honest, ({ bot }) => bot),
        honest.length,
      )}`,
    ],
    targets: [
      { name: "false alarms an account-year", value: named / years, most: 1, text: (value) => value.toFixed(2) },
    ],
  };
}

function viralSection({ viral }: Results): Section {
  const organic = (all: Results["viral"]): string =>
    rateText(
      count(all, ({ named, unclear }) => !named && !unclear),
      all.length,
    );
  const known = viral.filter(({ facts }) => facts !== "hidden");
  const line = (name: string, all: Results["viral"]): string =>
    `  ${name.padEnd(34)} organic ${organic(all)}; named a purchase ${count(all, ({ named }) => named)}, left open ${count(all, ({ unclear }) => unclear)}, a window called viral ${count(all, (one) => one.viral)}`;
  return {
    lines: [
      "Honest viral spikes: never named a purchase, and not left open at the end",
      ...SHAPES.map((shape) =>
        line(
          shape,
          known.filter((one) => one.shape === shape),
        ),
      ),
      line(
        "people as usual",
        known.filter(({ elsewhere }) => !elsewhere),
      ),
      line(
        "people from elsewhere",
        known.filter(({ elsewhere }) => elsewhere),
      ),
      ...(["all", "some", "few"] as const).map((facts) =>
        line(
          `facts sent: ${facts}`,
          known.filter((one) => one.facts === facts),
        ),
      ),
      line(
        "nine of ten profiles not sent",
        viral.filter(({ facts }) => facts === "hidden"),
      ),
      `  an alarm by counts alone, mean + 3σ: ${rateText(
        count(viral, ({ threeSigma }) => threeSigma),
        viral.length,
      )}`,
    ],
    targets: [
      {
        name: "viral spikes called organic (profiles known)",
        value: shareOf(known, ({ named, unclear }) => !named && !unclear),
        least: 0.95,
        text: asPercent,
      },
    ],
  };
}

function amountSection({ amounts }: Results): Section {
  const rows = DELIVERIES.map((delivery) => {
    const own = amounts.filter((one) => one.delivery === delivery);
    const known = own.flatMap(({ added, sold }) => (added ? [{ ...added, sold }] : []));
    const errors = known.map(({ estimate, sold }) => Math.abs(estimate - sold) / sold);
    const signed = total(known, ({ estimate, sold }) => (estimate - sold) / sold) / known.length;
    const covered = count(known, ({ low, high, sold }) => low <= sold && sold <= high);
    const width =
      quantile(
        known.map(({ low, high, sold }) => (high - low) / sold),
        0.5,
      ) ?? 0;
    const figures =
      known.length === 0
        ? ""
        : `; off by ${percent(quantile(errors, 0.5) ?? 0, 0)} (median), ${percent(signed, 0)} on average; the interval, ${percent(width, 0)} wide, holds the truth ${rateText(covered, known.length)}`;
    return `  ${delivery.padEnd(8)} stated for ${known.length} of ${own.length}${figures}`;
  });
  const stated = (name: string, of: (one: Results["amounts"][number]) => Stated): string => {
    const known = amounts.map(of).flatMap(({ truth, stated: own }) => (own ? [{ truth, ...own }] : []));
    const covered = count(known, ({ low, high, truth }) => low <= truth && truth <= high);
    const bias = total(known, ({ estimate, truth }) => estimate - truth) / known.length;
    const width = total(known, ({ low, high }) => high - low) / known.length;
    return `  ${name}: the interval, ${percent(width, 0)} wide, holds the truth ${rateText(covered, known.length)}; off by ${percent(bias)} on average`;
  };
  return {
    lines: [
      "Number bought, of blocks of 5% to 60%, six hours after the last of them came",
      ...rows,
      "The same accounts' whole following, of which the old part is known from a sample of 60 only",
      stated("share of fakes", ({ fake }) => fake),
      stated("share of inactive", ({ inactive }) => inactive),
    ],
    targets: [],
  };
}

function costLines(costs: readonly StateCost[]): string[] {
  const sizes = costs.map(({ counts }) => counts);
  const samples = costs.map(({ sample }) => sample);
  const size = (all: readonly number[]): string => `${quantile(all, 0.95) ?? 0} (at most ${Math.max(...all)})`;
  const [units, messages, follows] = [
    total(costs, ({ writeUnits }) => writeUnits),
    total(costs, (cost) => cost.messages),
    total(costs, (cost) => cost.follows),
  ];
  const busy = costs.filter((cost) => cost.follows > 20 * cost.messages);
  const each = (all: readonly StateCost[]): string =>
    (total(all, ({ writeUnits }) => writeUnits) / total(all, (cost) => cost.follows)).toFixed(2);
  return [
    `State of the honest accounts, packed, 95th percentile in bytes: counts ${size(sizes)}, sample ${size(samples)}`,
    `  write units: ${(units / messages).toFixed(2)} a message, one at a time; ${each(costs)} a follow (${follows} in ${messages} messages)${busy.length === 0 ? "" : `, ${each(busy)} where messages hold more than 20`}`,
  ];
}

function speedSection({ speed, honest }: Results): Section {
  const rate = (seconds: number): string => Math.round(speed.follows / seconds).toLocaleString("en");
  return {
    lines: [
      `Replay on one core: ${speed.follows} follows in ${speed.messages} messages, processor time of this thread`,
      `  profiles, state and a verdict after every message, with JSON: ${rate(speed.judged)} follows/s`,
      `  profiles and state, with JSON: ${rate(speed.observed)} follows/s; reading the JSON alone: ${rate(speed.parsed)} follows/s, ${(speed.judged / speed.parsed).toFixed(1)} times that work`,
      ...costLines(honest.map(({ cost }) => cost)),
    ],
    targets: [
      {
        name: "follows/s replayed",
        value: speed.follows / speed.judged,
        least: 20_000,
        text: (value) => Math.round(value).toLocaleString("en"),
      },
    ],
  };
}

/** Everything, section by section. */
export const sectionsOf = (results: Results): Section[] =>
  [coverageSection, delaySection, honestSection, viralSection, amountSection, speedSection].map((section) =>
    section(results),
  );

export const sectionLines = ({ lines, targets }: Section): string[] => [...lines, ...targets.map(targetLine), ""];
