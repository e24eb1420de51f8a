import { ScanCommand } from "@aws-sdk/lib-dynamodb";
import { expect, it } from "vitest";
import type { SimilarText } from "../../../shared/scoring/review/review-facts.ts";
import {
  asStored,
  type Band,
  type BandFamily,
  bandsOf,
  LOCKSTEP_BANDS,
  shortened,
  TEXT_BANDS,
  type TextBands,
  textBandStore,
} from "../../../shared/store/text-bands.ts";
import { NOW } from "../../unit/domain/examples.ts";
import type { Tables } from "./tables.ts";

const after = (days: number) => new Date(NOW.getTime() + days * 86_400_000);
const named = (name: string, family: BandFamily = TEXT_BANDS): Band[] =>
  bandsOf(
    family,
    Array.from({ length: 8 }, (_, index) => `${name}${index}`),
  );
const textOf = (index: number): SimilarText => ({
  reviewId: `review-${index}`,
  authorId: `author-${index}`,
  targetId: "hotel-1",
  minima: Array.from({ length: 32 }, (_, at) => index * 1_000_003 + at * 257),
});
const byReview = (a: SimilarText, b: SimilarText): number => (a.reviewId < b.reviewId ? -1 : 1);

/** What every store of bands promises. `tenant` gives a name that no other test uses. */
export function textBandsSuite(tables: () => Tables, tenant: () => string): void {
  const open = () => {
    const [store, name] = [textBandStore(tables().signals), tenant()];
    const found = async (bands: readonly Band[], now = NOW, of: TextBands = store, who = name) => {
      const entries = [...(await of.read(who, bands, now)).values()].flat();
      return [...new Map(entries.map((entry) => [entry.reviewId, entry])).values()].sort(byReview);
    };
    const add = async (bands: readonly Band[], texts: readonly SimilarText[], now = NOW) => {
      const entries = texts.flatMap((text) => bands.map((band) => ({ band, entry: asStored(text) })));
      await store.add(name, entries, await store.read(name, bands, now), now);
    };
    return { store, name, found, add };
  };

  it("finds every text that shares a band, in the stored form; and none of another tenant, place or family", async () => {
    const { store, found, add } = open();
    const [one, two, three] = [textOf(1), textOf(2), textOf(3)];
    await add(named("a"), [one]);
    // Shares its last band with the first only.
    await add([...named("b").slice(0, 7), ...named("a").slice(7)], [two]);
    await add(named("c"), [three]);
    expect(await found(named("a"))).toEqual([asStored(one), asStored(two)].sort(byReview));
    expect(await found(named("a"), NOW, store, tenant())).toEqual([]);
    // The same value at another place, or among authors, says something else.
    expect(await found(bandsOf(TEXT_BANDS, ["a7", "x"]))).toEqual([]);
    expect(await found(named("a", LOCKSTEP_BANDS))).toEqual([]);
  });

  it("adds nothing when a text comes again", async () => {
    const { found, add } = open();
    for (let round = 0; round < 3; round += 1) await add(named("a"), [textOf(1)]);
    expect(await found(named("a"))).toEqual([asStored(textOf(1))]);
  });

  it("keeps texts that come together, whether their bands are new or known", async () => {
    const { found, add } = open();
    await add(named("a"), [textOf(1), textOf(2)]);
    await add(named("a"), [textOf(3), textOf(1), textOf(4)]);
    expect(await found(named("a"))).toEqual([1, 2, 3, 4].map((index) => asStored(textOf(index))).sort(byReview));
  });

  it("keeps so many entries a band, however many come, and the first ones", async () => {
    for (const family of [TEXT_BANDS, LOCKSTEP_BANDS]) {
      const { found, add } = open();
      for (let index = 0; index < family.most + 3; index += 1) await add(named("a", family), [textOf(index)]);
      const known = await found(named("a", family).slice(0, 1));
      const first = Array.from({ length: family.most }, (_, index) => asStored(textOf(index)));
      expect(known).toEqual(first.sort(byReview));
    }
  });

  it("loses none of those that come at the same time to a band that stands", async () => {
    const { found, add } = open();
    await add(named("a"), [textOf(0)]);
    await Promise.all(Array.from({ length: 8 }, (_, index) => add(named("a"), [textOf(1 + index)])));
    expect(await found(named("a").slice(0, 1))).toHaveLength(9);
  });

  it("takes an expired band as absent, though DynamoDB has not removed it yet, and begins it anew", async () => {
    const { found, add } = open();
    await add(named("a"), [textOf(1)]);
    expect(await found(named("a"), after(179.99))).toHaveLength(1);
    expect(await found(named("a"), after(180.01))).toEqual([]);
    await add(named("a"), [textOf(2)], after(181));
    expect(await found(named("a"), after(182))).toEqual([asStored(textOf(2))]);
  });

  it("holds no id that a platform sent", async () => {
    const { name, add } = open();
    const { reviewId, authorId, targetId } = textOf(77);
    await add(named("a"), [textOf(77)]);
    const { client, name: TableName } = tables().signals;
    const { Items = [] } = await client.send(
      new ScanCommand({
        TableName,
        FilterExpression: "begins_with(pk, :pk)",
        ExpressionAttributeValues: { ":pk": `${name}#band` },
      }),
    );
    expect(Items).toHaveLength(8);
    const rows = JSON.stringify(Items.map((row) => ({ ...row, texts: [...(row.texts as Set<string>)] })));
    for (const id of [reviewId, authorId, targetId]) expect(rows).not.toContain(id);
    expect(rows).toContain(shortened(authorId));
  });
}
