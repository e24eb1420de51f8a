import { collapseTrees, DEPTH, type Forest, type FullTrees, forestSum, LEAVES, SPLITS } from "./collapse-trees.ts";
import { FEATURES, type Profile, profileFeatures } from "./profile-features.ts";
import { FACT_OF_FEATURE, FACTS, factPlace, pointsKnown, profilePoints } from "./profile-points.ts";

/** What `npm run train:profiles` writes. No row of any data set. */
export interface ProfileWeights {
  readonly version: number;
  /** The trees' columns, which must be FEATURES. */
  readonly features: readonly string[];
  /** Levels of splits; every tree is full: 2^depth − 1 splits and 2^depth leaves, in heap order. */
  readonly depth: number;
  readonly bias: number;
  /** Of every split of every tree: its column, its threshold (lower goes left), the share of training mass gone left. */
  readonly column: readonly number[];
  readonly threshold: readonly number[];
  readonly left: readonly number[];
  /** Log-odds of every leaf of every tree. */
  readonly leaf: readonly number[];
  /** How much of the trees' differences each column makes; they sum to 1. */
  readonly gain: readonly number[];
  /** How much the points set by hand count beside the trees where all is known. */
  readonly points: number;
  /** Platt's line over the evidence, where half of the profiles are fake. */
  readonly slope: number;
  readonly shift: number;
  /** Share of fakes where nothing is known. */
  readonly prior: number;
}

export interface ProfileModel {
  /**
   * Evidence that the profile is fake or automated, before calibration: 0 where nothing is known. Also what share of
   * what the model can read was known, 0 to 1.
   */
  evidence(profile: Profile, at: number | undefined): { readonly evidence: number; readonly certainty: number };
  /** The chance that it is, calibrated, and the same share. */
  score(profile: Profile, at: number | undefined): { readonly probability: number; readonly certainty: number };
  /** What each fact (in the order of FACTS) added to the log-odds; they sum to what the facts changed. */
  contributions(profile: Profile, at: number | undefined): Float64Array;
}

const NODES = SPLITS + LEAVES;
/** A profile of which less is known is drawn towards the prior in proportion. */
const ENOUGH = 0.25;
/** The trees as they are for one set of known features. */
interface Collapsed {
  readonly forest: Forest;
  /** Share of the trees' gain that lies in these features. */
  readonly known: number;
  readonly certainty: number;
}

/** Forests kept for sets of known facts; a platform sends the same facts of every follower. */
const FORESTS_KEPT = 64;

/** Throws where the weights were made for other features. */
export function profileModel(weights: ProfileWeights): ProfileModel {
  const { bias } = weights;
  if (weights.features.join() !== FEATURES.join()) throw new Error("the weights of profiles are for other features");
  if (weights.depth !== DEPTH) throw new Error(`the weights of profiles are of depth ${weights.depth}, not ${DEPTH}`);
  const trees: FullTrees = {
    column: Uint8Array.from(weights.column),
    threshold: Float64Array.from(weights.threshold),
    left: Float64Array.from(weights.left),
    leaf: Float64Array.from(weights.leaf),
  };
  const mean = bias + collapseTrees(trees, 0).constant;
  const factOf = Uint8Array.from(FEATURES, (name) => factPlace(FACT_OF_FEATURE[name]));
  const values = nodeValues(trees);
  const forests = new Map<number, Collapsed>();
  const features = new Float64Array(FEATURES.length);

  function forestFor(mask: number): Collapsed {
    const kept = forests.get(mask);
    if (kept) return kept;
    if (forests.size >= FORESTS_KEPT) forests.clear();
    const known = weights.gain.reduce((sum, gain, place) => sum + ((mask >> place) & 1) * gain, 0);
    const certainty = Math.min(1, (known + pointsKnown(features)) / 2);
    const made = { forest: collapseTrees(trees, mask), known, certainty };
    forests.set(mask, made);
    return made;
  }

  /** Where the trees know less the points count for more: in full where the trees know nothing. */
  const pointsWeight = (known: number): number => 1 - (1 - weights.points) * known;

  function knownMask(): number {
    let mask = 0;
    for (let place = 0; place < features.length; place++) if (!Number.isNaN(features[place])) mask |= 1 << place;
    return mask;
  }

  /** Each step's change of the mean below goes to the fact of the split (Saabas 2014). */
  function attribute(tree: number, node: number, weight: number, into: Float64Array): void {
    if (node >= SPLITS) return;
    const split = tree * SPLITS + node;
    const place = trees.column[split] ?? 0;
    const held = features[place] ?? 0;
    const next = 2 * node + 1;
    if (Number.isNaN(held)) {
      const share = trees.left[split] ?? 0;
      attribute(tree, next, weight * share, into);
      attribute(tree, next + 1, weight * (1 - share), into);
      return;
    }
    const to = held < (trees.threshold[split] ?? 0) ? next : next + 1;
    const fact = factOf[place] ?? 0;
    const start = tree * NODES;
    into[fact] = (into[fact] ?? 0) + weight * ((values[start + to] ?? 0) - (values[start + node] ?? 0));
    attribute(tree, to, weight, into);
  }

  const prior = Math.log(weights.prior / (1 - weights.prior));

  function evidence(profile: Profile, at: number | undefined) {
    profileFeatures(profile, at, features);
    const { forest, known, certainty } = forestFor(knownMask());
    return {
      evidence: known * (bias + forestSum(forest, features) - mean) + pointsWeight(known) * profilePoints(features),
      certainty,
    };
  }

  return {
    evidence,
    score(profile, at) {
      const { evidence: found, certainty } = evidence(profile, at);
      const logOdds = prior + Math.min(1, certainty / ENOUGH) * (weights.slope * found + weights.shift);
      return { probability: 1 / (1 + Math.exp(-logOdds)), certainty };
    },
    contributions(profile, at) {
      profileFeatures(profile, at, features);
      const byFact = new Float64Array(FACTS.length);
      const ofTrees = new Float64Array(FACTS.length);
      profilePoints(features, byFact);
      for (let tree = 0; tree * SPLITS < trees.column.length; tree++) attribute(tree, 0, 1, ofTrees);
      const { known, certainty } = forestFor(knownMask());
      const weight = pointsWeight(known);
      const scale = weights.slope * Math.min(1, certainty / ENOUGH);
      return byFact.map((points, fact) => scale * (weight * points + known * (ofTrees[fact] ?? 0)));
    },
  };
}

/** What each node's leaves come to on average over the training mass, tree by tree in heap order. */
function nodeValues({ column, left, leaf }: FullTrees): Float64Array {
  const values = new Float64Array((column.length / SPLITS) * NODES);
  for (let tree = 0; tree * SPLITS < column.length; tree++)
    for (let node = NODES - 1; node >= 0; node--) {
      const own = tree * NODES + node;
      const below = tree * NODES + 2 * node + 1;
      const share = left[tree * SPLITS + node] ?? 0;
      values[own] =
        node >= SPLITS
          ? (leaf[tree * LEAVES + node - SPLITS] ?? 0)
          : share * (values[below] ?? 0) + (1 - share) * (values[below + 1] ?? 0);
    }
  return values;
}
