import { chance } from "./chance.ts";
import { STEADY } from "./deliver.ts";
import { makeAccount } from "./made-account.ts";
import { type Facts, peopleElsewhere } from "./made-profile.ts";
import { DAY } from "./organic-growth.ts";
import { namesPurchase, replayAccount } from "./replay-account.ts";
import { type Shape, spikeTimes } from "./viral-spike.ts";

/** What was said of one honest spike, from its beginning until four days later. */
export interface ViralOutcome {
  readonly shape: Shape;
  /** The spike's people are of another kind than the account's. */
  readonly elsewhere: boolean;
  readonly facts: Facts;
  /** Named as a purchase at any time; as a burst of unknown kind at the end. */
  readonly named: boolean;
  readonly unclear: boolean;
  /** A window of it was called viral at the end; there was a window at all. */
  readonly viral: boolean;
  readonly window: boolean;
  /** What a count alone would have said: more than three standard deviations in an hour. */
  readonly threeSigma: boolean;
}

const QUIET = 24;
const WATCHED = 4;

/** One account that goes viral once, with 2% to 200% of its following. */
export function viralOutcome(
  shape: Shape,
  elsewhere: boolean,
  facts: Facts,
  begins: number,
  seed: number,
): ViralOutcome {
  const draw = chance(seed);
  const before = Math.round(draw.logBetween(500, 50_000));
  const from = begins + (QUIET + 7 * draw.uniform()) * DAY;
  const times = spikeTimes(shape, from, Math.ceil(before * draw.logBetween(0.02, 2)), draw);
  const plan = {
    id: `v${seed}`,
    begins,
    days: QUIET + 7 + WATCHED,
    before,
    rate: draw.logBetween(0.0005, 0.01),
    facts,
  };
  const account = makeAccount(
    elsewhere ? { ...plan, visitors: peopleElsewhere(draw) } : plan,
    [{ times, who: "visitor" }],
    draw,
  );
  const ends = from + WATCHED * DAY;
  let [named, threeSigma] = [false, false];
  let last: ReadonlySet<string> = new Set();
  replayAccount(account, STEADY, draw, from, ({ at, score, naive }) => {
    named ||= namesPurchase(score);
    threeSigma ||= naive.threeSigma;
    last = new Set(score.assessment.windows.filter(({ end }) => Date.parse(end) > from).map(({ kind }) => kind));
    return at > ends ? "enough" : undefined;
  });
  return {
    shape,
    elsewhere,
    facts,
    named,
    unclear: last.has("unclear"),
    viral: last.has("viral"),
    window: last.size > 0,
    threeSigma,
  };
}
