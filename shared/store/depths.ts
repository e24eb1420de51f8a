import { UpdateCommand } from "@aws-sdk/lib-dynamodb";
import type { Case } from "../domain/case.ts";
import { type Lane, lane as laneSchema } from "../domain/verdict.ts";
import { shardOf } from "./cases.ts";
import { key, queryAll, type Table } from "./table.ts";

export interface Depths {
  /** Counts a case in (1) or out (−1) of the lane of its queue. */
  add(of: Pick<Case, "tenant" | "id" | "queue" | "lane">, by: 1 | -1): Promise<void>;
  /** How many wait in each lane of a queue; a crash between a case and its count leaves it one off. */
  of(tenant: string, queue: string): Promise<ReadonlyMap<Lane, number>>;
}

/** How deep queues are, counted beside the cases: to count them would mean to read them all. */
export function depthStore(table: Table): Depths {
  const pkOf = (tenant: string, queue: string): string => key(tenant, "depth", queue);
  return {
    async add({ tenant, id, queue, lane }, by) {
      await table.client.send(
        new UpdateCommand({
          TableName: table.name,
          Key: { pk: pkOf(tenant, queue), sk: key(lane, String(shardOf(id))) },
          UpdateExpression: "ADD waiting :by",
          ExpressionAttributeValues: { ":by": by },
        }),
      );
    },
    async of(tenant, queue) {
      const rows = await queryAll(table, {
        KeyConditionExpression: "pk = :pk",
        ExpressionAttributeValues: { ":pk": pkOf(tenant, queue) },
      });
      const depths = new Map<Lane, number>();
      for (const { sk, waiting } of rows) {
        const lane = laneSchema.parse(String(sk).split("#")[0]);
        depths.set(lane, (depths.get(lane) ?? 0) + Number(waiting));
      }
      return depths;
    },
  };
}
