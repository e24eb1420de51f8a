import { createHash } from "node:crypto";
import { UpdateCommand } from "@aws-sdk/lib-dynamodb";
import type { SimilarText } from "../scoring/review/review-features.ts";
import { alive, batchGet, daysAfter, held, key, type Table } from "./table.ts";

/** Days that a text can be recognised again. */
const DAYS = 180;
/** Texts kept in a band: enough to prove repetition, and the row stays one write unit. */
const MOST = 12;

/** Ids as this store keeps them: short, and of no use outside. */
export const shortened = (id: string): string => createHash("sha256").update(id).digest("base64url").slice(0, 11);

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
  [shortened(reviewId), shortened(authorId), shortened(targetId), lowBytes(minima).toString("base64url")].join(".");

const parse = (entry: string): SimilarText => {
  const [reviewId = "", authorId = "", targetId = "", minima = ""] = entry.split(".");
  return { reviewId, authorId, targetId, minima: [...Buffer.from(minima, "base64url")] };
};

const keyOf = (tenant: string, band: string, index: number) => ({
  pk: key(tenant, "band", String(index), band),
  sk: "texts",
});

export interface TextBands {
  /** Earlier texts that share a band with this one, each once, in the stored form (see `asStored`). */
  alike(tenant: string, bands: readonly string[], now: Date): Promise<readonly SimilarText[]>;
  /** Adds a text to its bands; adding it again changes nothing. */
  add(tenant: string, bands: readonly string[], text: SimilarText, now: Date): Promise<void>;
}

/** Bands of text signatures in DynamoDB: which recent reviews say nearly the same. No words, only minima. */
export function textBandStore({ client, name: TableName }: Table): TextBands {
  return {
    async alike(tenant, bands, now) {
      const keys = bands.map((band, index) => keyOf(tenant, band, index));
      const rows = (await batchGet({ client, name: TableName }, keys)).filter((row) => alive(row, now));
      const entries = new Set(rows.flatMap((row) => [...(row.texts as Set<string>)]));
      return [...entries].map(parse);
    },
    async add(tenant, bands, text, now) {
      const entry = write(text);
      await Promise.all(
        bands.map((band, index) =>
          held(
            client.send(
              new UpdateCommand({
                TableName,
                Key: keyOf(tenant, band, index),
                UpdateExpression: "ADD texts :text SET expiresAt = :end",
                ConditionExpression: "attribute_not_exists(texts) OR size(texts) < :most",
                ExpressionAttributeValues: {
                  ":text": new Set([entry]),
                  ":end": daysAfter(now, DAYS),
                  ":most": MOST,
                },
              }),
            ),
          ),
        ),
      );
    },
  };
}
