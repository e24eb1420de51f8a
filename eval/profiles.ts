import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { SUSPICIOUS_FROM } from "../shared/scoring/audience/audience-state.ts";
import { type Profile, scoreProfile } from "../shared/scoring/audience/profile-score.ts";
import { wilson } from "../shared/scoring/statistics.ts";
import { readCsv } from "./read-csv.ts";

// How well the hand-set points of profiles tell fake from genuine on public sets that may be used for tuning, beside
// what each single column does alone: where one column alone does nearly as well, the set is too easy to prove much.

interface Row {
  readonly profile: Profile;
  readonly fake: boolean;
  /** When the profile was collected, milliseconds since the epoch. */
  readonly seenAt?: number;
}
type Fields = Record<string, string | undefined>;

const { values } = parseArgs({ options: { data: { type: "string" } } });
if (values.data === undefined || !existsSync(values.data)) {
  console.error("usage: node eval/profiles.ts --data ../shared/data");
  process.exit(2);
}
const data = values.data;

const read = (file: string, encoding: BufferEncoding = "utf8"): Fields[] =>
  readCsv(readFileSync(join(data, file), encoding).replace(/^\ufeff/, ""));

const present = (value: string | undefined): value is string => value !== undefined && value !== "" && value !== "NULL";
const whole = (value: string | undefined): number | undefined => {
  const number = Number(value);
  return present(value) && Number.isFinite(number) ? Math.max(0, Math.round(number)) : undefined;
};
const truth = (value: string | undefined): boolean => /^(?:1|true)$/i.test(value ?? "");

/** Leaves out what is undefined, as the schema of profiles asks. */
const defined = <T extends object>(fields: { [K in keyof T]: T[K] | undefined }): T =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as T;

const twitter =
  (fake: boolean) =>
  (fields: Fields): Row => {
    const created = Date.parse(fields.created_at ?? "");
    const seen = Date.parse(fields.crawled_at ?? fields.updated ?? "");
    const handle = fields.screen_name ?? "";
    const profile = defined<Profile>({
      createdAt: Number.isNaN(created) ? undefined : new Date(created).toISOString(),
      followers: whole(fields.followers_count),
      following: whole(fields.friends_count),
      statuses: whole(fields.statuses_count),
      favourites: whole(fields.favourites_count),
      listed: whole(fields.listed_count ?? fields.listedcount),
      defaultProfile: truth(fields.default_profile),
      defaultImage: truth(fields.default_profile_image),
      verified: truth(fields.verified),
      hasUrl: present(fields.url),
      nameLength: fields.name?.length,
      handleLength: handle.length,
      handleDigits: handle.replaceAll(/\D/g, "").length,
      bioLength: fields.description === "NULL" ? 0 : (fields.description?.length ?? 0),
    });
    return { profile, fake, ...(Number.isNaN(seen) ? {} : { seenAt: seen }) };
  };

const instagram = (fields: Fields): Row => ({
  fake: fields.fake === "1",
  profile: defined<Profile>({
    followers: whole(fields["#followers"]),
    following: whole(fields["#follows"]),
    statuses: whole(fields["#posts"]),
    defaultImage: fields["profile pic"] === "0",
    private: fields.private === "1",
    hasUrl: fields["external URL"] === "1",
    bioLength: whole(fields["description length"]),
    // The set gives the share of digits, not the length.
    handleLength: 100,
    handleDigits: Math.round(Number(fields["nums/length username"]) * 100),
  }),
});

const cresci = (file: string): string => `cresci2017_accounts/${file}.csv`;
const genuine2017 = read(cresci("geniune_accounts")).map(twitter(false));
const spambots = [1, 2, 3].map((group) => read(cresci(`social_spambots_${group}`)).map(twitter(true)));
interface DataSet {
  readonly name: string;
  readonly rows: readonly Row[];
  /** Its fakes are sold followers or spam accounts, so that it tells how the points do on audiences. */
  readonly ofFollowers: boolean;
}
const sets: readonly DataSet[] = [
  { name: "cresci2017 (3 groups of social spambots)", rows: [...genuine2017, ...spambots.flat()], ofFollowers: true },
  ...spambots.map((group, index) => ({
    name: `cresci2017, group ${index + 1} against the genuine`,
    rows: [...genuine2017, ...group],
    ofFollowers: false,
  })),
  {
    name: "instagram_fake_kaggle",
    rows: ["train", "test"].flatMap((part) => read(`instagram_fake_kaggle/${part}.csv`).map(instagram)),
    ofFollowers: true,
  },
  {
    name: "cresci2015 (E13 against the seller INT)",
    rows: [
      ...read("cresci2015_e13_int/users_E13_genuine.csv").map(twitter(false)),
      ...read("cresci2015_e13_int/fusers_INT_fake.csv").map(twitter(true)),
    ],
    ofFollowers: true,
  },
  {
    name: "kaggle_twitter_bots_2017 (bots of any kind, useful ones too)",
    rows: [
      ...read("kaggle_twitter_bots_2017/nonbots_data.csv", "latin1").map(twitter(false)),
      ...read("kaggle_twitter_bots_2017/bots_data.csv", "latin1").map(twitter(true)),
    ],
    ofFollowers: false,
  },
];

