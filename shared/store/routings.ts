import { GetCommand, PutCommand } from "@aws-sdk/lib-dynamodb";
import { NO_ROUTING, type Routing, routing } from "../domain/routing.ts";
import { held, key, type Table } from "./table.ts";

export interface Routings {
  get(tenant: string): Promise<Routing>;
  /** Puts queues in the place of those of the version before; false where that is not the stored one any more. */
  set(tenant: string, next: Routing): Promise<boolean>;
}

/** A tenant's queues with their rules: one row of the directory, since their order matters. */
export function routingStore({ client, name: TableName }: Table): Routings {
  const keyOf = (tenant: string) => ({ pk: key("tenant", tenant), sk: "routing" });
  return {
    async get(tenant) {
      const { Item } = await client.send(new GetCommand({ TableName, Key: keyOf(tenant) }));
      return Item ? routing.parse(Item.routing) : NO_ROUTING;
    },
    set: (tenant, next) =>
      held(
        client.send(
          new PutCommand({
            TableName,
            Item: { ...keyOf(tenant), routing: next, version: next.version },
            ConditionExpression: next.version === 1 ? "attribute_not_exists(pk)" : "version = :before",
            ...(next.version === 1 ? {} : { ExpressionAttributeValues: { ":before": next.version - 1 } }),
          }),
        ),
      ),
  };
}
