import { GetCommand, PutCommand, QueryCommand, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import { type Delivery, delivery, KEPT_DAYS, lookAfter } from "../domain/delivery.ts";
import { type DueDelivery, type DueEndpoint, dueDeliveries, dueEndpoints, waitingKeys } from "./due-deliveries.ts";
import { alive, batchGet, daysAfter, held, key, type Row, type Table } from "./table.ts";

/** Days that one which was replayed late is kept from then on: longer than it is tried, and no more. */
const ROUND_DAYS = 5;

export interface StoredDelivery {
  readonly delivery: Delivery;
  /** What is told, sealed. */
  readonly sealed: Uint8Array;
}

export interface DeliveryKey {
  readonly tenant: string;
  readonly id: string;
}

/** A stretch of a subscription's log, newest first. */
export interface LogQuery {
  readonly since?: Date;
  /** Made before then. */
  readonly until?: Date;
  /** Where the page before ended. */
  readonly after?: string;
  readonly limit: number;
}

export interface LogPage {
  readonly deliveries: readonly Delivery[];
  /** Where the next page begins; absent where there is none. */
  readonly next?: string;
}

/**
 * Whatever waits stands in the index `due`, from its first write to its last: what no queue brings the sweep finds.
 */
export interface DeliveryStore {
  /** Writes a new delivery; false where one of its id stands already. */
  add(made: Delivery, sealed: Uint8Array): Promise<boolean>;
  get(of: DeliveryKey, now: Date): Promise<StoredDelivery | undefined>;
  /**
   * Writes a delivery over the version before it; false where that is not what stands there.
   * @param due when the sweep is to take up what waits; left out: a while after its time, which some queue is to bring
   */
  change(next: Delivery, due?: Date): Promise<boolean>;
  /** Lets the sweep take a waiting delivery up at another time, if it is still the given version. */
  putOff(of: DueDelivery, due: Date): Promise<boolean>;
  /** What a subscription was sent. */
  log(tenant: string, subscription: string, asked: LogQuery, now: Date): Promise<LogPage>;
  /** Endpoints for which something is due; the search begins somewhere from 0 to 1. */
  dueEndpoints(now: Date, start: number): Promise<readonly DueEndpoint[]>;
  /** What is due for one of them, the longest waiting first. */
  due(of: DueEndpoint, now: Date, limit: number): Promise<readonly DueDelivery[]>;
}

const rowKey = ({ tenant, id }: DeliveryKey) => ({ pk: key(tenant, "delivery", id), sk: "delivery" });
/** Replays make nothing live on and on: what is sealed may be of an account that was erased. */
const endOf = ({ createdAt, round }: Delivery): number =>
  Math.max(daysAfter(new Date(createdAt), KEPT_DAYS), daysAfter(new Date(round.since), ROUND_DAYS));
const logPk = (tenant: string, subscription: string): string => key(tenant, "log", subscription);
const position = ({ createdAt, id }: Pick<Delivery, "createdAt" | "id">): string => key(createdAt, id);

/** Deliveries in DynamoDB. `log` and `due` are indexes of keys; in the latter stands only what waits. */
export function deliveryStore({ client, name: TableName }: Table): DeliveryStore {
  const table = { client, name: TableName };
  return {
    add: (made, sealed) =>
      held(
        client.send(
          new PutCommand({
            TableName,
            Item: {
              ...rowKey(made),
              delivery: made,
              sealed,
              version: made.version,
              ...waitingKeys(made, lookAfter(made)),
              logPk: logPk(made.tenant, made.subscription),
              logSk: position(made),
              expiresAt: endOf(made),
            },
            ConditionExpression: "attribute_not_exists(pk)",
          }),
        ),
      ),
    async get(of, now) {
      const { Item } = await client.send(new GetCommand({ TableName, Key: rowKey(of), ConsistentRead: true }));
      if (!Item || !alive(Item, now)) return undefined;
      return { delivery: delivery.parse(Item.delivery), sealed: Item.sealed as Uint8Array };
    },
    change(next, due) {
      const waits = next.state === "waiting" ? waitingKeys(next, due ?? lookAfter(next)) : undefined;
      return held(
        client.send(
          new UpdateCommand({
            TableName,
            Key: rowKey(next),
            UpdateExpression: `SET delivery = :delivery, version = :version, expiresAt = :end${waits ? ", duePk = :duePk, dueSk = :dueSk" : " REMOVE duePk, dueSk"}`,
            ConditionExpression: "version = :seen",
            ExpressionAttributeValues: {
              ":delivery": next,
              ":version": next.version,
              ":seen": next.version - 1,
              ":end": endOf(next),
              ...(waits && { ":duePk": waits.duePk, ":dueSk": waits.dueSk }),
            },
          }),
        ),
      );
    },
    putOff(of, due) {
      const { duePk, dueSk } = waitingKeys(of, due, of.turns + 1);
      return held(
        client.send(
          new UpdateCommand({
            TableName,
            Key: rowKey(of),
            UpdateExpression: "SET duePk = :duePk, dueSk = :dueSk",
            ConditionExpression: "version = :seen",
            ExpressionAttributeValues: { ":seen": of.version, ":duePk": duePk, ":dueSk": dueSk },
          }),
        ),
      );
    },
    async log(tenant, subscription, { since, until, after, limit }, now) {
      const { Items = [], LastEvaluatedKey } = await client.send(
        new QueryCommand({
          TableName,
          IndexName: "log",
          KeyConditionExpression: "logPk = :pk AND logSk BETWEEN :first AND :last",
          ExpressionAttributeValues: {
            ":pk": logPk(tenant, subscription),
            ":first": (since ?? new Date(0)).toISOString(),
            // A position is longer than its time alone, so what was made then stands after it.
            ":last": until?.toISOString() ?? "~",
          },
          ScanIndexForward: false,
          Limit: limit,
          ...(after !== undefined && { ExclusiveStartKey: startKey(tenant, subscription, after) }),
        }),
      );
      const keys = Items.map(({ pk, sk }) => ({ pk, sk }));
      const rows = new Map((await batchGet(table, keys)).map((row): [unknown, Row] => [row.pk, row]));
      const last = Items.at(-1);
      return {
        // The index may know rows that have gone, and name one twice while it is behind.
        deliveries: Items.flatMap(({ pk }) => {
          const row = rows.get(pk);
          rows.delete(pk);
          return row && alive(row, now) ? [delivery.parse(row.delivery)] : [];
        }),
        ...(LastEvaluatedKey && last && { next: String(last.logSk) }),
      };
    },
    dueEndpoints: (now, start) => dueEndpoints(table, now, start),
    due: (of, now, limit) => dueDeliveries(table, of, now, limit),
  };
}

function startKey(tenant: string, subscription: string, logSk: string): Row {
  const id = logSk.split("#").at(-1) ?? "";
  return { ...rowKey({ tenant, id }), logPk: logPk(tenant, subscription), logSk };
}
