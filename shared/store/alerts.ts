import { GetCommand, PutCommand, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import * as z from "zod";
import { type Alert, alert, alertId, type Subject } from "../domain/alert.ts";
import { timestamp } from "../domain/id.ts";
import { dueKeys, dueRows } from "./due.ts";
import { batchGet, daysAfter, epochSeconds, held, key, queryAll, type Row, type Table } from "./table.ts";

/** Days that an alert is kept, from its beginning. */
const ALERT_DAYS = 400;
const GROUP_DAYS = 2;
/** An alert that will be looked at within this time need not be noted again. */
const SOON_MS = 600_000;

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

/** An alert whose time to be looked at has come, as it was noted; whoever joins it meanwhile notes another. */
export interface DueAlert extends AlertKey {
  readonly noted: string;
}

/** What one subscription is told of one subject. */
export interface AlertGroup {
  readonly tenant: string;
  readonly subscription: string;
  readonly subject: Subject;
  /** What is private stands under the same subject, in an alert of its own. */
  readonly visibility: "public" | "private";
}

/** When an alert is to be looked at; `noted` is what was noted before: the write is lost where that is another by now. */
export interface Look {
  readonly at: Date | undefined;
  readonly noted: string;
}

export interface Alerts {
  /** What is open under each subject, in their order; read as it is now. */
  opened(groups: readonly AlertGroup[]): Promise<readonly (OpenAlert | undefined)[]>;
  /** Makes an alert the one under a subject, in the place of the one that stood there before; false where others did. */
  lead(group: AlertGroup, made: OpenAlert, before: OpenAlert | undefined): Promise<boolean>;
  /**
   * Notes that an alert is to be looked at then, if it would not be soon.
   * @param mayEnd somebody may be ending it: then it is looked at then in any case, and whoever ends it learns of it
   */
  lookAt(of: AlertKey, look: Date, now: Date, mayEnd: boolean): Promise<void>;
  /** Notes that something came to the alert that was seen under a subject. */
  came(group: AlertGroup, seen: OpenAlert, now: Date): Promise<void>;
  /** Writes a new alert; false where it stands already. */
  add(made: Alert, look?: Date): Promise<boolean>;
  get(of: AlertKey): Promise<Alert | undefined>;
  /** Those of several that there are, in no order; read as they are now. */
  several(of: readonly AlertKey[]): Promise<readonly Alert[]>;
  /**
   * Writes an alert over the version before it; false where that is not what stands there.
   * @param look left out: as it was noted
   */
  replace(next: Alert, look?: Look): Promise<boolean>;
  /** Alerts of a tenant that began on a day (UTC), the newest first, after one. */
  ofDay(tenant: string, day: string, limit: number, after?: string): Promise<readonly Alert[]>;
  /** Alerts whose time to be looked at has come. */
  due(now: Date, limit: number): Promise<readonly DueAlert[]>;
  /** Counts one more message to a subscription in this hour (UTC). @returns how many there were before */
  countSent(tenant: string, subscription: string, now: Date): Promise<number>;
}

/** The day of an alert is in its id. */
const dayOf = (id: string): string => `${id.slice(4, 8)}-${id.slice(8, 10)}-${id.slice(10, 12)}`;
const keyOf = ({ tenant, id }: AlertKey) => ({ pk: key(tenant, "alerts", dayOf(id)), sk: id });
const groupKey = ({ tenant, subscription, subject, visibility }: AlertGroup) => ({
  pk: key(tenant, "alertgroup", subscription),
  sk: visibility === "private" ? key("private", subject.by, subject.id) : key(subject.by, subject.id),
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
    async lookAt(of, look, now, mayEnd) {
      const { duePk, dueSk } = dueKeys("alert", look, of.id);
      const soon = new Date(now.getTime() + SOON_MS).toISOString();
      await held(
        client.send(
          new UpdateCommand({
            TableName,
            Key: keyOf(of),
            UpdateExpression: "SET duePk = :duePk, dueSk = :dueSk",
            ConditionExpression: mayEnd
              ? "attribute_exists(pk)"
              : "attribute_exists(pk) AND (attribute_not_exists(dueSk) OR dueSk > :soon)",
            ExpressionAttributeValues: { ":duePk": duePk, ":dueSk": dueSk, ...(mayEnd ? {} : { ":soon": soon }) },
          }),
        ),
      );
    },
    async came(group, seen, now) {
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
      return (await batchGet(table, of.map(keyOf), true)).map(parse);
    },
    replace(next, look) {
      const due = look?.at && dueKeys("alert", look.at, next.id);
      const noting = look && (due ? ", duePk = :duePk, dueSk = :dueSk" : " REMOVE duePk, dueSk");
      return held(
        client.send(
          new UpdateCommand({
            TableName,
            Key: keyOf(next),
            UpdateExpression: `SET alert = :next, version = :version${noting ?? ""}`,
            ConditionExpression: `version = :before${look ? " AND dueSk = :noted" : ""}`,
            ExpressionAttributeValues: {
              ":next": next,
              ":version": next.version,
              ":before": next.version - 1,
              ...(look ? { ":noted": look.noted } : {}),
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
      return rows.map(({ pk, sk, dueSk }) => ({ tenant: pk.split("#")[0] ?? "", id: sk, noted: dueSk }));
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
