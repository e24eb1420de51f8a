import { type Format, idOf, rowByRow, timeFrom, unescapeEntities } from "./format.ts";

/** `2/24/2015 11:35`, taken as UTC: the set does not say which zone. */
function timeOf(written: string | undefined): string {
  const [, month, day, year, hour, minute] =
    /^(\d{1,2})\/(\d{1,2})\/(\d{4}) (\d{1,2}):(\d{2})/.exec(written ?? "") ?? [];
  return timeFrom(Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute)));
}

/** Twitter US Airline Sentiment: tweets of customers to six airlines, February 2015. */
export const airlineTweets: Format = {
  name: "airline-tweets",
  about: "posts from Twitter US Airline Sentiment: name, text, tweet_created (taken as UTC); ids count the rows",
  needs: ["name", "text", "tweet_created"],
  toItems: rowByRow(({ name, text, tweet_created }, row) =>
    text === undefined || text.trim() === ""
      ? undefined
      : {
          kind: "post",
          // The set's own ids went through a spreadsheet and lost their last digits.
          id: `airline-${row}`,
          createdAt: timeOf(tweet_created),
          channel: { id: "twitter", visibility: "public", surface: "post" },
          author: { id: idOf(name, `author-${row}`) },
          text: unescapeEntities(text),
        },
  ),
};
