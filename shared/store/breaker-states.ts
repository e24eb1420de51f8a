import { isDeepStrictEqual } from "node:util";
import { GetCommand, PutCommand } from "@aws-sdk/lib-dynamodb";
import { type BreakerState, breakerState, CALM } from "../domain/breaker.ts";
import { pack, unpack } from "./state-row.ts";
import { held, key, type Table } from "./table.ts";

export interface BreakerStates {
  /** What a tenant's breaker remembers; `certain` also sees what was written a moment ago. */
  read(tenant: string, certain?: boolean): Promise<BreakerState>;
  /** Makes `next` the state; false where the state is no longer the one before it (`next.version - 1`). */
  change(tenant: string, next: BreakerState): Promise<boolean>;
}

/**
 * Breakers' states in the table of signals. They are not part of the policies' row on purpose: whoever scores changes
 * them, and must not be able to change what stands in the directory.
 */
export function breakerStates({ client, name: TableName }: Table): BreakerStates {
  const keyOf = (tenant: string) => ({ pk: key(tenant, "flow"), sk: "breaker" });
  const read: BreakerStates["read"] = async (tenant, certain = false) => {
    const get = new GetCommand({ TableName, Key: keyOf(tenant), ConsistentRead: certain });
    const { Item } = await client.send(get);
    return Item ? breakerState.parse(unpack(Item.state as Uint8Array)) : CALM;
  };
  return {
    read,
    async change(tenant, next) {
      const before = next.version - 1;
      const put = new PutCommand({
        TableName,
        Item: { ...keyOf(tenant), version: next.version, state: pack(next) },
        ConditionExpression: before === 0 ? "attribute_not_exists(pk)" : "version = :before",
        ...(before === 0 ? {} : { ExpressionAttributeValues: { ":before": before } }),
      });
      if (await held(client.send(put))) return true;
      // The SDK repeats a write whose answer was lost, and then meets its own first try.
      return isDeepStrictEqual(await read(tenant, true), next);
    },
  };
}
