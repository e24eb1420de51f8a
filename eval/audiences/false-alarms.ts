import { chance } from "./chance.ts";
import { somePlatform } from "./deliver.ts";
import { type Extra, makeAccount } from "./made-account.ts";
import { type Facts, peopleElsewhere } from "./made-profile.ts";
import { DAY, HOUR } from "./organic-growth.ts";
import { namesPurchase, replayAccount } from "./replay-account.ts";
import { type StateCost, stateCost } from "./state-cost.ts";
import { SHAPES, spikeTimes } from "./viral-spike.ts";

/** What one honest account was told of in its time. Alarms of one day count as one. */
export interface HonestYears {
  readonly before: number;
  readonly follows: number;
  readonly years: number;
  readonly facts: Facts;
  /** Days on which the verdict newly named a purchase; on which a window of any kind was new. */
  readonly named: number;
  readonly windows: number;
  /** The audience as a whole was named at some time. */
  readonly bot: boolean;
  readonly threeSigma: number;
  readonly fiveTimes: number;
  readonly cost: StateCost;
}

/** Times in an honest account's year at which it is spoken of. */
const SPIKES_A_YEAR = 2;
const FACTS: readonly [Facts, ...Facts[]] = [
  "all",
  "all",
  "all",
  "all",
  "some",
  "some",
  "some",
  "few",
  "few",
  "hidden",
];

/** Alarms, those within a day of the last one left out. */
function alarmDays(): { note(at: number): void; count(): number } {
  let last = Number.NEGATIVE_INFINITY;
  let days = 0;
  return {
    note(at) {
      if (at - last >= DAY) days++;
      last = at;
    },
    count: () => days,
  };
}

/** One account that buys nothing: its growth, its good days, and what the verdict made of them. */
export function honestYears(begins: number, years: number, seed: number): HonestYears {
  const draw = chance(seed);
  const before = Math.round(draw.logBetween(50, 1_000_000));
  const days = Math.round(365 * years);
  const facts = draw.among(FACTS);
  const extras = Array.from({ length: draw.poisson(SPIKES_A_YEAR * years) }, (): Extra => {
    const from = begins + draw.uniform() * (days - 1) * DAY;
    const count = Math.ceil(before * draw.logBetween(0.002, 0.5));
    return { who: "visitor", times: spikeTimes(draw.among(SHAPES), from, count, draw) };
  });
  // Larger accounts grow by a smaller share, as they do.
  const rate = draw.logBetween(0.0003, 0.006) * (before > 100_000 ? 0.5 : 1);
  const plan = { id: `h${seed}`, begins, days, before, rate, facts };
  const account = makeAccount(draw.happens(0.3) ? { ...plan, visitors: peopleElsewhere(draw) } : plan, extras, draw);
  const [threeSigma, fiveTimes] = [alarmDays(), alarmDays()];
  const cost = stateCost();
  let named = 0;
  let wasNamed = false;
  let bot = false;
  let windows = 0;
  let known = Number.NEGATIVE_INFINITY;
  replayAccount(account, somePlatform(draw), draw, begins, ({ at, score, naive, state, follows }) => {
    cost.note(state, follows);
    if (naive.threeSigma) threeSigma.note(at);
    if (naive.fiveTimes) fiveTimes.note(at);
    const names = namesPurchase(score);
    if (names && !wasNamed) named++;
    wasNamed = names;
    bot ||= score.score.labels.some(({ label }) => label === "fake_following.bot");
    for (const { start, end } of score.assessment.windows) {
      // A window grows while it lasts: only one that begins after all that were known is new.
      if (Date.parse(start) > known + HOUR) windows++;
      known = Math.max(known, Date.parse(end));
    }
    return undefined;
  });
  return {
    before,
    follows: account.times.length,
    years,
    facts,
    named,
    windows,
    bot,
    threeSigma: threeSigma.count(),
    fiveTimes: fiveTimes.count(),
    cost: cost.cost(),
  };
}
