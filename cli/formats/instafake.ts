import { followersOfOne, profileOf } from "./followers.ts";
import { countIn, type Format } from "./format.ts";

const FIRST = Date.UTC(2019, 6, 1);
/** The set has the share of digits and not the length of the name; the profile has both, of which we know the ratio. */
const LENGTH = 100;

/** Instagram fake spammer genuine accounts (Kaggle, 2019): facts of profiles without names. */
export const instafake: Format = {
  name: "instafake",
  about:
    "follow messages from Instagram fake spammer genuine accounts: each file becomes the followers of one account (instafake-FILE), as with cresci; of user names the set has the share of digits only, sent as digits of 100",
  needs: [
    "profile pic",
    "nums/length username",
    "description length",
    "external URL",
    "private",
    "#posts",
    "#followers",
    "#follows",
  ],
  toItems: followersOfOne("instafake", FIRST, (columns, row) => ({
    id: `row-${row}`,
    profile: profileOf({
      followers: countIn(columns["#followers"]),
      following: countIn(columns["#follows"]),
      statuses: countIn(columns["#posts"]),
      defaultImage: columns["profile pic"] === "0",
      private: columns.private === "1",
      hasUrl: columns["external URL"] === "1",
      handleLength: LENGTH,
      handleDigits: Math.round(Number(columns["nums/length username"]) * LENGTH),
      bioLength: countIn(columns["description length"]),
    }),
  })),
};
