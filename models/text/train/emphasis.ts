import type { FeatureCorpus } from "./features.ts";

interface Counted {
  readonly documents: Int32Array;
  readonly positive: Uint8Array;
  readonly cost: Float64Array;
}

/**
 * How telling each n-gram is of a question before anything is fitted: the square root of |log-count ratio| (Wang and
 * Manning 2012, "Baselines and bigrams", scale with the ratio itself). Cues are all taken as equal.
 */
export function emphasisOf(
  features: FeatureCorpus,
  { documents, positive, cost }: Counted,
  isCue: Uint8Array,
): Float32Array {
  const count = features.slots.length;
  const yes = new Float64Array(count).fill(1);
  const no = new Float64Array(count).fill(1);
  let allYes = 0;
  let allNo = 0;
  documents.forEach((document, index) => {
    const share = cost[index] as number;
    const side = positive[index] === 1 ? yes : no;
    if (positive[index] === 1) allYes += share;
    else allNo += share;
    const end = features.starts[document + 1] as number;
    for (let at = features.starts[document] as number; at < end; at++) {
      const row = features.rows[at] as number;
      side[row] = (side[row] as number) + share;
    }
  });
  const emphasis = new Float32Array(count);
  for (let row = 0; row < count; row++) {
    const ratio = Math.log((yes[row] as number) / allYes / ((no[row] as number) / allNo));
    emphasis[row] = isCue[row] === 1 ? 1 : Math.sqrt(Math.abs(ratio));
  }
  return emphasis;
}
