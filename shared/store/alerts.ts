import { GetCommand, PutCommand, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import * as z from "zod";
import { type Alert, alert, alertId, type Subject } from "../domain/alert.ts";
import { timestamp } from "../domain/id.ts";
import { dueKeys, dueRows } from "./due.ts";
import { batchGet, daysAfter, epochSeconds, held, key, queryAll, type Row, type Table } from "./table.ts";

/** Days that an alert is kept, from its beginning. */
const ALERT_DAYS = 400;
const GROUP_DAYS = 2;

/** The alert that is open under a subject, and the event that began it. */
export const openAlert = z.strictObject({
  alert: alertId,
  opener: z.string().max(40),
  openedAt: timestamp,
  /** When something came last, to the minute. */
  lastAt: timestamp,
});
export type OpenAlert = z.infer<typeof openAlert>;

export interface AlertKey {
  readonly tenant: string;
  readonly id: string;
}

/** What one subscription is told of one subject. */
export interface AlertGroup {
  readonly tenant: string;
  readonly subscription: string;
  readonly subject: Subject;
}

export interface Alerts {
  /** What is open under each subject, in their order; read as it is now. */
  opened(groups: readonly AlertGroup[]): Promise<readonly (OpenAlert | undefined)[]>;
  /** Makes an alert the one under a subject, in the place of the one that stood there before; false where others did. */
  lead(group: AlertGroup, made: OpenAlert, before: OpenAlert | undefined): Promise<boolean>;
  /** Notes that something came, and that the alert is to be looked at by then. */
  touch(group: AlertGroup, seen: OpenAlert, now: Date, look: Date): Promise<void>;
  /** Writes a new alert; false where it stands already. */
  add(made: Alert, look?: Date): Promise<boolean>;
  get(of: AlertKey): Promise<Alert | undefined>;
  /** Those of several that there are, in no order. */
  several(of: readonly AlertKey[]): Promise<readonly Alert[]>;
  /** Writes an alert over the version before it; false where that is not what stands there. */
  replace(next: Alert, look?: Date): Promise<boolean>;
  /** Alerts of a tenant that began on a day (UTC), the newest first, after one. */
  ofDay(tenant: string, day: string, limit: number, after?: string): Promise<readonly Alert[]>;
  /** Alerts whose time to be looked at has come. */
  due(now: Date, limit: number): Promise<readonly AlertKey[]>;
  /** Counts one more message to a subscription in this hour (UTC). @returns how many there were before */
  countSent(tenant: string, subscription: string, now: Date): Promise<number>;
}

/** The day of an alert is in its id. */
const dayOf = (id: string): string => `${id.slice(4, 8)}-${id.slice(8, 10)}-${id.slice(10, 12)}`;
const keyOf = ({ tenant, id }: AlertKey) => ({ pk: key(tenant, "alerts", dayOf(id)), sk: id });
const groupKey = ({ tenant, subscription, subject }: AlertGroup) => ({
  pk: key(tenant, "alertgroup", subscription),
  sk: key(subject.by, subject.id),
});

/** Alerts and what is open, in the table of deliveries. What an alert counts lies in rows of its own, see `alertCountStore`. */
export function alertStore(table: Table): Alerts {
  const { client, name: TableName } = table;
  const parse = ({ alert: stored }: Row): Alert => alert.parse(stored);
  return {
    async opened(groups) {
      const keys = groups.map(groupKey);
      const rows = await batchGet(table, keys, true);
      return keys.map(({ pk, sk }) => {
        const row = rows.find((one) => one.pk === pk && one.sk === sk);
        return row && openAlert.parse(row.open);
      });
    },
    lead: (group, made, before) =>
      held(
        client.send(
          new PutCommand({
            TableName,
            Item: {
              ...groupKey(group),
              open: made,
              alert: made.alert,
              expiresAt: daysAfter(new Date(made.openedAt), GROUP_DAYS),
            },
            ConditionExpression: before ? "alert = :before" : "attribute_not_exists(pk)",
            ...(before ? { ExpressionAttributeValues: { ":before": before.alert } } : {}),
          }),
        ),
      ),
    async touch(group, seen, now, look) {
      const { duePk, dueSk } = dueKeys("alert", look, seen.alert);
      await held(
        client.send(
          new UpdateCommand({
            TableName,
            Key: keyOf({ tenant: group.tenant, id: seen.alert }),
            UpdateExpression: "SET duePk = :duePk, dueSk = :dueSk",
            ConditionExpression: "attribute_exists(pk) AND (attribute_not_exists(dueSk) OR dueSk > :dueSk)",
            ExpressionAttributeValues: { ":duePk": duePk, ":dueSk": dueSk },
          }),
        ),
      );
      await held(
        client.send(
          new UpdateCommand({
            TableName,
            Key: groupKey(group),
            UpdateExpression: "SET #open.lastAt = :now",
            ConditionExpression: "alert = :alert AND #open.lastAt < :now",
            ExpressionAttributeNames: { "#open": "open" },
            ExpressionAttributeValues: { ":now": now.toISOString(), ":alert": seen.alert },
          }),
        ),
      );
    },
    add: (made, look) =>
      held(
        client.send(
          new PutCommand({
            TableName,
            Item: {
              ...keyOf(made),
              alert: made,
              version: made.version,
              ...(look ? dueKeys("alert", look, made.id) : {}),
              expiresAt: daysAfter(new Date(made.openedAt), ALERT_DAYS),
            },
            ConditionExpression: "attribute_not_exists(pk)",
          }),
        ),
      ),
    async get(of) {
      const { Item } = await client.send(new GetCommand({ TableName, Key: keyOf(of), ConsistentRead: true }));
      return Item && parse(Item);
    },
    async several(of) {
      return (await batchGet(table, of.map(keyOf))).map(parse);
    },
    replace(next, look) {
      const due = look && dueKeys("alert", look, next.id);
      return held(
        client.send(
          new UpdateCommand({
            TableName,
            Key: keyOf(next),
            UpdateExpression: `SET alert = :next, version = :version${due ? ", duePk = :duePk, dueSk = :dueSk" : " REMOVE duePk, dueSk"}`,
            ConditionExpression: "version = :before",
            ExpressionAttributeValues: {
              ":next": next,
              ":version": next.version,
              ":before": next.version - 1,
              ...(due ? { ":duePk": due.duePk, ":dueSk": due.dueSk } : {}),
            },
          }),
        ),
      );
    },
    async ofDay(tenant, day, limit, after) {
      const rows = await queryAll(table, {
        KeyConditionExpression: after === undefined ? "pk = :pk" : "pk = :pk AND sk < :after",
        ExpressionAttributeValues: {
          ":pk": key(tenant, "alerts", day),
          ...(after === undefined ? {} : { ":after": after }),
        },
        ScanIndexForward: false,
        Limit: limit,
      });
      return rows.map(parse);
    },
    async due(now, limit) {
      const rows = await dueRows(table, "alert", now, limit);
      return rows.map(({ pk, sk }) => ({ tenant: pk.split("#")[0] ?? "", id: sk }));
    },
    async countSent(tenant, subscription, now) {
      const hour = now.toISOString().slice(0, 13);
      const { Attributes } = await client.send(
        new UpdateCommand({
          TableName,
          Key: { pk: key(tenant, "alertrate", subscription), sk: hour },
          UpdateExpression: "ADD sent :one SET expiresAt = if_not_exists(expiresAt, :expires)",
          ExpressionAttributeValues: { ":one": 1, ":expires": epochSeconds(now) + 7_200 },
          ReturnValues: "UPDATED_NEW",
        }),
      );
      return z.int().parse(Attributes?.sent) - 1;
    },
  };
}
