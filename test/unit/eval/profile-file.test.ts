import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { FIELD_NAMES, wellKnown } from "../../../eval/profiles/fields.ts";
import { countOf, isUnclearMoment, momentOf, numberOf, truthOf } from "../../../eval/profiles/parse-cell.ts";
import { profileInRow } from "../../../eval/profiles/profile-in-row.ts";
import { readMap } from "../../../eval/profiles/read-map.ts";
import { scoreProfiles } from "../../../eval/profiles/score-file.ts";
import { scoreProfile } from "../../../shared/scoring/audience/profile-score.ts";

const folder = mkdtempSync(join(tmpdir(), "profile-files-"));
afterAll(() => rmSync(folder, { recursive: true }));

const NOW = Date.UTC(2026, 0, 1);
const said: string[] = [];
const progress = { show: () => undefined, print: (line = "") => said.push(line) };

/** Scores a file of these lines; the rows of the result by column. */
async function score(lines: readonly string[], map?: string, ending = "csv"): Promise<Record<string, number>[]> {
  const file = join(folder, `rows.${ending}`);
  const out = join(folder, "scores.csv");
  writeFileSync(file, `${lines.join("\n")}\n`);
  said.length = 0;
  await scoreProfiles({ file, map, out }, { now: NOW, progress });
  const [heading = "", ...rows] = readFileSync(out, "utf8").trimEnd().split("\n");
  return rows.map((row) =>
    Object.fromEntries(row.split(",").map((cell, at) => [heading.split(",")[at] ?? "", Number(cell)])),
  );
}

describe("cells", () => {
  it.each([
    ["1234", 1234],
    [" 1,234,567 ", 1_234_567],
    ["12.5k", 12_500],
    ["3M", 3_000_000],
    ["1.2e3", 1200],
    ["17.0", 17],
    ['"8"', 8],
  ])("%s is a number", (cell, number) => expect(numberOf(cell)).toBe(number));

  it.each(["", "NULL", "None", "nan", "k", "twelve", "1,2,3", undefined])("%s is none", (cell) =>
    expect(numberOf(cell)).toBeUndefined(),
  );

  it("are counts from nothing to ten thousand million", () => {
    expect(countOf("-5")).toBe(0);
    expect(countOf("2.6")).toBe(3);
    expect(countOf("1e30")).toBe(10_000_000_000);
  });

  it.each([
    ["TRUE", true],
    ["t", true],
    ["1", true],
    ["1.0", true],
    ["yes", true],
    ["False ", false],
    ["0", false],
    ["n", false],
    ["3", true],
    ["NULL", undefined],
    ["perhaps", undefined],
  ])("%s says %s", (cell, truth) => expect(truthOf(cell)).toBe(truth));

  it("are moments however an export writes them", () => {
    const moment = Date.UTC(2013, 5, 11, 11, 20, 35);
    for (const cell of [
      "Tue Jun 11 11:20:35 +0000 2013",
      '"Tue Jun 11 11:20:35 +0000 2013"',
      "2013-06-11 11:20:35",
      "2013-06-11T13:20:35+02:00",
      "2013-06-11T11:20:35.000Z",
      String(moment),
      String(moment / 1000),
      "6/11/2013 11:20:35",
    ])
      expect(momentOf(cell)).toBe(moment);
    expect(momentOf("13/03/2017 22:21")).toBe(Date.UTC(2017, 2, 13, 22, 21));
    expect(momentOf("2015-05-01")).toBe(Date.UTC(2015, 4, 1));
    for (const cell of ["NULL", "1", "13/13/2017", "1970-01-01", "yesterday", "99999999999999999"])
      expect(momentOf(cell)).toBeUndefined();
    expect(["3/12/2017", "12/3/2017 14:59", "3/13/2017", "5/5/2008", "2013-06-11"].map(isUnclearMoment)).toEqual([
      true,
      true,
      false,
      false,
      false,
    ]);
  });
});

describe("the columns of a file", () => {
  it("are known by the names that collections use", () => {
    const twitter = wellKnown(["id", "screen_name", "followers_count", "friends_count", "listedcount", "description"]);
    expect(Object.fromEntries(twitter)).toEqual({
      handle: "screen_name",
      followers: "followers_count",
      following: "friends_count",
      listed: "listedcount",
      bio: "description",
    });
    const pictures = wellKnown(["profile pic", "nums/length username", "#posts", "#followers", "#follows", "fake"]);
    expect(Object.fromEntries(pictures)).toEqual({
      hasPicture: "profile pic",
      handleDigitShare: "nums/length username",
      statuses: "#posts",
      followers: "#followers",
      following: "#follows",
    });
  });

  it("are taken by no more than one field", () => {
    const names = FIELD_NAMES.flatMap((field) => [...wellKnown([field]).keys()]);
    expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([]);
  });

  it.each([
    ["folowers=a", /no field folowers; the fields are createdAt, followers/],
    ["followers=z", /no column z for followers; the columns are a, b/],
    ["followers", /followers is not field=column/],
    ["followers=a,followers=b", /followers twice/],
    ["seenAt=never", /no column never/],
    ["", /names no column/],
  ])("refuse --map %s in one line", (map, sentence) => {
    expect(() => readMap(map, ["a", "b"])).toThrow(sentence);
    try {
      readMap(map, ["a", "b"]);
    } catch (error) {
      expect(String(error)).not.toContain("\n");
    }
  });

  it("may go by what the field is called elsewhere, and all be seen at one moment", () => {
    const { columns, seenAt } = readMap("friends_count=a, followers=b,seenAt=2015-05-01", ["a", "b"]);
    expect([...columns]).toEqual([
      ["following", "a"],
      ["followers", "b"],
    ]);
    expect(seenAt).toBe(Date.UTC(2015, 4, 1));
  });
});

