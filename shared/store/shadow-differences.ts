import { QueryCommand, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import { type ShadowCounts, type ShadowDifference, shadowDifference } from "../domain/shadow.ts";
import { packedLog } from "./packed-log.ts";
import { alive, daysAfter, key, type Table } from "./table.ts";

const DAYS = 35;
/** Rows that share a candidate's counts: an execution environment keeps to one, and each takes 1,000 writes a second. */
const SHARDS = 4;
const MOVE = "m|";

export interface ShadowOf {
  readonly id: string;
  readonly version: number;
}

export interface ShadowDifferences {
  /** Keeps items that a candidate treats otherwise; a repeat of some of them is kept once. */
  keep(tenant: string, of: ShadowOf, differences: readonly ShadowDifference[]): Promise<void>;
  /** Adds to a candidate's counts. */
  count(tenant: string, of: ShadowOf, counts: Omit<ShadowCounts, "since">, now: Date): Promise<void>;
  counts(tenant: string, of: ShadowOf, now: Date): Promise<ShadowCounts>;
  /** The latest differing items, newest first. */
  latest(tenant: string, of: ShadowOf, most: number, now: Date): Promise<readonly ShadowDifference[]>;
}

/** What candidates would have done otherwise: items in the table of verdicts, counts in the table of signals. */
export function shadowDifferenceStore(verdicts: Table, signals: Table): ShadowDifferences {
  const shard = Math.floor(Math.random() * SHARDS);
  const pkOf = (tenant: string, { id, version }: ShadowOf): string => key(tenant, "shadow", id, String(version));
  const log = packedLog(verdicts, {
    schema: shadowDifference,
    at: ({ scoredAt }) => scoredAt,
    name: ({ ref }) => key(ref.kind, ref.id, ref.revision),
    days: DAYS,
  });
  const { client, name: TableName } = signals;
  return {
    keep: (tenant, of, differences) => log.append(pkOf(tenant, of), differences),
    latest: (tenant, of, most, now) => log.newest(pkOf(tenant, of), most, now),
    async count(tenant, of, { evaluated, moves }, now) {
      const all = Object.entries(moves);
      await client.send(
        new UpdateCommand({
          TableName,
          Key: { pk: pkOf(tenant, of), sk: String(shard) },
          UpdateExpression: `SET expiresAt = :end, since = if_not_exists(since, :now) ADD evaluated :all${all.map((_, index) => `, #${index} :${index}`).join("")}`,
          ...(all.length > 0
            ? { ExpressionAttributeNames: Object.fromEntries(all.map(([move], index) => [`#${index}`, MOVE + move])) }
            : {}),
          ExpressionAttributeValues: {
            ":end": daysAfter(now, DAYS),
            ":now": now.toISOString(),
            ":all": evaluated,
            ...Object.fromEntries(all.map(([, count], index) => [`:${index}`, count])),
          },
        }),
      );
    },
    async counts(tenant, of, now) {
      const { Items = [] } = await client.send(
        new QueryCommand({
          TableName,
          KeyConditionExpression: "pk = :pk",
          ExpressionAttributeValues: { ":pk": pkOf(tenant, of) },
          ConsistentRead: true,
        }),
      );
      const rows = Items.filter((row) => alive(row, now));
      const moves: Record<string, number> = {};
      for (const row of rows)
        for (const [name, count] of Object.entries(row)) {
          if (!name.startsWith(MOVE)) continue;
          const move = name.slice(MOVE.length);
          moves[move] = (moves[move] ?? 0) + Number(count);
        }
      const [since] = rows.map((row) => String(row.since)).sort();
      return {
        evaluated: rows.reduce((sum, row) => sum + Number(row.evaluated), 0),
        moves,
        ...(since ? { since: new Date(since) } : {}),
      };
    },
  };
}
