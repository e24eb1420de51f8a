import { GetCommand, PutCommand, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import { type ApiKey, apiKey } from "../domain/api-key.ts";
import { held, key, queryAll, type Table } from "./table.ts";

export interface ApiKeys {
  get(tenant: string, id: string): Promise<ApiKey | undefined>;
  add(made: ApiKey): Promise<void>;
  list(tenant: string): Promise<readonly ApiKey[]>;
  /** False where there is no such key. */
  revoke(tenant: string, id: string, now: Date): Promise<boolean>;
}

/** API keys in the directory, hashed. */
export function apiKeyStore({ client, name: TableName }: Table): ApiKeys {
  const keyOf = (tenant: string, id: string) => ({ pk: key("tenant", tenant), sk: key("apikey", id) });
  const read = (row: Record<string, unknown>): ApiKey =>
    apiKey.parse({ ...(row.key as object), ...(row.revokedAt ? { revokedAt: row.revokedAt } : {}) });
  return {
    async get(tenant, id) {
      const { Item } = await client.send(new GetCommand({ TableName, Key: keyOf(tenant, id), ConsistentRead: true }));
      return Item ? read(Item) : undefined;
    },
    async add(made) {
      await client.send(new PutCommand({ TableName, Item: { ...keyOf(made.tenant, made.id), key: made } }));
    },
    async list(tenant) {
      const rows = await queryAll(
        { client, name: TableName },
        {
          KeyConditionExpression: "pk = :pk AND begins_with(sk, :prefix)",
          ExpressionAttributeValues: { ":pk": key("tenant", tenant), ":prefix": "apikey#" },
        },
      );
      return rows.map(read);
    },
    revoke: (tenant, id, now) =>
      held(
        client.send(
          new UpdateCommand({
            TableName,
            Key: keyOf(tenant, id),
            UpdateExpression: "SET revokedAt = if_not_exists(revokedAt, :now)",
            ConditionExpression: "attribute_exists(pk)",
            ExpressionAttributeValues: { ":now": now.toISOString() },
          }),
        ),
      ),
  };
}