describe("a row of a file", () => {
  const all = { silentNo: new Set<never>(), seenAt: undefined };

  it("keeps lengths and digits of what people wrote, never the words", () => {
    const columns = new Map([
      ["handle", "h"],
      ["name", "n"],
      ["bio", "b"],
      ["url", "u"],
    ] as const);
    const { profile } = profileInRow(
      { h: "anna77", n: "Anna 🌻", b: "I paint.", u: "https://example.org" },
      columns,
      all,
    );
    expect(profile).toEqual({ handleLength: 6, handleDigits: 2, nameLength: 6, bioLength: 8, hasUrl: true });
    expect(profileInRow({ h: "NULL", n: "", b: "", u: "None" }, columns, all).profile).toEqual({
      nameLength: 0,
      bioLength: 0,
      hasUrl: false,
    });
  });

  it("leaves out what it cannot read, and reads ages without dates", () => {
    const columns = new Map([
      ["followers", "f"],
      ["ageDays", "a"],
      ["statusesPerDay", "s"],
      ["hasPicture", "p"],
      ["verified", "v"],
    ] as const);
    const { profile, seenAt } = profileInRow({ f: "many", a: "200", s: "1.5", p: "0", v: "" }, columns, all);
    expect(profile).toMatchObject({ statuses: 300, defaultImage: true });
    expect(profile).not.toHaveProperty("followers");
    expect(profile).not.toHaveProperty("verified");
    expect((seenAt ?? 0) - Date.parse(profile.createdAt ?? "")).toBe(200 * 86_400_000);
    expect(profileInRow({ v: "" }, columns, { ...all, silentNo: new Set(["verified"]) }).profile.verified).toBe(false);
  });
});

describe("a file of profiles", () => {
  it("gets a probability a row in the order of its rows", async () => {
    const rows = await score([
      "who,followers_count,friends_count,statuses_count,favourites_count,default_profile_image",
      "a,5400,310,8200,3100,FALSE",
      "b,2,1900,0,0,TRUE",
      "c,,,,,",
      'd,"1,200",300,NULL,700,f',
    ]);
    expect(rows.map(({ row }) => row)).toEqual([1, 2, 3, 4]);
    const [genuine, fake, unknown, some] = rows.map(({ probability }) => probability ?? Number.NaN);
    expect(genuine).toBeLessThan(0.1);
    expect(fake).toBeGreaterThan(0.9);
    expect(unknown).toBeCloseTo(0.2, 9);
    expect(some).toBeLessThan(0.2);
    expect(rows[2]?.certainty).toBe(0);
    expect(fake).toBeCloseTo(
      scoreProfile({ followers: 2, following: 1900, statuses: 0, favourites: 0, defaultImage: true }).probability,
      9,
    );
    expect(said.join("\n")).toMatch(/4 profiles scored/);
    expect(said.join("\n")).toMatch(/followers +known of 75.0%/);
  });

  it.each([
    [";", "csv"],
    ["\t", "tsv"],
  ])("may part its columns by %j", async (sign, ending) => {
    const lines = [
      ["x", "y"],
      ["10", "900"],
      ["4000", "200"],
    ].map((cells) => cells.join(sign));
    const [few, many] = await score(lines, "followers=x,following=y", ending);
    expect(few?.probability).toBeGreaterThan(many?.probability ?? 1);
  });

  it("may be lines of JSON", async () => {
    const rows = await score(
      ['{"followers":3,"following":800,"verified":false}', '{"followers":90000,"following":80,"verified":true}'],
      undefined,
      "jsonl",
    );
    expect(rows[0]?.probability).toBeGreaterThan(rows[1]?.probability ?? 1);
  });

  it("dates itself by its youngest account where nobody says when it was seen, if it has rows enough", async () => {
    const heading = "followers,following,statuses,created_at";
    const rows = Array.from(
      { length: 150 },
      (_, row) => `120,150,400,2015-01-${String((row % 28) + 1).padStart(2, "0")}`,
    );
    const dated = await score([heading, ...rows, "120,150,400,2009-01-01"]);
    expect(said.join("\n")).toContain("seen on 2015-01-28");
    expect(dated.at(-1)?.probability).toBeLessThan(dated[0]?.probability ?? 0);
    await score([heading, "120,150,400,2015-01-01"]);
    expect(said.join("\n")).toContain("no age is known");
    await score([heading, "120,150,400,2015-01-01"], "followers=followers,createdAt=created_at,seenAt=2016-01-01");
    expect(said.join("\n")).toContain("all were seen on 2016-01-01");
  });

  it("is refused in one line that repeats no cell, and leaves nothing half written", async () => {
    rmSync(join(folder, "scores.csv"), { force: true });
    await expect(score(["secret,words", "1,2"])).rejects.toThrow(/no column has a name that is known/);
    await expect(score(["followers"])).rejects.toThrow(/holds no row/);
    await expect(score(["followers,bio", '5,"never closed'])).rejects.toThrow(/not a table any more/);
    await expect(
      scoreProfiles({ file: join(folder, "absent.csv"), out: join(folder, "o.csv") }, { progress }),
    ).rejects.toThrow(/there is no file/);
    expect(readdirSync(folder).filter((name) => /scores|partial/.test(name))).toEqual([]);
  });
});
