import { SUSPICIOUS_FROM } from "../../shared/domain/suspicious-from.ts";
import { emptyAudience, observeSnapshot } from "../../shared/scoring/audience/audience-state.ts";
import { PROFILE_QUALITY } from "../../shared/scoring/audience/profile-quality.ts";
import { type Profile, scoreProfile } from "../../shared/scoring/audience/profile-score.ts";
import { scoreAudience } from "../../shared/scoring/audience/score-audience.ts";
import { trueShare, wilson } from "../../shared/scoring/statistics.ts";
import { type Chance, chance } from "./chance.ts";
import { dearSeller, peopleElsewhere, person, soldFollower, somePeople, someSeller } from "./made-profile.ts";

export const SHARES = [0, 0.02, 0.05, 0.1, 0.2, 0.4, 0.6] as const;
export const SAMPLES = [30, 100, 250] as const;

/** How the shipped interval and the naive one did in one cell of true share and sample size. */
export interface CoverageCell {
  readonly share: number;
  readonly sampled: number;
  readonly runs: number;
  readonly covered: number;
  readonly naive: number;
  /** Mean width of the shipped interval. */
  readonly width: number;
  /** Mean of estimate − truth. */
  readonly bias: number;
}

/** Draws profiles of one made world. */
export interface World {
  genuine(): Profile;
  fake(): Profile;
}

/** When the sampled profiles are seen. */
export const AT = Date.UTC(2025, 5, 1);
const POPULATION = 20_000;

const gamma = (shape: number, draw: Chance): number =>
  shape >= 1
    ? shape * draw.multiplier(shape)
    : (shape + 1) * draw.multiplier(shape + 1) * draw.uniform() ** (1 / shape);
function beta(a: number, b: number, draw: Chance): number {
  const one = gamma(a, draw);
  return one / (one + gamma(b, draw));
}

/** Audiences of every kind and sellers of every quality: how well the scorer does on them is not what its card says. */
export function madeWorld(draw: Chance): World {
  const people = draw.happens(0.2) ? peopleElsewhere(draw) : somePeople(draw);
  const seller = draw.happens(0.3) ? dearSeller(draw) : someSeller(draw);
  return { genuine: () => person(people, AT, draw), fake: () => soldFollower(seller, AT, draw) };
}

const isOver = (profile: Profile): boolean =>
  Math.round(scoreProfile(profile, AT).probability * 100) >= SUSPICIOUS_FROM;

/**
 * Worlds in which sensitivity and specificity are drawn from what the scorer's card knows of them (Jeffreys' posterior):
 * profiles are made ones, chosen by what the scorer says of them.
 */
export function worldsOfTheCard(seed: number): (draw: Chance) => World {
  const draw = chance(seed);
  const over: Profile[] = [];
  const under: Profile[] = [];
  while (over.length < 400 || under.length < 400) {
    const world = madeWorld(draw);
    for (const profile of [world.genuine(), world.fake()]) (isOver(profile) ? over : under).push(profile);
  }
  const { hits, positives, passes, negatives } = PROFILE_QUALITY;
  return (own) => {
    const found = beta(hits + 0.5, positives - hits + 0.5, own);
    const spared = beta(passes + 0.5, negatives - passes + 0.5, own);
    const from = (flagged: boolean): Profile => {
      const pool = flagged ? over : under;
      return pool[Math.floor(own.uniform() * pool.length)] ?? {};
    };
    return { genuine: () => from(!own.happens(spared)), fake: () => from(own.happens(found)) };
  };
}

/** Worlds that draw real profiles, with replacement. */
export const worldsOf =
  (genuine: readonly Profile[], fakes: readonly Profile[]) =>
  (draw: Chance): World => {
    const from = (pool: readonly Profile[]): Profile => pool[Math.floor(draw.uniform() * pool.length)] ?? {};
    return { genuine: () => from(genuine), fake: () => from(fakes) };
  };

/** One cell through the reducer of snapshots and the scorer: a sample of an account of 20,000 followers. */
export function coverageCell(
  worldOf: (draw: Chance) => World,
  share: number,
  sampled: number,
  runs: number,
  seed: number,
): CoverageCell {
  const draw = chance(seed);
  let [covered, naive, width, bias, made] = [0, 0, 0, 0, 0];
  for (let run = 0; run < runs; run++) {
    const world = worldOf(draw);
    // Without replacement from a following whose fakes are exactly `share` of it.
    let fakes = Math.round(share * POPULATION);
    const sample = Array.from({ length: sampled }, (_, index) => {
      const fake = draw.happens(fakes / (POPULATION - index));
      if (fake) fakes--;
      return { id: `f${run}.${index}`, profile: fake ? world.fake() : world.genuine() };
    });
    const snapshot = {
      kind: "audience" as const,
      id: `s${run}`,
      account: { id: "a" },
      createdAt: new Date(AT).toISOString(),
      followerCount: POPULATION,
      sample,
    };
    const { fakeShare } = scoreAudience(observeSnapshot(emptyAudience(), snapshot, `account${run}`), AT).assessment;
    if (fakeShare === undefined) continue;
    made++;
    const plain = wilson(sample.filter(({ profile }) => isOver(profile)).length, sampled);
    if (fakeShare.low <= share && share <= fakeShare.high) covered++;
    if (plain.low <= share && share <= plain.high) naive++;
    width += fakeShare.high - fakeShare.low;
    bias += fakeShare.estimate - share;
  }
  return { share, sampled, runs: made, covered, naive, width: width / made, bias: bias / made };
}

/**
 * One cell of the interval's formula alone, as its authors tested it: sensitivity .93 and specificity .97, each known
 * from a validation sample of 300 that is drawn anew in every run.
 */
export function formulaCell(share: number, sampled: number, runs: number, seed: number): CoverageCell {
  const draw = chance(seed);
  const [found, spared, validated] = [0.93, 0.97, 300];
  const drawn = (whole: number, chanceOfEach: number): number => {
    let part = 0;
    for (let one = 0; one < whole; one++) if (draw.happens(chanceOfEach)) part++;
    return part;
  };
  let [covered, naive, width, bias] = [0, 0, 0, 0];
  for (let run = 0; run < runs; run++) {
    const quality = {
      hits: drawn(validated, found),
      positives: validated,
      passes: drawn(validated, spared),
      negatives: validated,
    };
    const part = drawn(sampled, share * found + (1 - share) * (1 - spared));
    const own = trueShare(part, sampled, quality);
    if (own === undefined) continue;
    const plain = wilson(part, sampled);
    if (own.low <= share && share <= own.high) covered++;
    if (plain.low <= share && share <= plain.high) naive++;
    width += own.high - own.low;
    bias += own.estimate - share;
  }
  return { share, sampled, runs, covered, naive, width: width / runs, bias: bias / runs };
}
