import { DeleteCommand, GetCommand, PutCommand } from "@aws-sdk/lib-dynamodb";
import { type Member, member } from "../domain/member.ts";
import { key, queryAll, type Table } from "./table.ts";

export interface Members {
  get(tenant: string, id: string): Promise<Member | undefined>;
  list(tenant: string): Promise<readonly Member[]>;
  set(tenant: string, made: Member): Promise<void>;
  remove(tenant: string, id: string): Promise<void>;
}

/** Who works at a tenant's desk, in the directory: a row each. */
export function memberStore(table: Table): Members {
  const { client, name: TableName } = table;
  const keyOf = (tenant: string, id: string) => ({ pk: key("tenant", tenant), sk: key("member", id) });
  return {
    async get(tenant, id) {
      // Somebody who was removed or suspended is out at once.
      const { Item } = await client.send(new GetCommand({ TableName, Key: keyOf(tenant, id), ConsistentRead: true }));
      return Item ? member.parse(Item.member) : undefined;
    },
    async list(tenant) {
      const rows = await queryAll(table, {
        KeyConditionExpression: "pk = :pk AND begins_with(sk, :members)",
        ExpressionAttributeValues: { ":pk": key("tenant", tenant), ":members": "member#" },
      });
      return rows.map((row) => member.parse(row.member));
    },
    async set(tenant, made) {
      await client.send(new PutCommand({ TableName, Item: { ...keyOf(tenant, made.id), member: made } }));
    },
    async remove(tenant, id) {
      await client.send(new DeleteCommand({ TableName, Key: keyOf(tenant, id) }));
    },
  };
}
