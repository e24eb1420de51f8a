import { DeleteCommand, GetCommand, PutCommand, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import { asOf, type Subscription, subscription } from "../domain/subscription.ts";
import { type Clock, systemClock } from "../runtime/clock.ts";
import { daysAfter, held, key, queryAll, type Table } from "./table.ts";

/** Days for which the id of one that was deleted is given to no other: as long as alerts are kept, the last of what it had. */
const GONE_DAYS = 401;

/** Why and when a subscription stands still; left out where it goes on. */
type Paused = NonNullable<Subscription["paused"]>;

export interface Subscriptions {
  get(tenant: string, id: string): Promise<Subscription | undefined>;
  /** All of a tenant, in no order; read as they are now. */
  list(tenant: string): Promise<readonly Subscription[]>;
  /**
   * Writes a version over the one before it; false where that is not what stands there, and of a first one also where its
   * id was another's, which is gone.
   * @param address the sealed address of its channel, which stands nowhere else; left out, what stood there stays; null
   * where its channel has none
   */
  save(next: Subscription, address?: string | null): Promise<boolean>;
  sealedAddress(tenant: string, id: string): Promise<string | undefined>;
  /** Stops it, for whoever delivers; false where it stands still already, or this version is not what stands there. */
  pause(tenant: string, id: string, version: number, why: Paused): Promise<boolean>;
  /** Lets one go on whose reader has confirmed the address that this version has; false where it has changed since. */
  confirm(tenant: string, id: string, version: number): Promise<boolean>;
  /** Stops it for its reader, whatever it stood still for; false where this version is not what stands there. */
  unsubscribe(tenant: string, id: string, version: number, why: Paused): Promise<boolean>;
  /** Says who owns it from now on, and until when; false where this version is not what stands there. */
  own(
    tenant: string,
    id: string,
    version: number,
    owner: Subscription["owner"],
    hearsSince?: Subscription["hearsSince"],
  ): Promise<boolean>;
  /** False where that version is not what stands there. Its id is nobody's again for as long as something is kept under it. */
  remove(tenant: string, id: string, version: number, now: Date): Promise<boolean>;
}

/**
 * Subscriptions in the directory, a row each. They are read as they stand by the clock: the right of an owner may end
 * without anybody writing it.
 */
export function subscriptionStore(table: Table, clock: Clock = systemClock): Subscriptions {
  const { client, name: TableName } = table;
  const keyOf = (tenant: string, id: string) => ({ pk: key("tenant", tenant), sk: key("subscription", id) });
  // In rows of their own, so that who lists what there is does not read what there was.
  const goneKey = (tenant: string, id: string) => ({ pk: key("tenant", tenant), sk: key("gone-subscription", id) });
  const wasAnothers = async (tenant: string, id: string) => {
    const Key = goneKey(tenant, id);
    const { Item } = await client.send(new GetCommand({ TableName, Key, ConsistentRead: true }));
    return Item !== undefined;
  };
  const read = async (tenant: string, id: string) => {
    const { Item } = await client.send(new GetCommand({ TableName, Key: keyOf(tenant, id), ConsistentRead: true }));
    return Item;
  };
  const parsed = (row: Record<string, unknown>): Subscription => asOf(subscription.parse(row.subscription), clock());
  const change = (
    tenant: string,
    id: string,
    { set = [], remove }: { readonly set?: readonly string[]; readonly remove?: string },
    condition: string,
    values: Record<string, unknown>,
    names?: Record<string, string>,
  ) =>
    held(
      client.send(
        new UpdateCommand({
          TableName,
          Key: keyOf(tenant, id),
          UpdateExpression: [
            `SET ${[...set, "version = version + :one", "subscription.version = subscription.version + :one"].join(", ")}`,
            ...(remove ? [`REMOVE ${remove}`] : []),
          ].join(" "),
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
    async save(next, address) {
      const { tenant, id, version } = next;
      if (version === 1) {
        if (await wasAnothers(tenant, id)) return false;
        const Item = { ...keyOf(tenant, id), subscription: next, version, ...(address ? { address } : {}) };
        return held(client.send(new PutCommand({ TableName, Item, ConditionExpression: "attribute_not_exists(pk)" })));
      }
      return held(
        client.send(
          new UpdateCommand({
            TableName,
            Key: keyOf(tenant, id),
            UpdateExpression: `SET subscription = :next, version = :version${address ? ", address = :address" : ""}${address === null ? " REMOVE address" : ""}`,
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
    pause: (tenant, id, version, why) =>
      change(
        tenant,
        id,
        { set: ["subscription.paused = :why"] },
        "version = :version AND attribute_not_exists(subscription.paused)",
        { ":version": version, ":why": why },
      ),
    confirm: (tenant, id, version) =>
      change(tenant, id, { remove: "subscription.paused" }, "version = :version AND subscription.paused.why = :why", {
        ":version": version,
        ":why": "unconfirmed",
      }),
    unsubscribe: (tenant, id, version, why) =>
      change(tenant, id, { set: ["subscription.paused = :why"] }, "version = :version", {
        ":version": version,
        ":why": why,
      }),
    own: (tenant, id, version, owner, hearsSince) =>
      change(
        tenant,
        id,
        { set: ["subscription.#owner = :owner", ...(hearsSince ? ["subscription.hearsSince = :since"] : [])] },
        "version = :version",
        { ":version": version, ":owner": owner, ...(hearsSince ? { ":since": hearsSince } : {}) },
        { "#owner": "owner" },
      ),
    async remove(tenant, id, version, now) {
      // First: between the two nobody finds the id free. Where the other fails, it keeps nobody from anything.
      const Item = { ...goneKey(tenant, id), expiresAt: daysAfter(now, GONE_DAYS) };
      await client.send(new PutCommand({ TableName, Item }));
      return held(
        client.send(
          new DeleteCommand({
            TableName,
            Key: keyOf(tenant, id),
            ConditionExpression: "version = :version",
            ExpressionAttributeValues: { ":version": version },
          }),
        ),
      );
    },
  };
}
