import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { itemMessage } from "../../../shared/contracts/messages.ts";
import { itemRef } from "../../../shared/domain/id.ts";
import { type Item, item } from "../../../shared/domain/item.ts";
import { itemOf, prepareItem, toMessage } from "../../../shared/queue/prepare-item.ts";
import { toAsciiJson } from "../../../shared/runtime/read-json.ts";
import { exampleKeys, examplePost, NOW, PLANTED, wirePost } from "../domain/examples.ts";

const keys = exampleKeys();
const hash = "ab".repeat(16);
const prepared = (value: Item, tenant = "acme") => prepareItem(keys, tenant, value);
const digestOf = async (more: Record<string, unknown>) => (await prepared(examplePost(more))).digest;

/** The same value with the fields of every object in another order. */
function shuffled(value: unknown, turn: number): unknown {
  if (Array.isArray(value)) return value.map((inner) => shuffled(inner, turn));
  if (value === null || typeof value !== "object") return value;
  const fields = Object.entries(value).map(([name, inner]) => [name, shuffled(inner, turn)] as const);
  return Object.fromEntries(
    [...fields.slice(turn % fields.length), ...fields.slice(0, turn % fields.length)].reverse(),
  );
}

describe("the digest of an item", () => {
  const full = examplePost({
    thread: { id: "t", parentId: "p" },
    media: [{ id: "m", type: "image", byteLength: 3 }],
    brandIds: ["b1", "b2"],
    language: "en",
  });

  it("does not depend on the order of fields", async () => {
    const { digest } = await prepared(full);
    for (const turn of [0, 1, 2, 3, 5]) expect((await prepared(shuffled(full, turn) as Item)).digest).toBe(digest);
  });

  it("does not depend on what is known of author, device or revision", async () => {
    const plain = await digestOf({});
    expect(await digestOf({ author: { id: "author-1", followers: 9, verified: true, itemsPosted: 5 } })).toBe(plain);
    expect(await digestOf({ fingerprints: { device: hash, ipPrefix: hash } })).toBe(plain);
    expect(await digestOf({ revision: "r9" })).toBe(plain);
    expect(
      await digestOf({ channel: { id: "town-square", visibility: "public", surface: "comment", audience: "general" } }),
    ).toBe(plain);
  });

  it.each<[string, Record<string, unknown>]>([
    ["text", { text: "What a lovely morning!" }],
    ["lone surrogate", { text: "What a lovely morning.\ud800" }],
    ["id", { id: "post-2" }],
    ["author", { author: { id: "author-2" } }],
    ["channel", { channel: { id: "town-square", visibility: "private", surface: "comment" } }],
    ["media", { media: [{ id: "m", type: "image" }] }],
    ["brands", { brandIds: ["b"] }],
    ["thread", { thread: { id: "t" } }],
  ])("changes with the %s", async (_, change) => {
    expect(await digestOf(change)).not.toBe(await digestOf({}));
  });

  it("tells lone surrogates apart, which UTF-8 would make one", async () => {
    expect(await digestOf({ text: "a\ud800" })).not.toBe(await digestOf({ text: "a\ud801" }));
  });

  it("is another for every tenant", async () => {
    expect((await prepared(full, "other")).digest).not.toBe((await prepared(full)).digest);
  });

  it("of a review does not depend on the target's owner", async () => {
    const review = (owner?: object) => {
      const { kind: _, ...rest } = wirePost({ target: { id: "p", ...(owner ? { owner } : {}) }, rating: 4 });
      return item.parse({ ...rest, kind: "review" });
    };
    const { digest } = await prepared(review());
    expect((await prepared(review({ id: "o", payment: hash }))).digest).toBe(digest);
  });
});

describe("the revision of an item", () => {
  it("is the platform's, or made of its content", async () => {
    expect((await prepared(examplePost({ revision: "r7" }))).ref).toEqual({
      kind: "post",
      id: "post-1",
      revision: "r7",
    });
    const one = (await prepared(examplePost())).ref;
    const two = (await prepared(examplePost({ text: "edited" }))).ref;
    expect(itemRef.parse(one)).toEqual(one);
    expect(one.revision).not.toBe(two.revision);
    expect((await prepared(examplePost())).ref).toEqual(one);
  });
});

