import { expect, it } from "vitest";
import type { Verdict } from "../../../shared/domain/verdict.ts";
import { type OfAuthor, type Verdicts, verdictStore } from "../../../shared/store/verdicts.ts";
import { exampleVerdict, NOW } from "../../unit/domain/examples.ts";
import type { Tables } from "./tables.ts";

const DAY = 86_400_000;
const after = (days: number) => new Date(NOW.getTime() + days * DAY);
const other = "o".repeat(43);

/** What every store of verdicts promises. `tenant` gives a name that no other test uses. */
export function verdictStoreSuite(tables: () => Tables, tenant: () => string): void {
  const open = (): { store: Verdicts; made: (more?: Partial<Verdict>) => Verdict } => {
    const name = tenant();
    return { store: verdictStore(tables().verdicts), made: (more = {}) => exampleVerdict({ tenant: name, ...more }) };
  };
  const receipt = ({ tenant: name, ref, digest }: Verdict, receivedAt = NOW) => ({
    tenant: name,
    ref,
    digest,
    receivedAt,
  });

  it("receives a revision once, then says how far it is", async () => {
    const { store, made } = open();
    const one = made();
    expect(await store.receive(receipt(one))).toBe("received");
    expect(await store.receive(receipt(one))).toBe("waiting");
    expect(await store.record(one, 400)).toEqual({ kind: "recorded", verdict: one });
    expect(await store.receive(receipt(one))).toBe("scored");
  });

  it("refuses a known revision with other content, before its verdict and after", async () => {
    const { store, made } = open();
    const one = made();
    const edited = made({ digest: other });
    await store.receive(receipt(one));
    expect(await store.receive(receipt(edited))).toBe("conflict");
    expect(await store.record(edited, 400)).toEqual({ kind: "conflict" });
    await store.record(one, 400);
    expect(await store.receive(receipt(edited))).toBe("conflict");
    expect(await store.record(edited, 400)).toEqual({ kind: "conflict" });
    expect((await store.find(one.tenant, "post", "post-1", NOW)).verdicts).toEqual([one]);
  });

  it("keeps the first verdict of a revision and answers a repeat with it", async () => {
    const { store, made } = open();
    const first = made({ severity: 4 });
    await store.record(first, 400);
    expect(await store.record(made({ severity: 7 }), 400)).toMatchObject({ kind: "repeat", verdict: first });
  });

  it("lets exactly one of twenty at the same time record", async () => {
    const { store, made } = open();
    const results = await Promise.all(
      Array.from({ length: 20 }, (_, severity) =>
        store.record(made({ severity: severity % 8, scoredAt: after(severity / 100).toISOString() }), 400),
      ),
    );
    expect(results.filter(({ kind }) => kind === "recorded")).toHaveLength(1);
    expect(results.filter(({ kind }) => kind === "repeat")).toHaveLength(19);
    const [winner] = results.filter((one) => one.kind === "recorded");
    for (const result of results) expect(result).toMatchObject({ verdict: winner?.verdict });
  });

  it("lets exactly one of twenty at the same time receive", async () => {
    const { store, made } = open();
    const results = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        store.receive(receipt(made({ digest: index % 2 ? other : "d".repeat(43) }))),
      ),
    );
    expect(results.filter((one) => one === "received")).toHaveLength(1);
    expect(results.filter((one) => one === "waiting")).toHaveLength(9);
    expect(results.filter((one) => one === "conflict")).toHaveLength(10);
  });

  it("finds an item's verdicts, newest first, and what waits; or one revision", async () => {
    const { store, made } = open();
    const revision = (name: string, days: number, more: Partial<Verdict> = {}) =>
      made({ ref: { kind: "post", id: "post-1", revision: name }, scoredAt: after(days).toISOString(), ...more });
    const [r1, r2, r3] = [revision("r1", 2), revision("r2", 3), revision("r3", 1)];
    for (const one of [r1, r2, r3]) await store.record(one, 400);
    await store.receive(receipt(revision("r4", 0)));
    await store.record(made({ ref: { kind: "post", id: "post-10", revision: "r1" } }), 400);
    await store.record(made({ ref: { kind: "review", id: "post-1", revision: "r1" } }), 400);
    expect(await store.find(r1.tenant, "post", "post-1", NOW)).toMatchObject({
      verdicts: [r2, r1, r3],
      pending: ["r4"],
    });
    expect(await store.find(r1.tenant, "post", "post-1", NOW, "r3")).toMatchObject({ verdicts: [r3], pending: [] });
    expect(await store.find(r1.tenant, "post", "post-1", NOW, "r9")).toMatchObject({ verdicts: [], pending: [] });
    expect(await store.find(`${r1.tenant}x`, "post", "post-1", NOW)).toMatchObject({ verdicts: [], pending: [] });
  });

  it("finds many revisions at once, those that have a verdict", async () => {
    const { store, made } = open();
    const all = Array.from({ length: 30 }, (_, index) =>
      made({ ref: { kind: "post", id: `post-${index}`, revision: "r1" } }),
    );
    await Promise.all(all.slice(0, 20).map((one) => store.record(one, 400)));
    await store.receive(receipt(all[25] ?? made()));
    const found = await store.findMany(
      made().tenant,
      all.map(({ ref }) => ref),
    );
    expect(found.verdicts.map(({ ref }) => ref.id).sort()).toEqual(
      all
        .slice(0, 20)
        .map(({ ref }) => ref.id)
        .sort(),
    );
  });

  it("says of a repeat whether the first verdict is still to be counted, and as what", async () => {
    const { store, made } = open();
    const one = made();
    const counted = { stars: 4, words: ["a", "b"] };
    await store.record(one, 400, counted);
    const again = () => store.record(one, 400, { stars: 1 });
    expect(await again()).toEqual({ kind: "repeat", verdict: one, owing: true, counted });
    for (let round = 0; round < 2; round += 1) await store.settle(one.tenant, one.ref);
    expect(await again()).toEqual({ kind: "repeat", verdict: one, owing: false, counted });
  });

  it("knows every revision of an item, and of each when it was received, its verdict and as what it counts", async () => {
    const { store, made } = open();
    const of = (revision: string) => ({ ...made().ref, revision });
    const [waiting, allowed, counted] = [made({ ref: of("r1") }), made({ ref: of("r2") }), made({ ref: of("r3") })];
    const name = waiting.tenant;
    await store.receive(receipt({ ...waiting, tenant: name }, after(-1)));
    await store.record({ ...allowed, tenant: name }, 400);
    await store.record({ ...counted, tenant: name, receivedAt: after(1).toISOString() }, 400, { stars: 2 });
    const found = await store.revisions(name, waiting.ref.kind, waiting.ref.id, NOW);
    expect(found.toSorted((a, b) => (a.revision < b.revision ? -1 : 1))).toMatchObject([
      { revision: "r1", receivedAt: after(-1), owing: false },
      { revision: "r2", owing: false, verdict: { ref: of("r2") } },
      { revision: "r3", receivedAt: after(1), owing: true, counted: { stars: 2 } },
    ]);
    expect(found.filter(({ verdict }) => verdict === undefined).map(({ revision }) => revision)).toEqual(["r1"]);
    expect(await store.revisions(tenant(), waiting.ref.kind, waiting.ref.id, NOW)).toEqual([]);
  });

  it("settles a row that is gone without writing one", async () => {
    const { store, made } = open();
    const one = made();
    await store.settle(one.tenant, one.ref);
    expect(await store.receive(receipt(one))).toBe("received");
  });

  it("reflects a message once received, and refuses other content", async () => {
    const { store, made } = open();
    const one = made({ ref: { kind: "follow", id: "f-1", revision: "r1" } });
    expect(await store.receive(receipt(one))).toBe("received");
    expect((await store.find(one.tenant, "follow", "f-1", NOW)).pending).toEqual(["r1"]);
    for (let round = 0; round < 2; round += 1) expect(await store.reflect(receipt(one), 400)).toBe("reflected");
    expect(await store.receive(receipt(one))).toBe("scored");
    expect(await store.reflect(receipt({ ...one, digest: other }), 400)).toBe("conflict");
    expect(await store.find(one.tenant, "follow", "f-1", NOW)).toEqual({
      verdicts: [],
      pending: [],
      reflected: ["r1"],
    });
    expect(await store.findMany(one.tenant, [one.ref])).toEqual({ verdicts: [], reflected: [one.ref] });
  });

  it("takes an expired row as absent, though DynamoDB has not removed it yet", async () => {
    const { store, made } = open();
    const one = made({ scoredAt: NOW.toISOString() });
    await store.record(one, 10);
    expect((await store.find(one.tenant, "post", "post-1", after(9.99))).verdicts).toEqual([one]);
    expect((await store.find(one.tenant, "post", "post-1", after(10.01))).verdicts).toEqual([]);
    const edited = made({ digest: other, scoredAt: after(11).toISOString() });
    expect(await store.receive(receipt(edited, after(10.5)))).toBe("received");
    expect(await store.record(edited, 10)).toEqual({ kind: "recorded", verdict: edited });
  });

  it("lists an author's items page by page, each once, and only those that have a verdict", async () => {
    const { store, made } = open();
    const kinds = ["post", "review"] as const;
    const all = Array.from({ length: 25 }, (_, index) =>
      made({ ref: { kind: kinds[index % 2] ?? "post", id: `item-${index % 20}`, revision: `r${index}` } }),
    );
    await Promise.all(all.map((one) => store.record(one, 400, true)));
    await store.record(made({ authorId: "author-10", ref: { kind: "post", id: "theirs", revision: "r1" } }), 400);
    await store.receive(receipt(made({ ref: { kind: "post", id: "pending", revision: "r1" } })));
    const { tenant: name } = made();
    const pages: OfAuthor[][] = [];
    for (let after: string | undefined; pages.length < 10; after = pages.at(-1)?.at(-1)?.position) {
      const page = await store.ofAuthor(name, "author-1", { limit: 10, after });
      pages.push([...page]);
      if (page.length < 10) break;
    }
    expect(pages.map(({ length }) => length)).toEqual([10, 10, 5]);
    const listed = pages.flat().map(({ ref }) => JSON.stringify(ref));
    expect([...listed].sort()).toEqual(all.map(({ ref }) => JSON.stringify(ref)).sort());
    expect(await store.ofAuthor(tenant(), "author-1", { limit: 10 })).toEqual([]);
  });

  it("lists an author's items by the time of their receipt, either way, whatever their ids", async () => {
    const { store, made } = open();
    const at = (second: number) => after(second / 86_400).toISOString();
    const inTime = ["m", "z", "a", "k"].map((id, index) =>
      made({ ref: { kind: index === 1 ? "review" : "post", id, revision: "r1" }, receivedAt: at(10 + index) }),
    );
    for (const one of inTime.toReversed()) await store.record(one, 400);
    const { tenant: name } = made();
    const ids = async (latestFirst: boolean, limit: number, from?: string) =>
      (await store.ofAuthor(name, "author-1", { limit, latestFirst, after: from })).map(({ ref }) => ref.id);
    expect(await ids(false, 10)).toEqual(["m", "z", "a", "k"]);
    expect(await ids(true, 3)).toEqual(["k", "a", "z"]);
    const [, second] = await store.ofAuthor(name, "author-1", { limit: 2, latestFirst: true });
    expect(await ids(true, 10, second?.position)).toEqual(["z", "m"]);
    expect(await ids(false, 10, second?.position)).toEqual(["k"]);
  });

  it("removes a revision from the item and from its author, and may receive it again", async () => {
    const { store, made } = open();
    const [one, two] = [made(), made({ ref: { kind: "post", id: "post-1", revision: "r2" } })];
    for (const verdict of [one, two]) await store.record(verdict, 400);
    for (let round = 0; round < 2; round += 1) await store.remove(one.tenant, one.ref);
    expect((await store.find(one.tenant, "post", "post-1", NOW)).verdicts).toEqual([two]);
    expect(await store.ofAuthor(one.tenant, "author-1", { limit: 10 })).toMatchObject([{ ref: two.ref }]);
    expect(await store.receive(receipt(one))).toBe("received");
  });

  it("settles one revision, and its author still has it", async () => {
    const { store, made } = open();
    const [one, two] = [made(), made({ ref: { kind: "post", id: "post-1", revision: "r2" } })];
    for (const verdict of [one, two]) await store.record(verdict, 400, true);
    await store.settle(one.tenant, one.ref);
    expect(await store.record(one, 400, true)).toMatchObject({ kind: "repeat", owing: false });
    expect(await store.record(two, 400, true)).toMatchObject({ kind: "repeat", owing: true });
    expect(await store.ofAuthor(one.tenant, "author-1", { limit: 10 })).toMatchObject([
      { ref: one.ref },
      { ref: two.ref },
    ]);
  });

  it("notes once that an action was taken back, and leaves the verdict as it was", async () => {
    const { store, made } = open();
    const one = made();
    const reversal = { by: "undo:aaaaaaaa-00000000-run", at: NOW.toISOString(), from: "flag", to: "allow" } as const;
    expect(await store.reverse(one.tenant, one.ref, reversal)).toBe(false);
    await store.receive(receipt(one));
    expect(await store.reverse(one.tenant, one.ref, reversal)).toBe(false);
    await store.record(one, 400);
    expect((await store.find(one.tenant, "post", one.ref.id, NOW)).reversals).toBeUndefined();
    expect(await store.reverse(one.tenant, one.ref, reversal)).toBe(true);
    expect(await store.reverse(one.tenant, one.ref, reversal)).toBe(true);
    expect(await store.reverse(one.tenant, one.ref, { ...reversal, by: "undo:another" })).toBe(false);
    const found = await store.find(one.tenant, "post", one.ref.id, NOW);
    expect(found).toMatchObject({ verdicts: [one], reversals: new Map([[one.ref.revision, reversal]]) });
    expect((await store.findMany(one.tenant, [one.ref])).reversals).toEqual([{ ref: one.ref, reversal }]);
    expect(await store.record(one, 400)).toMatchObject({ kind: "repeat", verdict: one });
  });

  it("reflects one of two contents that come at once under the same revision", async () => {
    const { store, made } = open();
    const ref = { kind: "follow", id: "f-1", revision: "r1" } as const;
    const results = await Promise.all(
      Array.from({ length: 10 }, (_, index) =>
        store.reflect(receipt(made({ ref, digest: index % 2 ? other : "d".repeat(43) })), 400),
      ),
    );
    expect(results.filter((one) => one === "reflected")).toHaveLength(5);
    expect(results.filter((one) => one === "conflict")).toHaveLength(5);
  });
}
