import { scaled, type Usage } from "../count/usage.ts";
import { COMPREHEND, PRICES, type Price } from "./prices.ts";

const MILLION = 1_000_000;

export interface BillLine {
  readonly price: Price;
  /** Units for a million items. */
  readonly amount: number;
  readonly dollars: number;
}

export interface Bill {
  readonly lines: readonly BillLine[];
  /** Dollars for a million items. */
  readonly total: number;
}

/** The bill of a million items, from what `items` of them used. */
export function billOf(usage: Usage, items: number): Bill {
  const million = scaled(usage, MILLION / items);
  const lines = (Object.keys(PRICES) as (keyof Usage)[]).map((name) => {
    const price = PRICES[name];
    return { price, amount: million[name], dollars: (million[name] / price.per) * price.dollars };
  });
  return { lines, total: lines.reduce((sum, { dollars }) => sum + dollars, 0) };
}

/** Dollars for a million texts of this many characters sent to one API of Amazon Comprehend. */
export function comprehendDollars(characters: number): number {
  const units = Math.max(COMPREHEND.leastUnits, Math.ceil(characters / COMPREHEND.charactersPerUnit));
  return units * COMPREHEND.dollarsPerUnit * MILLION;
}
