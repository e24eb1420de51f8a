import { QueryCommand } from "@aws-sdk/lib-dynamodb";
import type { Case } from "../domain/case.ts";
import { LANES, type Lane } from "../domain/verdict.ts";
import { CASE_SHARDS, lanePk, readCase } from "./cases.ts";
import type { Table } from "./table.ts";

/** Rows of a shard that one look at a lane reads: a kilobyte or two each, under the megabyte of one answer. */
const ROWS = 250;

export interface Waiting {
  /** In fair order within each lane, lane by lane. */
  readonly cases: readonly Case[];
  /** Open cases that were looked at, of any kind, and whether that was all of them. */
  readonly open: number;
  readonly all: boolean;
}

export interface WaitingCases {
  /** Open cases of one kind among the longest waiting thousand of each lane of each of the queues. */
  ofKind(tenant: string, queues: readonly string[], kind: Case["ref"]["kind"]): Promise<Waiting>;
}

/** Open cases about one kind of thing, by the index that all open cases are in: no other has to be kept for them. */
export function waitingCases({ client, name: TableName }: Table): WaitingCases {
  const look = async (tenant: string, queue: string, lane: Lane, shard: number, kind: string) => {
    const {
      Items = [],
      ScannedCount = 0,
      LastEvaluatedKey,
    } = await client.send(
      new QueryCommand({
        TableName,
        IndexName: "lanes",
        KeyConditionExpression: "lanePk = :pk",
        FilterExpression: "#case.#ref.kind = :kind",
        ExpressionAttributeNames: { "#case": "case", "#ref": "ref" },
        ExpressionAttributeValues: { ":pk": lanePk(tenant, queue, lane, shard), ":kind": kind },
        Limit: ROWS,
      }),
    );
    return { rows: Items, open: ScannedCount, all: LastEvaluatedKey === undefined };
  };
  return {
    async ofKind(tenant, queues, kind) {
      const lanes = await Promise.all(
        LANES.map((lane) =>
          Promise.all(queues.flatMap((queue) => CASE_SHARDS.map((shard) => look(tenant, queue, lane, shard, kind)))),
        ),
      );
      const parts = lanes.flat();
      return {
        cases: lanes.flatMap((shards) =>
          shards
            .flatMap(({ rows }) => rows)
            .sort((a, b) => (String(a.laneSk) < String(b.laneSk) ? -1 : 1))
            .map(readCase),
        ),
        open: parts.reduce((sum, { open }) => sum + open, 0),
        all: parts.every(({ all }) => all),
      };
    },
  };
}
