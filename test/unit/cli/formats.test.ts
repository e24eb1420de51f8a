import { describe, expect, it } from "vitest";
import { FORMATS } from "../../../cli/formats/formats.ts";
import { readCsv } from "../../../cli/formats/read-csv.ts";
import { item } from "../../../shared/domain/item.ts";
import { allOf } from "./all-of.ts";

const formatOf = (name: string) => {
  const found = FORMATS.find((format) => format.name === name);
  if (!found) throw new Error(`no format ${name}`);
  return found;
};

async function* chunksOf(text: string) {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += 50) yield bytes.subarray(at, at + 50);
}

const made = (format: string, lines: readonly string[], file = "some_list") =>
  allOf(readCsv(chunksOf(`${lines.join("\n")}\n`), formatOf(format), file));

const itemsOf = async (format: string, lines: readonly string[], file?: string) =>
  (await made(format, lines, file)).flatMap((one) => (one.item ? [one.item] : []));

describe("airline-tweets", () => {
  const heading = "tweet_id,airline_sentiment,name,text,tweet_coord,tweet_created,tweet_location,user_timezone";
  it("become posts of their authors at their time, with what people wrote unescaped", async () => {
    const rows = [
      heading,
      '5.7E+17,positive,jo_ann,"@Air two lines',
      'of &lt;3 &amp; thanks, you",,2/24/2015 9:05,,',
      "5.7E+17,neutral,🦊,hm,,12/1/2015 23:59,,",
      "5.7E+17,neutral,x, ,,12/1/2015 23:59,,",
    ];
    const all = await made("airline-tweets", rows);
    expect(all.map(({ line }) => line)).toEqual([3, 4, 5]);
    expect(all[0]?.item).toEqual({
      kind: "post",
      id: "airline-1",
      createdAt: "2015-02-24T09:05:00.000Z",
      channel: { id: "twitter", visibility: "public", surface: "post" },
      author: { id: "jo_ann" },
      text: "@Air two lines\nof <3 & thanks, you",
    });
    expect(all[1]?.item).toMatchObject({ id: "airline-2", author: { id: "author-2" } });
    expect(all[2]?.item).toBeUndefined();
    for (const one of all) if (one.item) expect(item.safeParse(one.item).success).toBe(true);
  });

  it("with a time that is not understood are left to the schema to refuse, not given another time", async () => {
    const [one] = await itemsOf("airline-tweets", [heading, "1,neutral,jo,hello,,yesterday,,"]);
    const parsed = item.safeParse(one);
    expect(parsed.error?.issues.map(({ path }) => path.join("/"))).toEqual(["createdAt"]);
  });
});

describe("davidson", () => {
  it("becomes posts with an author each, entities unescaped", async () => {
    const rows = [
      ",count,hate_speech,offensive_language,neither,class,tweet",
      "0,3,0,0,3,2,hello &#128514; &quot;you&quot;",
      "1,3,0,3,0,1,bye",
    ];
    const items = await itemsOf("davidson", rows);
    expect(items).toMatchObject([
      { id: "davidson-1", text: 'hello 😂 "you"', author: { id: "author-1" } },
      { id: "davidson-2", author: { id: "author-2" } },
    ]);
    for (const one of items) expect(item.safeParse(one).success).toBe(true);
  });
});

describe("yelpchi", () => {
  const heading = "user_id,prod_id,rating,label,date,fake";
  it("becomes reviews on their day, spread over it", async () => {
    const rows = [heading, ...Array.from({ length: 50 }, (_, row) => `${row},9,${(row % 5) + 1}.0,1,2004-10-12,0`)];
    const items = await itemsOf("yelpchi", rows);
    expect(items[2]).toMatchObject({
      kind: "review",
      id: "yelpchi-3",
      rating: 3,
      author: { id: "user-2" },
      target: { id: "product-9" },
    });
    const times = items.map((one) => ("createdAt" in one ? one.createdAt : ""));
    expect(times.every((time) => time.startsWith("2004-10-12T"))).toBe(true);
    const minutes = times.map((time) => Date.parse(time) / 60_000).sort((a, b) => a - b);
    // 50 reviews in 1,440 minutes: none within ten minutes of another.
    for (const [index, minute] of minutes.entries())
      expect(minute - (minutes[index - 1] ?? minute - 99)).toBeGreaterThan(10);
    for (const one of items) expect(item.safeParse(one).success).toBe(true);
  });

  it("with a rating or day that is none is refused by the schema with its place", async () => {
    const [one] = await itemsOf("yelpchi", [heading, "1,2,none,1,12.10.2004,0"]);
    expect(
      item
        .safeParse(one)
        .error?.issues.map(({ path }) => path.join("/"))
        .sort(),
    ).toEqual(["createdAt", "rating"]);
  });
});

