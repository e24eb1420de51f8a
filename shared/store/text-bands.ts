import { hash } from "node:crypto";
import { UpdateCommand } from "@aws-sdk/lib-dynamodb";
import type { SimilarText } from "../scoring/review/review-facts.ts";
import { alive, batchGet, batchPut, daysAfter, held, key, type Row, type Table } from "./table.ts";

/** What lies under bands: texts that say nearly the same, or authors who do nearly the same. */
export interface BandFamily {
  /** Stands in keys. */
  readonly name: "band" | "lockstep";
  readonly days: number;
  /** Entries kept in a band: enough to prove repetition, and the row stays one write unit (two in lockstep). */
  readonly most: number;
}

export const TEXT_BANDS: BandFamily = { name: "band", days: 180, most: 12 };
export const LOCKSTEP_BANDS: BandFamily = { name: "lockstep", days: 90, most: 24 };

/** A band: the key that a signature has at a place. */
export interface Band {
  readonly family: BandFamily;
  readonly place: number;
  readonly value: string;
}

export const bandsOf = (family: BandFamily, values: readonly string[]): Band[] =>
  values.map((value, place) => ({ family, place, value }));

/** What tells bands apart in maps. */
export const bandName = ({ family, place, value }: Band): string => key(family.name, String(place), value);

/** An entry and the band that it is to be found under. */
export interface BandEntry {
  readonly band: Band;
  readonly entry: SimilarText;
}

/** Entries by the name of their band, in the stored form (see `asStored`). A band without entries is not in it. */
export type FoundBands = ReadonlyMap<string, readonly SimilarText[]>;

/** Ids as this store keeps them: short, and of no use outside. */
export const shortened = (id: string): string => hash("sha256", id, "base64url").slice(0, 11);

/** The lowest byte of each minimum: two texts agree by chance in one of 256, and 32 of them are 43 characters. */
const lowBytes = (minima: readonly number[]): Buffer => Buffer.from(minima.map((value) => value & 0xff));

/** The identity of a text's review, as features compare it: ids shortened, minima cut to their lowest byte. */
export const asStored = (text: SimilarText): SimilarText => ({
  reviewId: shortened(text.reviewId),
  authorId: shortened(text.authorId),
  targetId: shortened(text.targetId),
  minima: [...lowBytes(text.minima)],
});

const write = ({ reviewId, authorId, targetId, minima }: SimilarText): string =>
  [reviewId, authorId, targetId, lowBytes(minima).toString("base64url")].join(".");

const parse = (entry: string): SimilarText => {
  const [reviewId = "", authorId = "", targetId = "", minima = ""] = entry.split(".");
  return { reviewId, authorId, targetId, minima: [...Buffer.from(minima, "base64url")] };
};

const keyOf = (tenant: string, band: Band) => ({ pk: key(tenant, bandName(band)), sk: "texts" });

export interface TextBands {
  /** What lies under the bands; a moment stale. */
  read(tenant: string, bands: readonly Band[], now: Date): Promise<FoundBands>;
  /**
   * Adds entries, given in the stored form, to their bands. What a band holds already, and what comes to one that is
   * full, is not written. `found` is what `read` said of these bands.
   */
  add(tenant: string, entries: readonly BandEntry[], found: FoundBands, now: Date): Promise<void>;
}

/** Of the entries those that change their band: each once, as many as there is room for. */
export function bandChanges(
  entries: readonly BandEntry[],
  found: FoundBands,
): { readonly band: Band; readonly held: boolean; readonly added: readonly SimilarText[] }[] {
  const byBand = Map.groupBy(entries, ({ band }) => bandName(band));
  return [...byBand].flatMap(([name, own]) => {
    const [first] = own;
    const known = found.get(name) ?? [];
    const ids = new Set(known.map(({ reviewId }) => reviewId));
    const added = own
      .map(({ entry }) => entry)
      .filter(({ reviewId }) => {
        const isNew = !ids.has(reviewId) && ids.size < (first?.band.family.most ?? 0);
        if (isNew) ids.add(reviewId);
        return isNew;
      });
    return first && added.length > 0 ? [{ band: first.band, held: known.length > 0, added }] : [];
  });
}

/** Bands of signatures in DynamoDB: which recent reviews say nearly the same, which authors act alike. No words, only minima. */
export function textBandStore(table: Table): TextBands {
  const { client, name: TableName } = table;

  const extend = async (Key: Row, family: BandFamily, added: readonly SimilarText[], now: Date): Promise<void> => {
    const update = new UpdateCommand({
      TableName,
      Key,
      UpdateExpression: "ADD texts :texts SET expiresAt = :end",
      ConditionExpression: "attribute_not_exists(texts) OR size(texts) < :most",
      ExpressionAttributeValues: {
        ":texts": new Set(added.map(write)),
        ":end": daysAfter(now, family.days),
        ":most": family.most,
      },
    });
    // One that others filled in between stays as it is.
    await held(client.send(update));
  };

  return {
    async read(tenant, bands, now) {
      const names = new Map(bands.map((band) => [keyOf(tenant, band).pk, bandName(band)]));
      const rows = await batchGet(
        table,
        [...names.keys()].map((pk) => ({ pk, sk: "texts" })),
      );
      return new Map(
        rows
          .filter((row) => alive(row, now))
          .map((row) => [names.get(String(row.pk)) ?? "", [...(row.texts as Set<string>)].map(parse)]),
      );
    },
    async add(tenant, entries, found, now) {
      const changes = bandChanges(entries, found);
      // Most texts are like no other: their bands are new rows, which go in batches. Two who make the same row in the
      // same moment leave one of both, so of simultaneous copies the first may be missed; later ones meet the row.
      const rows = changes
        .filter(({ held: isHeld }) => !isHeld)
        .map(({ band, added }) => ({
          ...keyOf(tenant, band),
          texts: new Set(added.map(write)),
          expiresAt: daysAfter(now, band.family.days),
        }));
      await Promise.all([
        batchPut(table, rows),
        ...changes
          .filter(({ held: isHeld }) => isHeld)
          .map(({ band, added }) => extend(keyOf(tenant, band), band.family, added, now)),
      ]);
    },
  };
}
