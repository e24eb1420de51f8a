import type { AudienceState } from "../../shared/scoring/audience/audience-state.ts";
import { pack } from "../../shared/store/state-row.ts";

/** What an account's messages cost in the table of states, by the sizes of what is written. */
export interface StateCost {
  readonly messages: number;
  readonly follows: number;
  readonly writeUnits: number;
  /** Largest packed row of the counts, and of the sample, in bytes. */
  readonly counts: number;
  readonly sample: number;
}

const UNIT = 1_024;
/** Keys, names, version, time of expiry, and the marks of the latest messages, which every row has at least. */
const AROUND = 300;
/** Sizes change slowly; packing is not free. */
const MEASURED_EVERY = 50;

const unitsOf = (bytes: number): number => Math.ceil((bytes + AROUND) / UNIT);

/**
 * Adds up write units as the store writes: the counts with every message of follows, the sample where it changed. One
 * message an invocation, which is the dearest: messages that come together are one write.
 */
export function stateCost(): { note(state: AudienceState, follows: number): void; cost(): StateCost } {
  let [messages, all, writeUnits, counts, sample] = [0, 0, 0, 0, 0];
  let [countsNow, sampleNow] = [0, 0];
  let before: AudienceState | undefined;
  return {
    note(state, follows) {
      if (messages % MEASURED_EVERY === 0) {
        [countsNow, sampleNow] = [pack(state.counts).length, pack(state.sample).length];
        [counts, sample] = [Math.max(counts, countsNow), Math.max(sample, sampleNow)];
      }
      messages++;
      all += follows;
      if (follows > 0) writeUnits += unitsOf(countsNow);
      if (state.sample !== before?.sample) writeUnits += unitsOf(sampleNow);
      before = state;
    },
    cost: () => ({ messages, follows: all, writeUnits, counts, sample }),
  };
}