/** The area under the ROC curve: the chance that a fake scores above a genuine one; ties count half. */
function auc(scored: readonly { readonly value: number; readonly fake: boolean }[]): number {
  const sorted = scored.toSorted((a, b) => a.value - b.value);
  let rankSum = 0;
  for (let start = 0; start < sorted.length; ) {
    let end = start;
    while (end < sorted.length && sorted[end]?.value === sorted[start]?.value) end++;
    const fakes = sorted.slice(start, end).filter(({ fake }) => fake).length;
    rankSum += (fakes * (start + 1 + end)) / 2;
    start = end;
  }
  const fakes = sorted.filter(({ fake }) => fake).length;
  return (rankSum - (fakes * (fakes + 1)) / 2) / (fakes * (sorted.length - fakes));
}

/** Hanley and McNeil's standard error of an AUC, as a 95% interval. */
function aucText(area: number, fakes: number, genuine: number): string {
  const q1 = area / (2 - area);
  const q2 = (2 * area * area) / (1 + area);
  const spread = area * (1 - area) + (fakes - 1) * (q1 - area * area) + (genuine - 1) * (q2 - area * area);
  return `${area.toFixed(3)} ± ${(1.96 * Math.sqrt(spread / (fakes * genuine))).toFixed(3)}`;
}

/** One column alone, higher meaning more likely fake. */
const SINGLE: readonly (readonly [string, (profile: Profile) => number | undefined])[] = [
  [
    "few followers per following",
    ({ followers, following }) =>
      followers === undefined || following === undefined ? undefined : -(followers + 1) / (following + 1),
  ],
  ["few followers", ({ followers }) => (followers === undefined ? undefined : -followers)],
  ["few statuses", ({ statuses }) => (statuses === undefined ? undefined : -statuses)],
  ["few favourites", ({ favourites }) => (favourites === undefined ? undefined : -favourites)],
  ["short biography", ({ bioLength }) => (bioLength === undefined ? undefined : -bioLength)],
  ["digits in the handle", ({ handleDigits, handleLength }) => (handleDigits ?? 0) / (handleLength || 1)],
  ["no picture", ({ defaultImage }) => (defaultImage === undefined ? undefined : Number(defaultImage))],
];

const share = (part: number, all: number): string => {
  const { low, high } = wilson(part, all);
  const text = (value: number): string => `${(100 * value).toFixed(1)}%`;
  return `${text(part / all)} (${part}/${all}, 95% ${text(low)}-${text(high)})`;
};

const found: number[] = [];
const spared: number[] = [];
for (const { name, rows, ofFollowers } of sets) {
  const fakes = rows.filter(({ fake }) => fake).length;
  const genuine = rows.length - fakes;
  const scored = rows.map(({ profile, fake, seenAt }) => ({ ...scoreProfile(profile, seenAt), fake }));
  const area = auc(scored.map(({ probability, fake }) => ({ value: probability, fake })));
  const flagged = (own: boolean): number =>
    scored.filter(({ probability, fake }) => fake === own && Math.round(100 * probability) >= SUSPICIOUS_FROM).length;
  const hits = flagged(true);
  const passes = genuine - flagged(false);
  if (ofFollowers) {
    found.push(hits / fakes);
    spared.push(passes / genuine);
  }
  console.log(`\n${name}: n ${rows.length}, fake ${fakes}, genuine ${genuine}`);
  console.log(`  points: AUC ${aucText(area, fakes, genuine)}`);
  console.log(`    over .5 among fakes (Se) ${share(hits, fakes)}`);
  console.log(`    not over .5 among genuine (Sp) ${share(passes, genuine)}`);
  console.log(
    `    certainty ${(scored.reduce((sum, one) => sum + one.certainty, 0) / rows.length).toFixed(2)} on average`,
  );
  for (const [column, read] of SINGLE) {
    const known = rows.flatMap(({ profile, fake }) => {
      const value = read(profile);
      return value === undefined ? [] : [{ value, fake }];
    });
    if (known.length === rows.length) console.log(`  ${column} alone: AUC ${auc(known).toFixed(3)}`);
  }
}

// Sources differ by far more than chance does within one. A share known from so few sources is worth as much as one
// counted on m(1 − m)/s² profiles, m and s² being the mean and variance over the sources: shared/scoring/audience/
// profile-quality.ts holds these.
const worth = (shares: readonly number[]): string => {
  const mean = shares.reduce((sum, one) => sum + one, 0) / shares.length;
  const variance = shares.reduce((sum, one) => sum + (one - mean) ** 2, 0) / (shares.length - 1);
  return `${mean.toFixed(3)} over ${shares.length} sources, worth ${Math.round((mean * (1 - mean)) / variance)} profiles`;
};
console.log(`\nBetween the sources of sold and spam followers: Se ${worth(found)}; Sp ${worth(spared)}`);
