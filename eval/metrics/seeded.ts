import { mix32 } from "../../shared/scoring/hash.ts";

/** 2³² divided by the golden ratio, odd: steps by it visit every 32-bit state once. */
const STEP = 0x9e3779b9;

/** A source of numbers in [0, 1), 32 bits each, that gives the same run for the same seed. Period 2³². */
export function seeded(seed: number): () => number {
  let state = mix32(seed);
  return () => {
    state = (state + STEP) >>> 0;
    return mix32(state) / 2 ** 32;
  };
}
