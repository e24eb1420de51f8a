import { DeleteCommand, GetCommand, PutCommand, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import { asOf, type Subscription, subscription } from "../domain/subscription.ts";
import { type Clock, systemClock } from "../runtime/clock.ts";
import { held, key, queryAll, type Table } from "./table.ts";

/** Why and when a subscription stands still; left out where it goes on. */
type Paused = NonNullable<Subscription["paused"]>;

export interface Subscriptions {
  get(tenant: string, id: string): Promise<Subscription | undefined>;
  /** All of a tenant, in no order; read as they are now. */
  list(tenant: string): Promise<readonly Subscription[]>;
  /**
   * Writes a version over the one before it; false where that is not what stands there.
   * @param address the sealed address of its channel, which stands nowhere else; what stood there stays where it is left out
   */
  save(next: Subscription, address?: string): Promise<boolean>;
  sealedAddress(tenant: string, id: string): Promise<string | undefined>;
  /** Stops it, for whoever delivers; false where it stands still already, or is gone. */
  pause(tenant: string, id: string, why: Paused): Promise<boolean>;
  /** Lets one go on whose reader has confirmed the address that this version has; false where it has changed since. */
  confirm(tenant: string, id: string, version: number): Promise<boolean>;
  /** Stops it for its reader, whatever it stood still for; false where this version is not what stands there. */
  unsubscribe(tenant: string, id: string, version: number, why: Paused): Promise<boolean>;
  /** Says who owns it from now on, and until when; false where this version is not what stands there. */
  own(tenant: string, id: string, version: number, owner: Subscription["owner"]): Promise<boolean>;
  /** False where that version is not what stands there. */
  remove(tenant: string, id: string, version: number): Promise<boolean>;
}

/**
 * Subscriptions in the directory, a row each. They are read as they stand by the clock: the right of an owner may end
 * without anybody writing it.
 */
export function subscriptionStore(table: Table, clock: Clock = systemClock): Subscriptions {
  const { client, name: TableName } = table;
  const keyOf = (tenant: string, id: string) => ({ pk: key("tenant", tenant), sk: key("subscription", id) });
  const read = async (tenant: string, id: string) => {
    const { Item } = await client.send(new GetCommand({ TableName, Key: keyOf(tenant, id), ConsistentRead: true }));
    return Item;
  };
  const parsed = (row: Record<string, unknown>): Subscription => asOf(subscription.parse(row.subscription), clock());
  const change = (
    tenant: string,
    id: string,
    update: string,
    condition: string,
    values: Record<string, unknown>,
    names?: Record<string, string>,
  ) =>
    held(
      client.send(
        new UpdateCommand({
          TableName,
          Key: keyOf(tenant, id),
          UpdateExpression: `${update} ADD version :one, subscription.version :one`,
          ConditionExpression: condition,
          ExpressionAttributeValues: { ":one": 1, ...values },
          ...(names ? { ExpressionAttributeNames: names } : {}),
        }),
      ),
    );
  return {
    async get(tenant, id) {
      const row = await read(tenant, id);
      return row && parsed(row);
    },
    async list(tenant) {
      const rows = await queryAll(table, {
        KeyConditionExpression: "pk = :pk AND begins_with(sk, :subscriptions)",
        ExpressionAttributeValues: { ":pk": key("tenant", tenant), ":subscriptions": "subscription#" },
        ConsistentRead: true,
      });
      return rows.map(parsed);
    },
    save(next, address) {
      const { tenant, id, version } = next;
      if (version === 1) {
        const Item = { ...keyOf(tenant, id), subscription: next, version, ...(address ? { address } : {}) };
        return held(client.send(new PutCommand({ TableName, Item, ConditionExpression: "attribute_not_exists(pk)" })));
      }
      return held(
        client.send(
          new UpdateCommand({
            TableName,
            Key: keyOf(tenant, id),
            UpdateExpression: `SET subscription = :next, version = :version${address ? ", address = :address" : ""}`,
            ConditionExpression: "version = :before",
            ExpressionAttributeValues: {
              ":next": next,
              ":version": version,
              ":before": version - 1,
              ...(address ? { ":address": address } : {}),
            },
          }),
        ),
      );
    },
    async sealedAddress(tenant, id) {
      const row = await read(tenant, id);
      return typeof row?.address === "string" ? row.address : undefined;
    },
    pause: (tenant, id, why) =>
      change(
        tenant,
        id,
        "SET subscription.paused = :why",
        "attribute_exists(pk) AND attribute_not_exists(subscription.paused)",
        { ":why": why },
      ),
    confirm: (tenant, id, version) =>
      change(tenant, id, "REMOVE subscription.paused", "version = :version AND subscription.paused.why = :why", {
        ":version": version,
        ":why": "unconfirmed",
      }),
    unsubscribe: (tenant, id, version, why) =>
      change(tenant, id, "SET subscription.paused = :why", "version = :version", { ":version": version, ":why": why }),
    own: (tenant, id, version, owner) =>
      change(
        tenant,
        id,
        "SET subscription.#owner = :owner",
        "version = :version",
        {
          ":version": version,
          ":owner": owner,
        },
        { "#owner": "owner" },
      ),
    remove: (tenant, id, version) =>
      held(
        client.send(
          new DeleteCommand({
            TableName,
            Key: keyOf(tenant, id),
            ConditionExpression: "version = :version",
            ExpressionAttributeValues: { ":version": version },
          }),
        ),
      ),
  };
}
