import { ScanCommand } from "@aws-sdk/lib-dynamodb";
import { expect, it } from "vitest";
import type { SimilarText } from "../../../shared/scoring/review/review-features.ts";
import { asStored, shortened, textBandStore } from "../../../shared/store/text-bands.ts";
import { NOW } from "../../unit/domain/examples.ts";
import type { Tables } from "./tables.ts";

const after = (days: number) => new Date(NOW.getTime() + days * 86_400_000);
const bandsOf = (name: string) => Array.from({ length: 8 }, (_, index) => `${name}${index}`);
const textOf = (index: number): SimilarText => ({
  reviewId: `review-${index}`,
  authorId: `author-${index}`,
  targetId: "hotel-1",
  minima: Array.from({ length: 32 }, (_, at) => index * 1_000_003 + at * 257),
});
const byReview = (a: SimilarText, b: SimilarText): number => (a.reviewId < b.reviewId ? -1 : 1);

/** What every store of text bands promises. `tenant` gives a name that no other test uses. */
export function textBandsSuite(tables: () => Tables, tenant: () => string): void {
  const open = () => ({ store: textBandStore(tables().signals), name: tenant() });

  it("finds every text that shares a band, each once, in the stored form; and none of another tenant", async () => {
    const { store, name } = open();
    const [one, two, three] = [textOf(1), textOf(2), textOf(3)];
    await store.add(name, bandsOf("a"), one, NOW);
    // Shares its last band with the first only.
    await store.add(name, [...bandsOf("b").slice(0, 7), "a7"], two, NOW);
    await store.add(name, bandsOf("c"), three, NOW);
    const found = await store.alike(name, bandsOf("a"), NOW);
    expect([...found].sort(byReview)).toEqual([asStored(one), asStored(two)].sort(byReview));
    expect(await store.alike(tenant(), bandsOf("a"), NOW)).toEqual([]);
    // The same band key at another place says something else.
    expect(await store.alike(name, ["a7", "x", "x", "x", "x", "x", "x", "x"], NOW)).toEqual([]);
  });

  it("adds nothing when a text comes again", async () => {
    const { store, name } = open();
    for (let round = 0; round < 3; round += 1) await store.add(name, bandsOf("a"), textOf(1), NOW);
    expect(await store.alike(name, bandsOf("a"), NOW)).toEqual([asStored(textOf(1))]);
  });

  it("keeps twelve texts a band, however many come, also at the same time", async () => {
    const { store, name } = open();
    for (let index = 0; index < 6; index += 1) await store.add(name, bandsOf("a"), textOf(index), NOW);
    await Promise.all(Array.from({ length: 20 }, (_, index) => store.add(name, bandsOf("a"), textOf(10 + index), NOW)));
    const known = await store.alike(name, ["a0"], NOW);
    expect(known).toHaveLength(12);
    const first = Array.from({ length: 6 }, (_, index) => shortened(`review-${index}`));
    expect(known.map(({ reviewId }) => reviewId)).toEqual(expect.arrayContaining(first));
  });

  it("takes an expired band as absent, though DynamoDB has not removed it yet", async () => {
    const { store, name } = open();
    await store.add(name, bandsOf("a"), textOf(1), NOW);
    expect(await store.alike(name, bandsOf("a"), after(179.99))).toHaveLength(1);
    expect(await store.alike(name, bandsOf("a"), after(180.01))).toEqual([]);
  });

  it("holds no id that a platform sent", async () => {
    const { store, name } = open();
    const { reviewId, authorId, targetId } = textOf(77);
    await store.add(name, bandsOf("a"), textOf(77), NOW);
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
