import { type Format, rowByRow, timeFrom, unescapeEntities } from "./format.ts";

/** The set has neither times nor authors: a minute a row from here on, and an author for each row. */
const FIRST = Date.UTC(2017, 0, 1);
const MINUTE = 60_000;

/** Davidson et al. 2017: tweets labelled as hate speech, offensive language or neither. */
export const davidson: Format = {
  name: "davidson",
  about:
    "posts from Davidson et al. 2017: tweet; the set has no authors and no times, so each row gets its own author and a minute of 2017",
  needs: ["tweet"],
  toItems: rowByRow(({ tweet }, row) =>
    tweet === undefined || tweet.trim() === ""
      ? undefined
      : {
          kind: "post",
          id: `davidson-${row}`,
          createdAt: timeFrom(FIRST + row * MINUTE),
          channel: { id: "twitter", visibility: "public", surface: "post" },
          author: { id: `author-${row}` },
          text: unescapeEntities(tweet),
        },
  ),
};