describe("fingerprints", () => {
  it("are keyed, each for its use, and still fit the schema", async () => {
    const { item: keyed } = await prepared(examplePost({ fingerprints: { device: hash, payment: hash } }));
    if (keyed.kind !== "post") throw new Error("not a post");
    expect(item.parse(keyed)).toEqual(keyed);
    expect(JSON.stringify(keyed)).not.toContain(hash);
    expect(keyed.fingerprints?.device).not.toBe(keyed.fingerprints?.payment);
    expect(Object.keys(keyed.fingerprints ?? {})).toEqual(["device", "payment"]);
  });

  it("of a reviewer and an owner match where the platform's matched, and within one tenant only", async () => {
    const { kind: _, ...rest } = wirePost({
      fingerprints: { device: hash },
      target: { id: "p", owner: { id: "owner-1", device: hash } },
      rating: 1,
    });
    const review = item.parse({ ...rest, kind: "review" });
    const [mine, theirs] = await Promise.all([prepared(review), prepared(review, "other")]);
    if (mine.item.kind !== "review" || theirs.item.kind !== "review") throw new Error("not a review");
    expect(mine.item.target.owner?.id).toBe("owner-1");
    expect(mine.item.target.owner?.device).toBe(mine.item.fingerprints?.device);
    expect(mine.item.fingerprints?.device).not.toBe(theirs.item.fingerprints?.device);
    expect(JSON.stringify(mine.item)).not.toContain(hash);
  });
});

describe("a message", () => {
  const hidden = {
    channel: { id: "dm-1", visibility: "private", surface: "message" },
    text: `meet ${PLANTED}`,
    author: { id: "author-1" },
  };
  const messageOf = async (value: Item, tenant = "acme") => toMessage(keys, tenant, await prepared(value, tenant), NOW);

  it("of a public item travels as it is", async () => {
    const message = await messageOf(examplePost());
    expect(itemMessage.parse(JSON.parse(toAsciiJson(message)))).toEqual(message);
    expect(await itemOf(keys, message)).toEqual(examplePost());
  });

  it("of a private item holds no word of it, in the clear or by its digest", async () => {
    const message = await messageOf(examplePost(hidden));
    const body = toAsciiJson(message);
    expect(message.item).toBeUndefined();
    for (const word of [PLANTED, "dm-1", "author-1", Buffer.from(PLANTED).toString("base64").slice(0, -4)])
      expect(body).not.toContain(word);
    expect(itemMessage.parse(JSON.parse(body))).toEqual(message);
    expect(await itemOf(keys, message)).toEqual(examplePost(hidden));
  });

  it("of a private item comes back whole, whatever was written", async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: "binary" }), fc.integer({ min: 0xd800, max: 0xdfff }), async (text, lone) => {
        const whole = examplePost({ ...hidden, text: `${text}.${String.fromCharCode(lone)}` });
        expect(await itemOf(keys, await messageOf(whole))).toEqual(whole);
      }),
      { numRuns: 50 },
    );
  });

  it("that was moved to another item, revision or tenant does not open", async () => {
    const message = await messageOf(examplePost({ ...hidden, revision: "r1" }));
    for (const moved of [
      { ...message, ref: { ...message.ref, id: "post-2" } },
      { ...message, ref: { ...message.ref, revision: "r2" } },
      { ...message, ref: { ...message.ref, kind: "review" as const } },
      { ...message, tenant: "other" },
    ])
      await expect(itemOf(keys, moved)).rejects.toThrow();
  });

  it("needs exactly one of item and sealed", async () => {
    const open = await messageOf(examplePost());
    const { item: _, ...neither } = open;
    expect(itemMessage.safeParse(neither).success).toBe(false);
    expect(itemMessage.safeParse({ ...open, sealed: "AAAA" }).success).toBe(false);
    expect(itemMessage.safeParse({ ...neither, sealed: "AAAA" }).success).toBe(true);
  });
});
