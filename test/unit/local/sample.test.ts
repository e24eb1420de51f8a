import { describe, expect, it } from "vitest";
import { FOLLOW_STORIES, REVIEW_STORIES, STORIES, sampleItems } from "../../../local/sample/sample.ts";
import { item, MAX_FOLLOWERS, type Post } from "../../../shared/domain/item.ts";
import { signText } from "../../../shared/scoring/review/text-signature.ts";

const NOW = new Date("2026-11-22T16:00:00.000Z");
const items = sampleItems(NOW);
const posts = items.filter((one) => one.kind === "post");
const reviews = items.filter((one) => one.kind === "review");
const audiences = items.filter((one) => one.kind === "follow" || one.kind === "audience");
const storyOf = (id: string): string => id.slice(0, id.indexOf("."));
const from = (story: string) => posts.filter(({ id }) => storyOf(id) === story);

describe("the sample", () => {
  it("holds at most 900 items, all of which the item schema takes", () => {
    expect(items.length).toBeLessThanOrEqual(900);
    const refused = items.flatMap((one) => {
      const parsed = item.safeParse(one);
      return parsed.success ? [] : [{ id: one.id, issues: parsed.error.issues }];
    });
    expect(refused).toEqual([]);
  });

  it("is the same for the same moment", () => {
    expect(sampleItems(NOW)).toEqual(items);
  });

  it("names every revision of every item once", () => {
    const named = items.map((one) => `${one.kind}#${one.id}#${one.revision ?? ""}`);
    expect(new Set(named).size).toBe(named.length);
  });

  it("mixes kinds throughout, and keeps each story in the order of time", () => {
    for (let at = 0; at + 50 <= items.length; at += 50)
      expect(new Set(items.slice(at, at + 50).map(({ kind }) => kind)).size).toBeGreaterThanOrEqual(3);
    for (const story of [...REVIEW_STORIES, ...FOLLOW_STORIES]) {
      const times = items.filter(({ id }) => storyOf(id) === story.name).map(({ createdAt }) => Date.parse(createdAt));
      expect(times.length).toBeGreaterThanOrEqual(30);
      expect(times).toEqual(times.toSorted((a, b) => a - b));
    }
  });
});

describe("the sample's posts", () => {
  it("are 250 to 400", () => {
    expect(posts.length).toBeGreaterThanOrEqual(250);
    expect(posts.length).toBeLessThanOrEqual(400);
  });

  it("has at least 150 different texts written by hand", () => {
    const written = posts.filter(({ id }) => storyOf(id) !== "everyday").flatMap(({ text }) => text ?? []);
    expect(new Set(written).size).toBeGreaterThanOrEqual(150);
  });

  it("tells every story", () => {
    expect(STORIES.map(({ name }) => name).sort()).toEqual([...new Set(posts.map(({ id }) => storyOf(id)))].sort());
    for (const { name, lines } of STORIES) expect(from(name)).toHaveLength(lines.length);
  });

  it("have other ids at another moment", () => {
    const later = new Set(sampleItems(new Date(NOW.getTime() + 1000)).map(({ id }) => id));
    expect(posts.filter(({ id }) => later.has(id))).toEqual([]);
  });

  it("is in the order of time, ends now, and no story keeps the stream for itself", () => {
    const times = posts.map(({ createdAt }) => Date.parse(createdAt));
    expect(times).toEqual([...times].sort((a, b) => a - b));
    expect(times.at(-1)).toBe(NOW.getTime());
    const eights = posts
      .slice(7)
      .map((_, index) => new Set(posts.slice(index, index + 8).map(({ id }) => storyOf(id))));
    expect(eights.filter((stories) => stories.size < 2)).toEqual([]);
  });

  it("keeps private messages private, and the re-posted ones public", () => {
    const messages = from("private-message");
    expect(messages.filter(({ channel }) => channel.visibility === "private").length).toBeGreaterThanOrEqual(8);
    const leaked = messages.filter(({ text }) => text?.includes("#fail"));
    expect(leaked.map(({ channel }) => channel.visibility)).toEqual(["public", "public"]);
  });

  it("puts an adult among minors", () => {
    const adult = from("young-people").filter(({ author }) => author.ageBand === "adult");
    expect(adult.length).toBeGreaterThanOrEqual(3);
    expect(adult.every(({ channel }) => channel.audience === "minors")).toBe(true);
    expect(new Set(adult.map(({ channel }) => channel.visibility))).toEqual(new Set(["public", "private"]));
  });

  it("edits posts under the same id, with the next revision and other words", () => {
    const edited = Object.values(Object.groupBy(from("edits"), ({ id }) => id)).filter((all) => (all?.length ?? 0) > 1);
    expect(edited.length).toBeGreaterThanOrEqual(4);
    for (const all of edited as Post[][]) {
      expect(all.map(({ revision }) => revision)).toEqual(["1", "2"]);
      expect(new Set(all.map(({ text }) => text)).size).toBe(2);
      expect(new Set(all.map(({ author }) => author.id)).size).toBe(1);
    }
  });

  it("lets the loud and the quiet complain alike", () => {
    const said = from("loud-and-quiet");
    const reach = (followers: number) => said.filter(({ author }) => author.followers === followers);
    expect(reach(25_000)).toHaveLength(5);
    expect(reach(250)).toHaveLength(5);
  });

  it("points links only at reserved names and documentation addresses", () => {
    const hosts = posts.flatMap(({ text }) =>
      [...(text ?? "").matchAll(/(?:https?:\/\/|www\.)([^/\s]+)/g)].map(([, host]) => host ?? ""),
    );
    expect(hosts.length).toBeGreaterThan(12);
    expect(
      hosts.filter(
        (host) => !/(?:\.example|^www\.example\.com|\.test|\.invalid|^192\.0\.2\.\d+|^198\.51\.100\.\d+)$/.test(host),
      ),
    ).toEqual([]);
  });

  it("has posts without words, with control characters, with a lone surrogate and in other languages", () => {
    expect(posts.filter(({ text }) => text === undefined).length).toBeGreaterThanOrEqual(5);
    expect(posts.some(({ text }) => text?.includes("\u0000"))).toBe(true);
    expect(posts.some(({ text }) => text !== undefined && !text.isWellFormed())).toBe(true);
    expect(new Set(posts.flatMap(({ language }) => language ?? [])).size).toBeGreaterThanOrEqual(5);
  });
});

