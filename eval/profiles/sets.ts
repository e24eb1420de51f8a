import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Profile } from "../../shared/scoring/audience/profile-features.ts";
import { readCsv } from "../read-csv.ts";
import { countOf, momentOf, numberOf, truthOf, wordsOf } from "./parse-cell.ts";
import { digitsIn, known } from "./profile-in-row.ts";

const DAY_MS = 86_400_000;

export interface LabelledProfile {
  readonly profile: Profile;
  readonly fake: boolean;
  /** When the profile was collected, milliseconds since the epoch. */
  readonly seenAt: number | undefined;
  /** Its part of the set: the campaign of a bot, the follower band. */
  readonly group: string;
}

export interface ProfileSet {
  readonly name: string;
  readonly about: string;
  /** What the set may be used for: see ../shared/data/README.md. */
  readonly use: "train" | "tune" | "eval";
  /** Its fakes are sold followers or spam accounts; bots of other kinds say little on audiences. */
  readonly ofFollowers: boolean;
  readonly rows: readonly LabelledProfile[];
}

type Fields = Readonly<Record<string, string | undefined>>;

/** Files of Twitter accounts write falsehood, "no link" and "no biography" as an empty cell. */
function twitter(fields: Fields): { readonly profile: Profile; readonly seenAt: number | undefined } {
  const created = momentOf(fields.created_at);
  const handle = wordsOf(fields.screen_name);
  return {
    seenAt: momentOf(fields.crawled_at),
    profile: known({
      createdAt: created === undefined ? undefined : new Date(created).toISOString(),
      followers: countOf(fields.followers_count),
      following: countOf(fields.friends_count),
      statuses: countOf(fields.statuses_count),
      favourites: countOf(fields.favourites_count),
      listed: countOf(fields.listed_count ?? fields.listedcount),
      defaultProfile: truthOf(fields.default_profile) ?? false,
      defaultImage: truthOf(fields.default_profile_image) ?? false,
      verified: truthOf(fields.verified) ?? false,
      hasUrl: wordsOf(fields.url) !== undefined,
      nameLength: wordsOf(fields.name)?.length,
      handleLength: handle?.length,
      handleDigits: handle === undefined ? undefined : digitsIn(handle),
      bioLength: wordsOf(fields.description)?.length ?? 0,
    }),
  };
}

function instagram(fields: Fields): Profile {
  // The set gives the share of digits and not the length.
  const share = numberOf(fields["nums/length username"]);
  return known({
    followers: countOf(fields["#followers"]),
    following: countOf(fields["#follows"]),
    statuses: countOf(fields["#posts"]),
    defaultImage: truthOf(fields["profile pic"]) === false,
    private: truthOf(fields.private),
    hasUrl: truthOf(fields["external URL"]),
    bioLength: countOf(fields["description length"]),
    handleLength: share === undefined ? undefined : 100,
    handleDigits: share === undefined ? undefined : Math.round(share * 100),
  });
}

const BANDS: Readonly<Record<string, number>> = { "1k": 1e3, "100k": 1e5, "1M": 1e6, "10M": 1e7 };
/** Any moment will do: the set gives ages. */
const GILANI_SEEN = Date.UTC(2016, 3, 30);

/** Of followers the set has the band only, of followed accounts the ratio to that; the rest are rates times age. */
function gilani(fields: Fields, band: string): Profile {
  const age = numberOf(fields.age_of_account_in_days);
  const times = (rate: string | undefined): number | undefined => {
    const number = numberOf(rate);
    return number === undefined || age === undefined ? undefined : Math.round(number * age);
  };
  const followers = BANDS[band];
  const ratio = numberOf(fields.follower_friend_ratio);
  return known({
    createdAt: age === undefined ? undefined : new Date(GILANI_SEEN - age * DAY_MS).toISOString(),
    followers,
    following: ratio === undefined || followers === undefined || ratio <= 0 ? undefined : Math.round(followers / ratio),
    statuses: times(fields.tweet_frequency),
    favourites: countOf(fields.user_favourited),
    listed: times(fields.lists_per_user),
  });
}

/** The day of the last posts in the set. */
const KAGGLE_SEEN = Date.UTC(2017, 2, 15);

/** Reads the public sets of profiles from the folder that holds them all. Throws where a file is missing. */
export function readProfileSets(folder: string): ProfileSet[] {
  const read = (file: string, encoding: BufferEncoding = "utf8"): Fields[] =>
    readCsv(readFileSync(join(folder, file), encoding));
  const rowsOf = (file: string, fake: boolean, group: string, encoding?: BufferEncoding): LabelledProfile[] =>
    read(file, encoding).map((fields) => ({ ...twitter(fields), fake, group }));
  /** Where a set does not say when it was collected, it was after its youngest account was made. */
  const seenLate = (rows: readonly LabelledProfile[]): LabelledProfile[] => {
    const youngest = rows.reduce((most, { profile }) => Math.max(most, Date.parse(profile.createdAt ?? "") || 0), 0);
    return rows.map((row) => ({ ...row, seenAt: youngest }));
  };
  return [
    {
      name: "cresci2017",
      about: "three campaigns of social spambots against genuine accounts (Twitter)",
      use: "train",
      ofFollowers: true,
      rows: [
        ...rowsOf("cresci2017_accounts/geniune_accounts.csv", false, "genuine"),
        ...[1, 2, 3].flatMap((group) =>
          rowsOf(`cresci2017_accounts/social_spambots_${group}.csv`, true, `spambots ${group}`),
        ),
      ],
    },
    {
      name: "kaggle2017",
      about: "bots of any kind, useful ones too, against people and celebrities (Twitter)",
      use: "train",
      ofFollowers: false,
      rows: [
        ...rowsOf("kaggle_twitter_bots_2017/nonbots_data.csv", false, "people", "latin1"),
        ...rowsOf("kaggle_twitter_bots_2017/bots_data.csv", true, "bots", "latin1"),
      ].map((row) => ({ ...row, seenAt: KAGGLE_SEEN })),
    },
    {
      name: "cresci2015",
      about: "followers sold by one seller against Italian accounts (Twitter)",
      use: "tune",
      ofFollowers: true,
      rows: seenLate([
        ...rowsOf("cresci2015_e13_int/users_E13_genuine.csv", false, "E13"),
        ...rowsOf("cresci2015_e13_int/fusers_INT_fake.csv", true, "INT"),
      ]),
    },
    {
      name: "instagram",
      about: "fake and spam accounts against genuine ones (Instagram)",
      use: "tune",
      ofFollowers: true,
      rows: ["train", "test"].flatMap((part) =>
        read(`instagram_fake_kaggle/${part}.csv`).map((fields) => ({
          profile: instagram(fields),
          fake: fields.fake === "1",
          seenAt: undefined,
          group: part,
        })),
      ),
    },
    {
      name: "gilani2017",
      about: "automated accounts of any kind against people, by bands of reach (Twitter)",
      use: "eval",
      ofFollowers: false,
      rows: Object.keys(BANDS).flatMap((band) =>
        (["humans", "bots"] as const).flatMap((kind) =>
          read(`gilani2017_features/${kind}.${band}.csv`).map((fields) => ({
            profile: gilani(fields, band),
            fake: kind === "bots",
            seenAt: GILANI_SEEN,
            group: band,
          })),
        ),
      ),
    },
  ];
}
