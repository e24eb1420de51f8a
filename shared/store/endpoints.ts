import { DeleteCommand, GetCommand, PutCommand } from "@aws-sdk/lib-dynamodb";
import * as z from "zod";
import { type EndpointHealth, endpointHealth, WELL } from "../delivery/endpoint-health.ts";
import { type SealedSecret, sealedSecret } from "../delivery/webhook-secret.ts";
import { held, key, type Table } from "./table.ts";

/** What is remembered of where a subscription's messages go. */
export interface Endpoint {
  readonly secrets: readonly SealedSecret[];
  readonly health: EndpointHealth;
  /** 0 where nothing is stored yet. */
  readonly version: number;
}

const stored = z.strictObject({
  secrets: z.array(sealedSecret),
  health: endpointHealth,
});

export interface Endpoints {
  get(tenant: string, subscription: string): Promise<Endpoint>;
  /** Writes secrets and health, if what is stored is still the given version. False where it is not. */
  change(tenant: string, subscription: string, next: Endpoint): Promise<boolean>;
  /** Forgets it with its secrets: its subscription is gone. */
  remove(tenant: string, subscription: string): Promise<void>;
}

const keyOf = (tenant: string, subscription: string) => ({
  pk: key(tenant, "endpoint", subscription),
  sk: "endpoint",
});

/** Endpoints in DynamoDB, one row for each subscription that was ever sent to; their secrets are sealed. */
export function endpointStore({ client, name: TableName }: Table): Endpoints {
  return {
    async get(tenant, subscription) {
      const Key = keyOf(tenant, subscription);
      const { Item } = await client.send(new GetCommand({ TableName, Key, ConsistentRead: true }));
      if (!Item) return { secrets: [], health: WELL, version: 0 };
      return { ...stored.parse(Item.endpoint), version: Number(Item.version) };
    },
    change: (tenant, subscription, { secrets, health, version }) =>
      held(
        client.send(
          new PutCommand({
            TableName,
            Item: { ...keyOf(tenant, subscription), endpoint: { secrets, health }, version: version + 1 },
            ConditionExpression: version === 0 ? "attribute_not_exists(pk)" : "version = :seen",
            ...(version > 0 && { ExpressionAttributeValues: { ":seen": version } }),
          }),
        ),
      ),
    async remove(tenant, subscription) {
      await client.send(new DeleteCommand({ TableName, Key: keyOf(tenant, subscription) }));
    },
  };
}