describe("the sample's reviews and follows", () => {
  it("are the same items in every run, so that a second run on the same data counts nobody twice", () => {
    const later = sampleItems(new Date(NOW.getTime() + 90 * 86_400_000));
    expect(later.filter(({ kind }) => kind === "review")).toEqual(reviews);
    expect(later.filter(({ kind }) => kind === "follow" || kind === "audience")).toEqual(audiences);
  });

  it("have weeks of history before a burst, and texts by hand", () => {
    for (const { honest, unfair } of REVIEW_STORIES) {
      const first = Math.min(...honest.map(({ at }) => Date.parse(`${at}Z`)));
      const burst = unfair.map(({ at }) => Date.parse(`${at}Z`));
      expect(Math.min(...burst) - first).toBeGreaterThan(21 * 86_400_000);
      expect(Math.max(...burst) - Math.min(...burst)).toBeLessThan(2 * 86_400_000);
      const texts = honest.flatMap(({ text }) => text ?? []);
      expect(new Set(texts).size).toBe(texts.length);
    }
    expect(reviews.length).toBeGreaterThanOrEqual(100);
  });

  it("hand round a text long enough to be recognised", () => {
    const [, { unfair } = { unfair: [] }] = REVIEW_STORIES;
    const signed = unfair.filter(({ text }) => text !== undefined && signText(text) !== undefined);
    expect(signed.length).toBeGreaterThan(unfair.length * 0.8);
  });

  it("share digests with the owner only where the story says so", () => {
    const near = reviews.filter(({ fingerprints, target }) => fingerprints?.device === target.owner?.device);
    expect(near.length).toBeGreaterThanOrEqual(10);
    expect(near.every(({ rating }) => rating === 5)).toBe(true);
    const devices = reviews.filter((one) => !near.includes(one)).map(({ fingerprints }) => fingerprints?.device);
    const authors = reviews.filter((one) => !near.includes(one)).map(({ author }) => author.id);
    expect(new Set(devices).size).toBe(new Set(authors).size);
  });

  it("bring two thousand followers within two hours to both accounts, each follower once", () => {
    for (const { name } of FOLLOW_STORIES) {
      const follows = audiences.filter((one) => one.kind === "follow").filter(({ id }) => storyOf(id) === name);
      const followers = follows.flatMap((one) => one.followers);
      expect(new Set(followers.map(({ id }) => id)).size).toBe(followers.length);
      expect(follows.every((one) => one.followers.length < MAX_FOLLOWERS / 2)).toBe(true);
      const spike = followers.filter(({ followedAt }) => /^2025-11-03T1[34]:/.test(followedAt));
      expect(spike.length).toBeGreaterThanOrEqual(2_000);
      expect(spike.length).toBeLessThan(2_100);
      const before = followers.filter(({ followedAt }) => followedAt < "2025-11-03T13");
      expect(before.length / 14.5).toBeGreaterThan(70);
      expect(before.length / 14.5).toBeLessThan(120);
    }
  });
});
