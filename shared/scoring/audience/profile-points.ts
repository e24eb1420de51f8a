import { type Feature, PLACE } from "./profile-features.ts";

/** Facts of a profile that points and reasons go by; each feature belongs to one of them. */
export const FACTS = [
  "favourites",
  "likes",
  "ratio",
  "followers",
  "statuses",
  "listed",
  "image",
  "bio",
  "digits",
  "age",
  "design",
  "verified",
  "url",
] as const;
export type Fact = (typeof FACTS)[number];

type Knots = readonly (readonly [value: number, points: number])[];

interface Points {
  readonly fact: Fact;
  readonly feature: Feature;
  readonly knots: Knots;
}

/** Knots given by counts, as the feature holds them: log2(1 + n). */
const counts = (knots: Knots): Knots => knots.map(([value, points]) => [Math.log2(1 + value), points]);

/**
 * Log-odds points set by hand: what sellers' accounts lack, namely someone who follows back, things liked, a biography,
 * a picture, years. Straight lines between the knots, level beyond them.
 */
const POINTS: readonly Points[] = [
  {
    fact: "favourites",
    feature: "favourites",
    knots: counts([
      [0, 1.5],
      [10, 0.5],
      [100, 0],
      [1000, -1],
      [10_000, -1.2],
    ]),
  },
  // Posts a lot and likes next to nothing, as accounts do that a program runs.
  {
    fact: "likes",
    feature: "favouritesPerStatus",
    knots: [
      [-9, 1],
      [-5, 0],
    ],
  },
  {
    fact: "ratio",
    feature: "ratio",
    knots: [
      [-5, 1.8],
      [-3.3, 1.7],
      [-1.7, 1.1],
      [-0.7, 0.3],
      [0, -0.3],
      [1, -0.7],
    ],
  },
  {
    fact: "followers",
    feature: "followers",
    knots: counts([
      [0, 1],
      [30, 0.8],
      [100, 0.3],
      [500, -0.3],
      [5000, -0.8],
    ]),
  },
  {
    fact: "statuses",
    feature: "statuses",
    knots: counts([
      [0, 1],
      [3, 0.9],
      [20, 0.5],
      [100, 0.1],
      [1000, -0.4],
      [10_000, -0.8],
    ]),
  },
  {
    fact: "listed",
    feature: "listed",
    knots: counts([
      [0, 0.2],
      [2, 0],
      [10, -0.4],
    ]),
  },
  {
    fact: "image",
    feature: "image",
    knots: [
      [0, -0.2],
      [1, 1.5],
    ],
  },
  {
    fact: "bio",
    feature: "bio",
    knots: counts([
      [0, 0.7],
      [10, 0.2],
      [20, 0],
      [60, -0.4],
    ]),
  },
  {
    fact: "digits",
    feature: "digits",
    knots: [
      [0, -0.2],
      [0.15, 0.3],
      [0.3, 0.8],
      [0.5, 1.2],
    ],
  },
  {
    fact: "age",
    feature: "age",
    knots: counts([
      [0, 1],
      [30, 0.6],
      [90, 0.2],
      [365, 0],
      [1460, -0.3],
    ]),
  },
  {
    fact: "url",
    feature: "url",
    knots: [
      [0, 0.1],
      [1, -0.4],
    ],
  },
  {
    fact: "design",
    feature: "design",
    knots: [
      [0, -0.1],
      [1, 0.2],
    ],
  },
  {
    fact: "verified",
    feature: "verified",
    knots: [
      [0, 0],
      [1, -3],
    ],
  },
];

const FACT_PLACE = Object.fromEntries(FACTS.map((fact, place) => [fact, place])) as Readonly<Record<Fact, number>>;
export const factPlace = (fact: Fact): number => FACT_PLACE[fact];

/** What each fact can raise the log-odds by at most. */
const REACH = Float64Array.from(POINTS, ({ knots }) => Math.max(...knots.map(([, points]) => points)));
const WHOLE_REACH = REACH.reduce((sum, reach) => sum + reach, 0);

