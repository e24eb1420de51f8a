import { scaled, type Usage } from "../count/usage.ts";
import type { Kind } from "../kinds.ts";
import { PRICES } from "./prices.ts";

/** What is the same on every machine: calls and their sizes. No durations, and nothing that follows from them. */
const STEADY = [
  "writeUnits",
  "readUnits",
  "apiRequests",
  "sqsRequests",
  "snsRequests",
] as const satisfies readonly (keyof Usage)[];

/** A bill that grew by this much fails the tests. */
const TOO_MUCH = 2;

/**
 * Dollars for a million items in steady counts, batched, as counted on 2026-11-22. Who lowers the bill lowers the
 * figure here; who raises it on purpose says why in the same change: posts 2.2 → 2.5 pay for the verdicts' journal and the
 * flow counts, by which policies are tried on the past and floods are seen.
 */
export const BASELINE: Readonly<Record<Kind, number>> = { posts: 2.5, reviews: 9.4, follows: 2.7 };

/** Dollars for a million items, by what does not depend on the machine. */
export function steadyDollars(usage: Usage, items: number): number {
  const million = scaled(usage, 1_000_000 / items);
  return STEADY.reduce((sum, name) => sum + (million[name] / PRICES[name].per) * PRICES[name].dollars, 0);
}

/** Why the bill of a kind is not acceptable, for whoever reads a failed test; undefined where it is. */
export function billFault(kind: Kind, usage: Usage, items: number): string | undefined {
  const dollars = steadyDollars(usage, items);
  if (dollars < BASELINE[kind] * TOO_MUCH) return undefined;
  return `a million ${kind} cost $${dollars.toFixed(2)} in calls and units alone; the baseline is $${BASELINE[kind]} (see npm run bench -- --bill-only)`;
}
