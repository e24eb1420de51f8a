import { DeleteCommand, GetCommand, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import { type GatherReason, gatherReason } from "../domain/alert.ts";
import { dueKeys, dueRows } from "./due.ts";
import { daysAfter, held, key, type Table } from "./table.ts";

/** Days that one is kept beyond its time: no sweep is that late. */
const KEPT_DAYS = 14;
/** Alerts of one row, which each of them writes whole: 8 KB. */
const MOST_ALERTS = 200;
const MOST_PARTS = 1_000;
/** Gatherings whose last part is remembered. */
const MOST_REMEMBERED = 1_000;

/** A row of what one subscription will be told together, when it is due. */
export interface GatheringKey {
  readonly tenant: string;
  readonly subscription: string;
  readonly reason: GatherReason;
  /** ISO 8601. */
  readonly due: string;
  /** From 1; more than one where there is more than a row holds. */
  readonly part: number;
}

export interface Gatherings {
  /** Adds an alert; once is as good as twice. */
  add(of: Omit<GatheringKey, "part">, alert: string): Promise<void>;
  /** Gatherings whose time has come. */
  due(now: Date, limit: number): Promise<readonly GatheringKey[]>;
  /** The alerts in one, in no order. Seldom one of them is in another part, too. */
  alerts(of: GatheringKey): Promise<readonly string[]>;
  /** Takes out what was told. What was added meanwhile stays, and stays due. */
  take(of: GatheringKey, told: readonly string[]): Promise<void>;
}

const rowKey = ({ tenant, subscription, reason, due, part }: GatheringKey) => ({
  pk: key(tenant, "gathering", subscription),
  sk: key(due, reason, String(part)),
});

/** What quiet hours, digests and the rate limit keep until they are due, in the table of deliveries. */
export function gatheringStore(table: Table): Gatherings {
  const { client, name: TableName } = table;
  // Rows that are full stay full: whoever adds much need not ask them again.
  const lastParts = new Map<string, number>();
  const addTo = (of: GatheringKey, alert: string): Promise<boolean> => {
    const { duePk, dueSk } = dueKeys("gathering", new Date(of.due), key(of.tenant, of.subscription, of.reason));
    return held(
      client.send(
        new UpdateCommand({
          TableName,
          Key: rowKey(of),
          UpdateExpression: "ADD alerts :alerts SET duePk = :duePk, dueSk = :dueSk, expiresAt = :expires",
          ConditionExpression: "attribute_not_exists(alerts) OR contains(alerts, :alert) OR size(alerts) < :most",
          ExpressionAttributeValues: {
            ":alerts": new Set([alert]),
            ":alert": alert,
            ":most": MOST_ALERTS,
            ":duePk": duePk,
            ":dueSk": dueSk,
            ":expires": daysAfter(new Date(of.due), KEPT_DAYS),
          },
        }),
      ),
    );
  };
  return {
    async add(of, alert) {
      const name = key(of.tenant, of.subscription, of.reason, of.due);
      for (let part = lastParts.get(name) ?? 1; part <= MOST_PARTS; part += 1) {
        if (!(await addTo({ ...of, part }, alert))) continue;
        if (lastParts.size >= MOST_REMEMBERED) lastParts.clear();
        if (part > 1) lastParts.set(name, part);
        return;
      }
      throw new Error("more alerts than one digest can be of");
    },
    async due(now, limit) {
      const rows = await dueRows(table, "gathering", now, limit);
      return rows.map(({ pk, sk }) => {
        const [tenant = "", , subscription = ""] = pk.split("#");
        const [due = "", reason, part] = sk.split("#");
        return { tenant, subscription, due, reason: gatherReason.parse(reason), part: Number(part) };
      });
    },
    async alerts(of) {
      const { Item } = await client.send(new GetCommand({ TableName, Key: rowKey(of), ConsistentRead: true }));
      return Item?.alerts instanceof Set ? [...(Item.alerts as Set<string>)] : [];
    },
    async take(of, told) {
      if (told.length > 0)
        await client.send(
          new UpdateCommand({
            TableName,
            Key: rowKey(of),
            UpdateExpression: "DELETE alerts :told",
            ExpressionAttributeValues: { ":told": new Set(told) },
          }),
        );
      await held(
        client.send(
          new DeleteCommand({ TableName, Key: rowKey(of), ConditionExpression: "attribute_not_exists(alerts)" }),
        ),
      );
    },
  };
}