describe("cresci", () => {
  const heading =
    '"id","name","screen_name","statuses_count","followers_count","friends_count","favourites_count","listed_count","url","default_profile","default_profile_image","protected","verified","description","created_at"';
  const row = (id: number) =>
    `"${id}","Ann B","ann99","10","20","30","40","5","http://x.example","1",,"1",,"hello","Tue Jun 11 11:20:35 +0000 2013"`;
  it("becomes the followers of one account named for the file, in messages of at most 1,000", async () => {
    const rows = [heading, ...Array.from({ length: 1_002 }, (_, index) => row(index + 1))];
    const all = await made("cresci", rows, "social bots_1");
    expect(all.map(({ line }) => line)).toEqual([1_001, 1_003]);
    const [first, second] = all.map((one) => item.parse(one.item));
    if (first?.kind !== "follow" || second?.kind !== "follow") throw new Error("not follows");
    expect([first.id, first.account.id, first.followers.length]).toEqual([
      "cresci-socialbots_1-1",
      "cresci-socialbots_1",
      1_000,
    ]);
    expect([second.id, second.followers.length, second.createdAt]).toEqual([
      "cresci-socialbots_1-2",
      2,
      second.followers[1]?.followedAt,
    ]);
    expect(first.followers[0]?.profile).toEqual({
      createdAt: "2013-06-11T11:20:35.000Z",
      followers: 20,
      following: 30,
      statuses: 10,
      favourites: 40,
      listed: 5,
      defaultProfile: true,
      defaultImage: false,
      verified: false,
      private: true,
      hasUrl: true,
      nameLength: 5,
      handleLength: 5,
      handleDigits: 2,
      bioLength: 5,
    });
    const times = first.followers.map(({ followedAt }) => Date.parse(followedAt));
    expect(new Set(times.slice(1).map((time, index) => time - (times[index] ?? 0)))).toEqual(new Set([600_000]));
  });

  it("takes NULL for nothing", async () => {
    const [one] = await itemsOf("cresci", [
      heading,
      '"1","Ann","ann","10","20","30",NULL,NULL,NULL,,,,,NULL,"Tue Jun 11 11:20:35 +0000 2013"',
    ]);
    const parsed = item.parse(one);
    expect(parsed.kind === "follow" && parsed.followers[0]?.profile).toMatchObject({ hasUrl: false, bioLength: 0 });
    expect(parsed.kind === "follow" && parsed.followers[0]?.profile).not.toHaveProperty("favourites");
  });
});

describe("instafake", () => {
  it("becomes the followers of one account; the share of digits stands as digits of 100", async () => {
    const heading =
      "profile pic,nums/length username,fullname words,nums/length fullname,name==username,description length,external URL,private,#posts,#followers,#follows,fake";
    const [one] = await itemsOf("instafake", [heading, "0,0.27,0,0,0,53,1,0,32,1000,955,0"], "train");
    const parsed = item.parse(one);
    expect(parsed).toMatchObject({
      kind: "follow",
      account: { id: "instafake-train" },
      followers: [
        {
          id: "row-1",
          profile: {
            followers: 1000,
            following: 955,
            statuses: 32,
            defaultImage: true,
            private: false,
            hasUrl: true,
            handleLength: 100,
            handleDigits: 27,
            bioLength: 53,
          },
        },
      ],
    });
  });
});

describe("every format", () => {
  it.each(FORMATS.map(({ name }) => name))(
    "%s refuses another set's file by naming the columns that it lacks",
    async (name) => {
      const [first] = formatOf(name).needs;
      await expect(made(name, ["a,\u001b[2J", "1,2"])).rejects.toThrow(
        new RegExp(
          `--format ${name}: the heading lacks ${first?.replaceAll(/[/]/g, ".")}.*; it has a, <U\\+001B>\\[2J`,
        ),
      );
    },
  );

  it("does not quote the file where it stops being CSV", async () => {
    const broken = ["user_id,prod_id,rating,date", `1,2,3,"${"zephyrquill ".repeat(500_000)}`];
    await expect(made("yelpchi", broken)).rejects.toThrow(/^--format yelpchi: not CSV from line \d+ on$/);
  });
});
