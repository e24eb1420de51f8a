import { readFileSync } from "node:fs";
import { join } from "node:path";
import { dayOf, MINUTES_A_DAY } from "../../shared/scoring/review/review-facts.ts";
import { inTimeOrder, minuteWithin, type RatingRow } from "./rating-row.ts";

const FILE = "yelpchi_metadata/yelpchi_metadata_to_2011.csv";

/** The day of an ISO date, in days since the epoch. */
export const dayNumber = (date: string): number => Math.floor(Date.parse(`${date}T00:00:00Z`) / 60_000 / MINUTES_A_DAY);

/**
 * YelpChi's metadata in the order of time. `label` is the output of Yelp's own filter. With `fileOrder` a day's reviews
 * stand as in the file, which leaks their labels: only to show by how much.
 */
export function readYelpChi(data: string, fileOrder = false): RatingRow[] {
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
  return inTimeOrder(fileOrder ? asInFile(rows) : rows);
}

/** Each day's rows a minute apart, in the order in which they are given. */
function asInFile(rows: readonly RatingRow[]): RatingRow[] {
  const seen = new Map<number, number>();
  return rows.map((row) => {
    const day = dayOf(row.at);
    const place = seen.get(day) ?? 0;
    seen.set(day, place + 1);
    return { ...row, at: day * MINUTES_A_DAY + Math.min(place, MINUTES_A_DAY - 1) };
  });
}
