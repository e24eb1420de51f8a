import { followersOfOne, profileOf } from "./followers.ts";
import { countIn, type Format, idOf, textIn, timeFrom, truthIn } from "./format.ts";

/** The day after the set was put together. */
const FIRST = Date.UTC(2016, 2, 16);

const created = (written: string | undefined): string | undefined => {
  const time = textIn(written);
  return time === undefined ? undefined : timeFrom(Date.parse(time));
};

/** Cresci et al. 2017: Twitter accounts, genuine ones in one file and spambots in others. */
export const cresci: Format = {
  name: "cresci",
  about:
    "follow messages from Cresci et al. 2017: each file becomes the followers of one account named for the file (cresci-FILE), up to 1,000 a message; the set has no follows, so one follower every ten minutes is made up, in the order of rows",
  needs: ["id", "screen_name", "followers_count", "friends_count", "statuses_count", "created_at"],
  toItems: followersOfOne("cresci", FIRST, (columns, row) => {
    const handle = columns.screen_name ?? "";
    return {
      id: idOf(columns.id, `row-${row}`),
      profile: profileOf({
        createdAt: created(columns.created_at),
        followers: countIn(columns.followers_count),
        following: countIn(columns.friends_count),
        statuses: countIn(columns.statuses_count),
        favourites: countIn(columns.favourites_count),
        listed: countIn(columns.listed_count),
        defaultProfile: truthIn(columns.default_profile),
        defaultImage: truthIn(columns.default_profile_image),
        verified: truthIn(columns.verified),
        private: truthIn(columns.protected),
        hasUrl: textIn(columns.url) !== undefined,
        nameLength: columns.name?.length,
        handleLength: handle.length,
        handleDigits: handle.replaceAll(/\D/g, "").length,
        bioLength: textIn(columns.description)?.length ?? 0,
      }),
    };
  }),
};
