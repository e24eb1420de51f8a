import { readFileSync } from "node:fs";
import { join } from "node:path";
import { inTimeOrder, type RatingRow } from "./rating-row.ts";

const FOLDER = "bitcoin_otc_trust";

/** Ratings between traders, −10 to 10 mapped to 1 to 5, in the order of time, and what is known of some raters (1 = fraudulent). */
export interface BitcoinOtc {
  readonly rows: readonly RatingRow[];
  readonly truth: ReadonlyMap<string, 0 | 1>;
}

const linesOf = (data: string, file: string): string[][] =>
  readFileSync(join(data, FOLDER, file), "utf8")
    .trimEnd()
    .split("\n")
    .map((line) => line.trimEnd().split(","));

export function readBitcoinOtc(data: string): BitcoinOtc {
  const rows = linesOf(data, "soc-sign-bitcoinotc.csv").map(
    ([user = "", target = "", rating = "", time = ""], row): RatingRow => ({
      row,
      user,
      target,
      rating: 3 + Number(rating) / 5,
      at: Math.floor(Number(time) / 60),
    }),
  );
  const truth = new Map(
    linesOf(data, "otc_gt.csv").map(([user = "", label = ""]) => [user, label === "-1" ? 1 : 0] as const),
  );
  return { rows: inTimeOrder(rows), truth };
}
