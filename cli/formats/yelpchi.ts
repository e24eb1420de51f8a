import { type Format, rowByRow, timeFrom } from "./format.ts";

const DAY = 86_400_000;
const GOLDEN = 0.618_033_988_749_895;

/** The set has days only. Rows are spread evenly over their day, so that no tempo within an hour is made up. */
const timeOf = (day: string | undefined, row: number): string =>
  /^\d{4}-\d{2}-\d{2}$/.test(day ?? "")
    ? timeFrom(Date.parse(`${day}T00:00:00Z`) + Math.floor(((row * GOLDEN) % 1) * DAY))
    : "";

/** YelpChi: reviews of restaurants and hotels in Chicago; this copy holds no texts. */
export const yelpchi: Format = {
  name: "yelpchi",
  about:
    "reviews without text from YelpChi's metadata: user_id, prod_id, rating, date; the set has days only, so rows are spread evenly over their day",
  needs: ["user_id", "prod_id", "rating", "date"],
  toItems: rowByRow(({ user_id, prod_id, rating, date }, row) => ({
    kind: "review",
    id: `yelpchi-${row}`,
    createdAt: timeOf(date, row),
    channel: { id: "yelp", visibility: "public", surface: "review" },
    author: { id: `user-${user_id}` },
    target: { id: `product-${prod_id}` },
    rating: Number(rating),
  })),
};