/** Whoever follows at most 5 has no ratio worth reading, from 40 on it counts in full. */
const RATIO_COUNTS: Knots = counts([
  [5, 0],
  [40, 1],
]);
const RATIO_LINE = POINTS.length;

// The lines as flat lists, as every profile is read by all of them: knots of line n from FIRST[n] to FIRST[n + 1].
const LINES = [...POINTS.map(({ knots }) => knots), RATIO_COUNTS];
const FIRST = Uint8Array.from([0, ...LINES].map((_, line) => LINES.slice(0, line).flat().length));
const KNOT_VALUES = Float64Array.from(LINES.flat(), ([value]) => value);
const KNOT_POINTS = Float64Array.from(LINES.flat(), ([, points]) => points);
const TERM_FACTS = Uint8Array.from(POINTS, ({ fact }) => FACT_PLACE[fact]);
const TERM_PLACES = Uint8Array.from(POINTS, ({ feature }) => PLACE[feature]);

function along(line: number, value: number): number {
  const first = FIRST[line] ?? 0;
  const last = (FIRST[line + 1] ?? 0) - 1;
  if (value <= (KNOT_VALUES[first] ?? 0)) return KNOT_POINTS[first] ?? 0;
  for (let knot = first + 1; knot <= last; knot++) {
    const to = KNOT_VALUES[knot] ?? 0;
    if (value > to) continue;
    const from = KNOT_VALUES[knot - 1] ?? 0;
    const start = KNOT_POINTS[knot - 1] ?? 0;
    return start + ((value - from) / (to - from)) * ((KNOT_POINTS[knot] ?? 0) - start);
  }
  return KNOT_POINTS[last] ?? 0;
}

const YOUNG = Math.log2(1 + 30);

/**
 * The points of a profile by its features: the sum is returned, and each fact's are added into `byFact` (in the order
 * of FACTS) where it is given. A missing fact has none.
 */
export function profilePoints(features: Float64Array, byFact?: Float64Array): number {
  // Few posts and few followers tell half as much of an account that had no time for more.
  const young = (features[PLACE.age] ?? YOUNG) < YOUNG;
  let sum = 0;
  for (let term = 0; term < TERM_PLACES.length; term++) {
    const place = TERM_PLACES[term] ?? 0;
    const value = features[place] ?? Number.NaN;
    if (Number.isNaN(value)) continue;
    let points = along(term, value);
    if (place === PLACE.ratio) points *= along(RATIO_LINE, features[PLACE.following] ?? 0);
    if (young && points > 0 && (place === PLACE.followers || place === PLACE.statuses)) points /= 2;
    sum += points;
    if (byFact) {
      const fact = TERM_FACTS[term] ?? 0;
      byFact[fact] = (byFact[fact] ?? 0) + points;
    }
  }
  return sum;
}

/** Share of what the points can tell that is known: 0 to 1. */
export function pointsKnown(features: Float64Array): number {
  let known = 0;
  for (let term = 0; term < TERM_PLACES.length; term++)
    if (!Number.isNaN(features[TERM_PLACES[term] ?? 0])) known += REACH[term] ?? 0;
  return known / WHOLE_REACH;
}

/** The fact to which each feature belongs, by column. */
export const FACT_OF_FEATURE: Readonly<Record<Feature, Fact>> = {
  favourites: "favourites",
  favouritesPerStatus: "likes",
  favouritesPerDay: "favourites",
  ratio: "ratio",
  followers: "followers",
  following: "ratio",
  followersPerDay: "followers",
  followingPerDay: "ratio",
  statuses: "statuses",
  statusesPerDay: "statuses",
  statusesPerFollowing: "statuses",
  listed: "listed",
  bio: "bio",
  digits: "digits",
  age: "age",
  image: "image",
  design: "design",
  verified: "verified",
  url: "url",
};
