import { describe, expect, it } from "vitest";
import { STORIES, samplePosts } from "../../../local/sample/sample.ts";
import { item, type Post } from "../../../shared/domain/item.ts";

const NOW = new Date("2026-11-22T16:00:00.000Z");
const posts = samplePosts(NOW);
const storyOf = (id: string): string => id.slice(0, id.indexOf("."));
const from = (story: string) => posts.filter(({ id }) => storyOf(id) === story);

describe("the sample of posts", () => {
  it("holds 250 to 400 posts that the item schema takes", () => {
    expect(posts.length).toBeGreaterThanOrEqual(250);
    expect(posts.length).toBeLessThanOrEqual(400);
    const refused = posts.flatMap((one) => {
      const parsed = item.safeParse(one);
      return parsed.success ? [] : [{ id: one.id, issues: parsed.error.issues }];
    });
    expect(refused).toEqual([]);
  });

  it("has at least 150 different texts written by hand", () => {
    const written = posts.filter(({ id }) => storyOf(id) !== "everyday").flatMap(({ text }) => text ?? []);
    expect(new Set(written).size).toBeGreaterThanOrEqual(150);
  });

  it("names every revision of every post once", () => {
    const named = posts.map(({ id, revision }) => `${id}#${revision ?? ""}`);
    expect(new Set(named).size).toBe(named.length);
  });

  it("tells every story", () => {
    expect(STORIES.map(({ name }) => name).sort()).toEqual([...new Set(posts.map(({ id }) => storyOf(id)))].sort());
    for (const { name, lines } of STORIES) expect(from(name)).toHaveLength(lines.length);
  });

  it("gives the same posts for the same moment and other ids for another", () => {
    expect(samplePosts(NOW)).toEqual(posts);
    const later = new Set(samplePosts(new Date(NOW.getTime() + 1000)).map(({ id }) => id));
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
