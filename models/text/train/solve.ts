import { CUE_VALUE } from "../../../shared/scoring/text/model/text-model.ts";
import type { FeatureCorpus } from "./features.ts";

/** One binary question: documents, which of them are yes, and what a mistake on each costs. */
export interface Task {
  readonly documents: Int32Array;
  readonly positive: Uint8Array;
  readonly cost: Float64Array;
  /** For each document the place of its own constant, or -1: sets differ in how common a yes is. */
  readonly constant: Int32Array;
  readonly constants: number;
  /** For each row how much faster it is believed than others. */
  readonly emphasis: Float32Array;
}

/** A small seeded generator (mulberry32): the order of training must not depend on the machine. */
function generator(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const INNER_STEPS = 20;
const BIAS_VALUE = 1;
/** A set's own constant is hardly penalised. */
const OWN_VALUE = 3;

export interface Linear {
  readonly weights: Float64Array;
  readonly bias: number;
}

/** The margin of one document. */
export function marginOf(corpus: FeatureCorpus, { weights, bias }: Linear, document: number): number {
  const { rows, rarity } = corpus;
  const start = corpus.starts[document] as number;
  const letters = corpus.letters[document] as number;
  const cues = corpus.cues[document] as number;
  const end = corpus.starts[document + 1] as number;
  let words = 0;
  for (let at = start; at < letters; at++) {
    const row = rows[at] as number;
    words += (weights[row] as number) * (rarity[row] as number);
  }
  let runs = 0;
  for (let at = letters; at < cues; at++) {
    const row = rows[at] as number;
    runs += (weights[row] as number) * (rarity[row] as number);
  }
  let cue = 0;
  for (let at = cues; at < end; at++) cue += weights[rows[at] as number] as number;
  return (
    bias * BIAS_VALUE +
    words * (corpus.wordNorm[document] as number) +
    runs * (corpus.letterNorm[document] as number) +
    cue * CUE_VALUE
  );
}

/**
 * Logistic regression with an L2 penalty by dual coordinate descent: Yu, Huang and Lin 2011, "Dual coordinate descent
 * methods for logistic regression and maximum entropy models", algorithm 5 with its modified Newton step. Documents
 * come in a seeded order, so that the same input gives the same weights.
 */
export function solve(corpus: FeatureCorpus, task: Task, { rounds, seed }: { rounds: number; seed: number }): Linear {
  const { rows, wordNorm, letterNorm } = corpus;
  const { documents, positive, cost, constant, emphasis } = task;
  const rarity = corpus.rarity.map((value, row) => value * (emphasis[row] as number));
  const believed: FeatureCorpus = { ...corpus, rarity };
  const constants = new Float64Array(task.constants);
  const weights = new Float64Array(corpus.slots.length);
  let bias = 0;
  const dual = new Float64Array(documents.length * 2);
  const squared = new Float64Array(documents.length);

  const move = (document: number, by: number): void => {
    const start = corpus.starts[document] as number;
    const letters = corpus.letters[document] as number;
    const cues = corpus.cues[document] as number;
    const end = corpus.starts[document + 1] as number;
    const words = by * (wordNorm[document] as number);
    for (let at = start; at < letters; at++) {
      const row = rows[at] as number;
      weights[row] = (weights[row] as number) + words * (rarity[row] as number);
    }
    const runs = by * (letterNorm[document] as number);
    for (let at = letters; at < cues; at++) {
      const row = rows[at] as number;
      weights[row] = (weights[row] as number) + runs * (rarity[row] as number);
    }
    const cue = by * CUE_VALUE;
    for (let at = cues; at < end; at++) {
      const row = rows[at] as number;
      weights[row] = (weights[row] as number) + cue;
    }
    bias += by * BIAS_VALUE;
  };

  /** Sum of squares of a document's values. */
  const squareOf = (document: number): number => {
    const letters = corpus.letters[document] as number;
    const cues = corpus.cues[document] as number;
    let words = 0;
    for (let at = corpus.starts[document] as number; at < letters; at++)
      words += (rarity[rows[at] as number] as number) ** 2;
    let runs = 0;
    for (let at = letters; at < cues; at++) runs += (rarity[rows[at] as number] as number) ** 2;
    return words * (wordNorm[document] as number) ** 2 + runs * (letterNorm[document] as number) ** 2;
  };

  for (let index = 0; index < documents.length; index++) {
    const document = documents[index] as number;
    const bound = cost[index] as number;
    dual[2 * index] = Math.min(0.001 * bound, 1e-8);
    dual[2 * index + 1] = bound - (dual[2 * index] as number);
    const cueCount = (corpus.starts[document + 1] as number) - (corpus.cues[document] as number);
    const own = constant[index] as number;
    squared[index] =
      squareOf(document) + cueCount * CUE_VALUE * CUE_VALUE + BIAS_VALUE * BIAS_VALUE + (own < 0 ? 0 : OWN_VALUE ** 2);
    const first = (positive[index] === 1 ? 1 : -1) * (dual[2 * index] as number);
    move(document, first);
    if (own >= 0) constants[own] = (constants[own] as number) + first * OWN_VALUE;
  }

  const order = Int32Array.from(documents, (_, index) => index);
  const random = generator(seed);
  let closeness = 1e-2;
  for (let round = 0; round < rounds; round++) {
    for (let index = order.length - 1; index > 0; index--) {
      const other = Math.floor(random() * (index + 1));
      const held = order[index] as number;
      order[index] = order[other] as number;
      order[other] = held;
    }
    let steps = 0;
    for (let place = 0; place < order.length; place++) {
      const index = order[place] as number;
      const document = documents[index] as number;
      const bound = cost[index] as number;
      const sign = positive[index] === 1 ? 1 : -1;
      const curve = squared[index] as number;
      const own = constant[index] as number;
      const offset = own < 0 ? 0 : (constants[own] as number) * OWN_VALUE;
      const slope = sign * (marginOf(believed, { weights, bias }, document) + offset);
      let mine = 2 * index;
      let other = mine + 1;
      let side = 1;
      if (0.5 * curve * ((dual[other] as number) - (dual[mine] as number)) + slope < 0) {
        mine = 2 * index + 1;
        other = 2 * index;
        side = -1;
      }
      const old = dual[mine] as number;
      let value = old;
      if (bound - value < 0.5 * bound) value *= 0.1;
      let gradient = curve * (value - old) + side * slope + Math.log(value / (bound - value));
      let inner = 0;
      while (inner <= INNER_STEPS && Math.abs(gradient) >= closeness) {
        const next = value - gradient / (curve + bound / (bound - value) / value);
        value = next <= 0 ? value * 0.1 : next;
        gradient = curve * (value - old) + side * slope + Math.log(value / (bound - value));
        inner++;
        steps++;
      }
      if (inner > 0) {
        dual[mine] = value;
        dual[other] = bound - value;
        const change = side * sign * (value - old);
        move(document, change);
        if (own >= 0) constants[own] = (constants[own] as number) + change * OWN_VALUE;
      }
    }
    if (steps <= order.length / 10) closeness = Math.max(1e-8, closeness * 0.1);
  }
  for (let row = 0; row < weights.length; row++) weights[row] = (weights[row] as number) * (emphasis[row] as number);
  return { weights, bias };
}
