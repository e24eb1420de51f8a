import { DeleteCommand, GetCommand, PutCommand } from "@aws-sdk/lib-dynamodb";
import { type Member, member } from "../domain/member.ts";
import { held, key, queryAll, type Table } from "./table.ts";

export interface Members {
  get(tenant: string, id: string): Promise<Member | undefined>;
  list(tenant: string): Promise<readonly Member[]>;
  /**
   * Puts a member in the place of the version that `made` names (absent: 0, nobody of this id).
   * @returns the member with the version that holds now; undefined where another change was faster
   */
  set(tenant: string, made: Member): Promise<Member | undefined>;
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
      const { version: seen = 0 } = made;
      const next = { ...made, version: seen + 1 };
      const put = new PutCommand({
        TableName,
        Item: { ...keyOf(tenant, made.id), member: next },
        // One who was stored before there were versions has none either.
        ConditionExpression: seen === 0 ? "attribute_not_exists(#member.version)" : "#member.version = :seen",
        ExpressionAttributeNames: { "#member": "member" },
        ...(seen === 0 ? {} : { ExpressionAttributeValues: { ":seen": seen } }),
      });
      return (await held(client.send(put))) ? next : undefined;
    },
    async remove(tenant, id) {
      await client.send(new DeleteCommand({ TableName, Key: keyOf(tenant, id) }));
    },
  };
}
