import { UpdateCommand } from "@aws-sdk/lib-dynamodb";
import type { Case } from "../domain/case.ts";
import type { Claim } from "../domain/claim.ts";
import type { Waiting } from "../domain/pick-next.ts";
import type { Lane } from "../domain/verdict.ts";
import { CASE_SHARDS, CLAIM, caseKey, FREE_FOR, lanePk, shardOf } from "./cases.ts";
import { held, queryPages, type Row, type Table } from "./table.ts";

/** Held cases among those that a read of a shard meets, for which it need not ask again. */
const SPARE = 4;

export interface LaneState {
  /** Cases seen, and whether they are all that wait there. */
  readonly seen: number;
  readonly all: boolean;
  readonly oldest?: string;
}

/** A case, and where it waits by what its reader saw. */
export type Place = Pick<Case, "tenant" | "id" | "queue" | "lane">;

export interface Claims {
  /**
   * Gives a case that waits in this place to whoever the claim names, if it is free; `alsoMine`: or theirs already. One
   * that was passed on to another queue since is not given.
   */
  claim(place: Place, made: Claim, now: Date, alsoMine?: boolean): Promise<boolean>;
  /** Gives it to another, if `from` holds it, or whoever holds it where `from` is left out. */
  hand(place: Place, made: Claim, now: Date, from?: string): Promise<boolean>;
  /** Ends a claim of `by`. */
  release(tenant: string, id: string, by: string): Promise<boolean>;
  /**
   * Cases of a lane that nobody holds, the longest waiting first, at most `limit`. The index may lag: some may be held,
   * decided or elsewhere by now.
   */
  free(tenant: string, queue: string, lane: Lane, limit: number, now: Date): Promise<readonly Waiting[]>;
  /** How many wait in a lane, and since when; counts up to ten of each shard. */
  laneState(tenant: string, queue: string, lane: Lane): Promise<LaneState>;
}

const SHAPE = {
  ProjectionExpression: "laneSk, claimUntil, #case.verdict.#language",
  ExpressionAttributeNames: { "#case": "case", "#language": "language" },
} as const;

/** Claims stand beside the case, in the same item. A lease that is over stands there still and binds nobody. */
export function claimStore(table: Table): Claims {
  const { client, name: TableName } = table;

  const set = (
    { tenant, id, queue, lane }: Place,
    made: Claim,
    condition: string | undefined,
    more: Record<string, string>,
  ) =>
    held(
      client.send(
        new UpdateCommand({
          TableName,
          Key: caseKey(tenant, id),
          UpdateExpression: "SET claimId = :id, claimBy = :to, claimAt = :at, claimUntil = :until",
          ConditionExpression: `lanePk = :lane${condition ? ` AND ${condition}` : ""}`,
          ExpressionAttributeValues: {
            ":lane": lanePk(tenant, queue, lane, shardOf(id)),
            ":id": made.id,
            ":to": made.by,
            ":at": made.at,
            ":until": made.until,
            ...more,
          },
        }),
      ),
    );

  const ofShard = (tenant: string, queue: string, lane: Lane, shard: number, Limit: number) =>
    queryPages(table, {
      IndexName: "lanes",
      KeyConditionExpression: "lanePk = :pk",
      ExpressionAttributeValues: { ":pk": lanePk(tenant, queue, lane, shard) },
      Limit,
      ...SHAPE,
    });

  const isFree = (row: Row, now: Date): boolean =>
    typeof row.claimUntil !== "string" || row.claimUntil <= now.toISOString();

  const freeOfShard = async (pages: AsyncIterable<readonly Row[]>, limit: number, now: Date): Promise<Row[]> => {
    const found: Row[] = [];
    for await (const rows of pages) {
      found.push(...rows.filter((row) => isFree(row, now)));
      if (found.length >= limit) break;
    }
    return found.slice(0, limit);
  };

  return {
    claim: (place, made, now, alsoMine = false) =>
      alsoMine
        ? set(place, made, FREE_FOR, { ":now": made.at, ":by": made.by })
        : // The same claim written twice, since its first answer was lost, is no lost race.
          set(place, made, "(attribute_not_exists(claimBy) OR claimUntil <= :now OR claimId = :id)", {
            ":now": now.toISOString(),
          }),
    hand: (place, made, now, from) =>
      from === undefined
        ? set(place, made, undefined, {})
        : set(place, made, "((claimBy = :from AND claimUntil > :now) OR claimId = :id)", {
            ":from": from,
            ":now": now.toISOString(),
          }),
    release: (tenant, id, by) =>
      held(
        client.send(
          new UpdateCommand({
            TableName,
            Key: caseKey(tenant, id),
            UpdateExpression: `REMOVE ${CLAIM}`,
            ConditionExpression: "claimBy = :by",
            ExpressionAttributeValues: { ":by": by },
          }),
        ),
      ),
    async free(tenant, queue, lane, limit, now) {
      const found = await Promise.all(
        CASE_SHARDS.map((shard) => freeOfShard(ofShard(tenant, queue, lane, shard, limit + SPARE), limit, now)),
      );
      return found
        .flat()
        .map((row): Waiting => {
          const [openedAt = "", id = ""] = String(row.laneSk).split("#");
          const { language } = ((row.case as Row | undefined)?.verdict ?? {}) as { language?: string };
          return { id, queue, lane, openedAt, ...(language ? { language } : {}) };
        })
        .sort((a, b) => (`${a.openedAt}#${a.id}` < `${b.openedAt}#${b.id}` ? -1 : 1))
        .slice(0, limit);
    },
    async laneState(tenant, queue, lane) {
      const EXACT = 10;
      const shards = await Promise.all(
        CASE_SHARDS.map(async (shard) => {
          for await (const rows of ofShard(tenant, queue, lane, shard, EXACT)) return rows;
          return [];
        }),
      );
      const [oldest] = shards.flatMap(([first]) => (first ? [String(first.laneSk).split("#")[0] ?? ""] : [])).sort();
      return {
        seen: shards.reduce((sum, rows) => sum + rows.length, 0),
        all: shards.every((rows) => rows.length < EXACT),
        ...(oldest === undefined ? {} : { oldest }),
      };
    },
  };
}
