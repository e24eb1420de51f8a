import type { Chance } from "./chance.ts";
import { batchSeller, dearSeller, type Seller, someSeller } from "./made-profile.ts";
import { HOUR } from "./organic-growth.ts";

/** Ways in which sellers deliver. */
export const DELIVERIES = ["fast", "dressed", "batch", "mixed", "metered", "drip"] as const;
export type Delivery = (typeof DELIVERIES)[number];

export const WHAT: Readonly<Record<Delivery, string>> = {
  fast: "within 20 to 120 minutes, mostly thin accounts",
  dressed: "within 1 to 4 hours, most accounts look good",
  batch: "within 1 to 4 hours, accounts made on the same few days",
  mixed: "within 1 to 4 hours, together with as many people",
  metered: "over 12 to 36 hours, evenly",
  drip: "over 3 to 10 days, a part each day",
};

/** Deliveries that end within four hours: what the targets of hours are about. */
export const QUICK: ReadonlySet<Delivery> = new Set(["fast", "dressed", "batch", "mixed"]);

export interface Block {
  /** Milliseconds since the epoch, in order. */
  readonly times: readonly number[];
  readonly seller: Seller;
  /** Times at which people follow in the same hours, as a paid promotion brings them. */
  readonly people: readonly number[];
}

/** A delivery of `count` followers that begins at `from`. */
export function boughtBlock(delivery: Delivery, from: number, count: number, draw: Chance): Block {
  const evenly = (hours: number): number[] =>
    Array.from({ length: count }, () => from + draw.uniform() * hours * HOUR).sort((a, b) => a - b);
  switch (delivery) {
    case "fast":
      return { times: evenly(draw.between(0.33, 2)), seller: someSeller(draw), people: [] };
    case "dressed":
      return { times: evenly(draw.between(1, 4)), seller: dearSeller(draw), people: [] };
    case "batch":
      return { times: evenly(draw.between(1, 4)), seller: batchSeller(draw), people: [] };
    case "mixed": {
      const hours = draw.between(1, 4);
      return { times: evenly(hours), seller: someSeller(draw), people: evenly(hours) };
    }
    case "metered": {
      const gap = (draw.between(12, 36) * HOUR) / count;
      // A machine's clock: every gap alike, give or take a tenth.
      const times = Array.from({ length: count }, (_, index) => from + gap * (index + 0.1 * draw.normal()));
      return { times: times.sort((a, b) => a - b), seller: someSeller(draw), people: [] };
    }
    case "drip": {
      const hours = 24 * draw.between(3, 10);
      return { times: evenly(hours), seller: someSeller(draw), people: [] };
    }
  }
}
