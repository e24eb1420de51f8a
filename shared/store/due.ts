import { createHash } from "node:crypto";
import { queryAll, type Table } from "./table.ts";

/** What waits in the table of deliveries for its time to come, beside the deliveries; each is swept apart from the others. */
export type DueKind =
  | "gathering"
  /** Alerts, apart from those that must be acknowledged. */
  | "alert"
  | "duty";

/** One index key takes 1,000 writes a second. */
const SHARDS = 8;
const partOf = (kind: DueKind, shard: number): string => `due#${kind}#${shard}`;

/**
 * The attributes by which a row is found when its time has come. They sort by the very time, not by its minute: a sweep
 * that was late finds what it missed.
 */
export const dueKeys = (kind: DueKind, at: Date, id: string): { readonly duePk: string; readonly dueSk: string } => ({
  duePk: partOf(kind, createHash("sha256").update(id).digest().readUInt8(0) % SHARDS),
  dueSk: `${at.toISOString()}#${id}`,
});

export interface DueRow {
  readonly pk: string;
  readonly sk: string;
  /** When it is due, as the index has it. */
  readonly dueSk: string;
}

/** Rows whose time has come, the longest waiting first; of each shard at most its part of `limit`. The index may be a little behind. */
export async function dueRows(table: Table, kind: DueKind, now: Date, limit: number): Promise<readonly DueRow[]> {
  const shards = await Promise.all(
    Array.from({ length: SHARDS }, (_, shard) =>
      queryAll(table, {
        IndexName: "due",
        KeyConditionExpression: "duePk = :pk AND dueSk < :now",
        ExpressionAttributeValues: { ":pk": partOf(kind, shard), ":now": `${now.toISOString()}$` },
        Limit: Math.ceil(limit / SHARDS),
      }),
    ),
  );
  return shards
    .flat()
    .sort((one, other) => (String(one.dueSk) < String(other.dueSk) ? -1 : 1))
    .map(({ pk, sk, dueSk }) => ({ pk: String(pk), sk: String(sk), dueSk: String(dueSk) }));
}
