import type { Format } from "./format.ts";

// The set's own ids went through a spreadsheet and lost their last digits, so the row number stands for the tweet.
const idOf = (row: number): string => `airline-${row}`;

/** `2/24/2015 11:35`, taken as UTC: the set does not say which zone. */
function timeOf(written: string | undefined): string {
  const match = /^(\d{1,2})\/(\d{1,2})\/(\d{4}) (\d{1,2}):(\d{2})/.exec(written ?? "");
  const [, month = "2", day = "24", year = "2015", hour = "0", minute = "0"] = match ?? [];
  return new Date(Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute))).toISOString();
}

/** Names are free text: what an id may not hold is left out, and a name of which nothing is left has its row for it. */
const authorOf = (name: string | undefined, row: number): string => {
  const kept = (name ?? "").replaceAll(/[^A-Za-z0-9._-]/g, "").slice(0, 64);
  return /[A-Za-z0-9]/.test(kept) ? kept : `author-${row}`;
};

/** Twitter US Airline Sentiment: tweets of customers to six airlines, February 2015. */
export const airlineTweets: Format = {
  name: "airline-tweets",
  describes: "columns tweet_id, name, text, tweet_created (Twitter US Airline Sentiment)",
  toItem(columns, row) {
    const text = columns.text;
    if (!text || text.trim() === "") return undefined;
    return {
      kind: "post",
      id: idOf(row),
      createdAt: timeOf(columns.tweet_created),
      channel: { id: "twitter", visibility: "public", surface: "post" },
      author: { id: authorOf(columns.name, row) },
      text,
    };
  },
};
