import { readFileSync } from "node:fs";
import { join } from "node:path";
import { MINUTES_A_DAY } from "../../shared/scoring/review/review-facts.ts";
import { inTimeOrder, minuteWithin, type RatingRow } from "./rating-row.ts";

const FILE = "yelpchi_metadata/yelpchi_metadata_to_2011.csv";

/** The day of an ISO date, in days since the epoch. */
export const dayNumber = (date: string): number => Math.floor(Date.parse(`${date}T00:00:00Z`) / 60_000 / MINUTES_A_DAY);

/** YelpChi's metadata in the order of time. `label` is the output of Yelp's own filter. */
export function readYelpChi(data: string): RatingRow[] {
  const [, ...lines] = readFileSync(join(data, FILE), "utf8").trimEnd().split("\n");
  const rows = lines.map((line, row): RatingRow => {
    const [user = "", target = "", rating = "", , date = "", fake = ""] = line.trimEnd().split(",");
    return {
      row,
      user,
      target,
      rating: Number(rating),
      at: minuteWithin(dayNumber(date), user, target),
      label: fake === "1" ? 1 : 0,
    };
  });
  return inTimeOrder(rows);
}
