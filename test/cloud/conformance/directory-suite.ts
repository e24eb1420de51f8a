import { randomBytes } from "node:crypto";
import { GetCommand } from "@aws-sdk/lib-dynamodb";
import { expect, it } from "vitest";
import { mintKey } from "../../../shared/domain/api-key.ts";
import { defaultSettings } from "../../../shared/domain/tenant.ts";
import { authorKeys } from "../../../shared/keys/author-keys.ts";
import { apiKeyStore } from "../../../shared/store/api-keys.ts";
import { authorStore } from "../../../shared/store/authors.ts";
import { contentStore } from "../../../shared/store/contents.ts";
import { dataKeyStore } from "../../../shared/store/data-keys.ts";
import { quotaStore } from "../../../shared/store/quotas.ts";
import { tenantStore } from "../../../shared/store/tenants.ts";
import { exampleKeys, NOW, PLANTED } from "../../unit/domain/examples.ts";
import type { Tables } from "./tables.ts";

const at = (seconds: number) => new Date(NOW.getTime() + seconds * 1000);

/** What the stores of the directory and of content promise. `tenant` gives a name that no other test uses. */
export function directorySuite(tables: () => Tables, tenant: () => string): void {
  it("creates a tenant once, and its settings stay", async () => {
    const store = tenantStore(tables().directory);
    const name = tenant();
    expect(await store.settings(name)).toBeUndefined();
    expect(await store.create({ ...defaultSettings(name), contentDays: 7 })).toBe(true);
    expect(await store.create(defaultSettings(name))).toBe(false);
    expect(await store.settings(name)).toEqual({ ...defaultSettings(name), contentDays: 7 });
  });

  it("keeps keys, lists them by tenant and revokes them for good", async () => {
    const store = apiKeyStore(tables().directory);
    const [name, other] = [tenant(), tenant()];
    const { key } = mintKey(name, "platform", NOW, at(1_000));
    await store.add(key);
    await store.add(mintKey(other, "admin", NOW).key);
    expect(await store.get(name, key.id)).toEqual(key);
    expect(await store.get(other, key.id)).toBeUndefined();
    expect(await store.list(name)).toEqual([key]);
    expect(await store.revoke(name, "000000000000", NOW)).toBe(false);
    expect(await store.revoke(name, key.id, at(5))).toBe(true);
    expect(await store.revoke(name, key.id, at(9))).toBe(true);
    expect(await store.get(name, key.id)).toEqual({ ...key, revokedAt: at(5).toISOString() });
    expect((await store.list(name))[0]?.revokedAt).toBe(at(5).toISOString());
  });

  it("keeps a tenant's first data key", async () => {
    const store = dataKeyStore(tables().directory);
    const [name, first] = [tenant(), randomBytes(100)];
    expect(await store.wrapped(name)).toBeUndefined();
    expect(await store.add(name, first)).toBe(true);
    expect(await store.add(name, randomBytes(100))).toBe(false);
    expect(Buffer.from((await store.wrapped(name)) ?? []).equals(first)).toBe(true);
  });

  it("counts a quota by the minute, and a refusal takes nothing", async () => {
    const store = quotaStore(tables().directory);
    const [name, other] = [tenant(), tenant()];
    const take = (items: number, seconds: number, who = name) => store.take(who, items, 10, at(seconds));
    expect(await take(11, 0)).toEqual({ ok: false, retryAfterSeconds: 60 });
    expect(await take(6, 1)).toEqual({ ok: true });
    expect(await take(5, 15)).toEqual({ ok: false, retryAfterSeconds: 45 });
    expect(await take(4, 59)).toEqual({ ok: true });
    expect(await take(1, 59)).toEqual({ ok: false, retryAfterSeconds: 1 });
    expect(await take(10, 59, other)).toEqual({ ok: true });
    expect(await take(10, 60)).toEqual({ ok: true });
  });

  it("lets no more in than the quota, however many ask at once", async () => {
    const store = quotaStore(tables().directory);
    const name = tenant();
    const taken = await Promise.all(Array.from({ length: 30 }, () => store.take(name, 3, 20, NOW)));
    expect(taken.filter(({ ok }) => ok)).toHaveLength(6);
  });

  const ref = { kind: "post", id: "post-1", revision: "r1" } as const;
  const said = { text: `${PLANTED} 😀 \u0000 \ud800`, title: "x", excerpt: false };
  const openContent = () => {
    const authors = authorStore(tables().authors);
    const keys = exampleKeys();
    const of = { tenant: tenant(), author: "author-1", ref };
    return { authors, of, store: contentStore(tables().content, authorKeys(authors, keys), keys) };
  };

  it("keeps people's words sealed, for their time, and gives them back unchanged", async () => {
    const { store, of } = openContent();
    await store.keep(of, said, NOW, 2);
    await store.keep(of, said, NOW, 2);
    expect(await store.get(of, at(2 * 86_400 - 1))).toEqual(said);
    expect(await store.get(of, at(2 * 86_400))).toBeUndefined();
    expect(await store.get({ ...of, ref: { ...ref, revision: "r2" } }, NOW)).toBeUndefined();
    expect(await store.get({ ...of, tenant: tenant() }, NOW)).toBeUndefined();
    const { client, name: TableName } = tables().content;
    const { Item } = await client.send(
      new GetCommand({ TableName, Key: { pk: `${of.tenant}#post#post-1`, sk: "r1" } }),
    );
    expect(Item?.sealed).toBeInstanceOf(Uint8Array);
    expect(Buffer.from(Item?.sealed as Uint8Array).toString("latin1") + JSON.stringify(Item)).not.toContain(PLANTED);
    await store.remove(of);
    expect(await store.get(of, NOW)).toBeUndefined();
  });

  it("keeps the longest text within one row", async () => {
    const { store, of } = openContent();
    const han = new Uint16Array(randomBytes(200_000).buffer).map((unit) => 0x4e00 + (unit % 20_000));
    const longest = { text: Array.from(han, (unit) => String.fromCharCode(unit)).join(""), excerpt: false };
    expect(longest.text).toHaveLength(100_000);
    await store.keep(of, longest, NOW, 2);
    expect(await store.get(of, NOW)).toEqual(longest);
  });

  it("loses an author's words with the author's key, nobody else's, and not what a legal hold took before", async () => {
    const { store, of, authors } = openContent();
    const [held, other] = [
      { ...of, ref: { ...ref, id: "post-2" } },
      { ...of, author: "author-2", ref: { ...ref, id: "post-3" } },
    ];
    for (const one of [of, held, other]) await store.keep(one, said, NOW, 2);
    await store.hold(held, NOW);
    await store.hold(held, NOW);
    await authors.destroyKey(of.tenant, "author-1");
    expect(await store.get(of, NOW)).toBeUndefined();
    expect(await store.get(held, NOW)).toEqual(said);
    expect(await store.get(other, NOW)).toEqual(said);
  });

  it("gives an author one key, however many seal at once", async () => {
    const { store, of } = openContent();
    const all = Array.from({ length: 20 }, (_, index) => ({ ...of, ref: { ...ref, id: `post-${index}` } }));
    await Promise.all(all.map((one) => store.keep(one, said, NOW, 2)));
    expect(await Promise.all(all.map((one) => store.get(one, NOW)))).toEqual(Array(20).fill(said));
  });

  it("remembers when an author was erased, for longer than a message can live", async () => {
    const authors = authorStore(tables().authors);
    const name = tenant();
    expect(await authors.erasedAt(name, "author-1", NOW)).toBeUndefined();
    await authors.noteErasure(name, "author-1", NOW);
    expect(await authors.erasedAt(name, "author-1", at(29 * 86_400))).toEqual(NOW);
    expect(await authors.erasedAt(name, "author-2", NOW)).toBeUndefined();
  });
}
