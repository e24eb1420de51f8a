import { randomBytes } from "node:crypto";
import { GetCommand, PutCommand } from "@aws-sdk/lib-dynamodb";
import { expect, it } from "vitest";
import { authorKeys } from "../../../shared/keys/author-keys.ts";
import { authorStore } from "../../../shared/store/authors.ts";
import { contentStore } from "../../../shared/store/contents.ts";
import { exampleKeys, NOW, PLANTED } from "../../unit/domain/examples.ts";
import type { Tables } from "./tables.ts";

const after = (days: number) => new Date(NOW.getTime() + days * 86_400_000);
const said = { text: PLANTED, excerpt: false };

/** What the authors' keys promise, and what is sealed with them. `tenant` gives a name that no other test uses. */
export function authorsSuite(tables: () => Tables, tenant: () => string): void {
  const open = () => {
    const name = tenant();
    const authors = authorStore(tables().authors);
    const keys = exampleKeys();
    const own = authorKeys(authors, keys);
    return { name, authors, keys, own, contents: contentStore(tables().content, own, keys) };
  };
  const of = (name: string, id = "post-1", author = "author-1") => ({
    tenant: name,
    author,
    ref: { kind: "post", id, revision: "r1" } as const,
  });

  it("keeps an author's first key of twenty that come at once", async () => {
    const { name, authors } = open();
    const made = Array.from({ length: 20 }, () => randomBytes(60));
    const added = await Promise.all(made.map((one) => authors.addKey(name, "author-1", one)));
    expect(added.filter(Boolean)).toHaveLength(1);
    const kept = Buffer.from((await authors.sealedKey(name, "author-1")) ?? []);
    expect(kept.equals(made[added.indexOf(true)] ?? Buffer.alloc(0))).toBe(true);
    expect(await authors.sealedKey(name, "author-2")).toBeUndefined();
    expect(await authors.sealedKey(tenant(), "author-1")).toBeUndefined();
  });

  it("opens what was sealed for this author, this tenant and this row, and nothing else", async () => {
    const { name, own } = open();
    const neighbour = tenant();
    for (const [by, author] of [
      [name, "author-2"],
      [neighbour, "author-1"],
    ] as const)
      await own.seal(by, author, "row", "theirs");
    const sealed = await own.seal(name, "author-1", "row", PLANTED);
    expect(await own.open(name, "author-1", "row", sealed)).toBe(PLANTED);
    expect(await own.open(name, "author-1", "other row", sealed)).toBeUndefined();
    expect(await own.open(name, "author-2", "row", sealed)).toBeUndefined();
    expect(await own.open(neighbour, "author-1", "row", sealed)).toBeUndefined();
    expect(await own.open(name, "nobody", "row", sealed)).toBeUndefined();
  });

  it("holds the author's key sealed under the tenant's", async () => {
    const { name, authors, own, keys } = open();
    await own.seal(name, "author-1", "row", PLANTED);
    const stored = await authors.sealedKey(name, "author-1");
    expect(stored).toBeDefined();
    await expect(keys.open(tenant(), `authorkey#${name}#author-1`, stored ?? new Uint8Array())).rejects.toThrow();
    const opened = await keys.open(name, `authorkey#${name}#author-1`, stored ?? new Uint8Array());
    expect(Buffer.from(opened, "base64")).toHaveLength(32);
    expect(Buffer.from(stored ?? []).includes(Buffer.from(opened, "base64"))).toBe(false);
  });

  it("opens nothing once the key is destroyed; a new key seals what comes later and opens nothing old", async () => {
    const { name, authors, contents } = open();
    await contents.keep(of(name), said, NOW, 2);
    await contents.keep(of(name, "post-2", "author-2"), said, NOW, 2);
    for (let round = 0; round < 2; round += 1) await authors.destroyKey(name, "author-1");
    expect(await contents.get(of(name), NOW)).toBeUndefined();
    await contents.keep(of(name, "post-3"), said, NOW, 2);
    expect(await contents.get(of(name, "post-3"), NOW)).toEqual(said);
    expect(await contents.get(of(name), NOW)).toBeUndefined();
    expect(await contents.get(of(name, "post-2", "author-2"), NOW)).toEqual(said);
  });

  it("opens a row from a backup no more than the row itself, once the key is destroyed", async () => {
    const { name, authors, contents } = open();
    const { client, name: TableName } = tables().content;
    const Key = { pk: `${name}#post#post-1`, sk: "r1" };
    await contents.keep(of(name), said, NOW, 2);
    const { Item: backup } = await client.send(new GetCommand({ TableName, Key }));
    await contents.remove(of(name));
    await client.send(new PutCommand({ TableName, Item: backup }));
    expect(await contents.get(of(name), NOW)).toEqual(said);
    await authors.destroyKey(name, "author-1");
    expect(await contents.get(of(name), NOW)).toBeUndefined();
  });

  it("holds what law wants kept past the author's key, for its time and under its own row only", async () => {
    const { name, authors, contents } = open();
    const { client, name: TableName } = tables().content;
    await contents.keep(of(name), said, NOW, 2);
    await contents.hold(of(name), NOW);
    await contents.hold(of(name, "post-nobody-knows"), NOW);
    await authors.destroyKey(name, "author-1");
    // Nothing to hold any more, and nothing lost by trying.
    await contents.hold(of(name), NOW);
    // A hold outlives the days that the tenant keeps words for.
    expect(await contents.get(of(name), after(3_649))).toEqual(said);
    expect(await contents.get(of(name), after(3_651))).toBeUndefined();
    expect(await contents.get(of(name, "post-nobody-knows"), NOW)).toBeUndefined();
    const { Item } = await client.send(new GetCommand({ TableName, Key: { pk: `${name}#post#post-1`, sk: "r1" } }));
    await client.send(new PutCommand({ TableName, Item: { ...Item, pk: `${name}#post#post-9` } }));
    await expect(contents.get(of(name, "post-9"), NOW)).rejects.toThrow();
  });

  it("remembers the latest erasure", async () => {
    const { name, authors } = open();
    await authors.noteErasure(name, "author-1", NOW);
    await authors.noteErasure(name, "author-1", after(1));
    expect(await authors.erasedAt(name, "author-1", after(2))).toEqual(after(1));
    expect(await authors.erasedAt(name, "author-1", after(31.01))).toBeUndefined();
  });
}
