import { DeleteCommand, GetCommand, PutCommand, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import * as z from "zod";
import { type Alert, alert, alertId, type Subject } from "../domain/alert.ts";
import { timestamp } from "../domain/id.ts";
import { type DueKind, type DueRow, dueKeys, dueRows } from "./due.ts";
import { batchGet, daysAfter, epochSeconds, held, key, queryAll, type Row, type Table } from "./table.ts";

/** Days that an alert is kept, from its beginning. */
const ALERT_DAYS = 400;
const GROUP_DAYS = 2;
/** Events that a duty takes beside the first; what comes then begins another. Their marks lie in its row. */
const MOST_LET_IN = 200;
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
  /** Nobody has acknowledged it yet. */
  readonly isDuty: boolean;
}

/** What one subscription is told of one subject. */
export interface AlertGroup {
  readonly tenant: string;
  readonly subscription: string;
  readonly subject: Subject;
  /** What is private stands under the same subject, in an alert of its own. */
  readonly visibility: "public" | "private";
  /** To what the subscription is limited, as a code; an alert that began under other limits is another. */
  readonly limits?: string | undefined;
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
  /**
   * Lets an event join a duty, unless somebody has acknowledged it, which cannot stand for what comes then, or it is full.
   * An event that was let in once always is.
   * @returns what the duty is then; undefined where it lets nothing in
   */
  letIn(of: AlertKey, event: string): Promise<"waiting" | "acknowledged" | undefined>;
  /** Writes a new alert, a duty among those that wait; false where it stands already. */
  add(made: Alert, look?: Date): Promise<boolean>;
  get(of: AlertKey): Promise<Alert | undefined>;
  /** Those of several that there are, in no order; read as they are now. */
  several(of: readonly AlertKey[]): Promise<readonly Alert[]>;
  /**
   * Writes an alert over the version before it; false where that is not what stands there.
   * @param look left out: as it was noted
   */
  replace(next: Alert, look?: Look): Promise<boolean>;
  /** Takes a duty that somebody has acknowledged from those that wait. */
  noLongerWaits(of: AlertKey): Promise<void>;
  /**
   * Duties of a tenant that wait to be acknowledged, whenever they began, the newest first, after one. Where somebody is
   * just acknowledging one, it is among them still.
   * @returns `next`: after which to go on; undefined where there are no more
   */
  waiting(
    tenant: string,
    limit: number,
    after?: string,
  ): Promise<{ readonly alerts: readonly Alert[]; readonly next: string | undefined }>;
  /** Alerts of a tenant that began on a day (UTC), the newest first, after one. */
  ofDay(tenant: string, day: string, limit: number, after?: string): Promise<readonly Alert[]>;
  /** Alerts whose time to be looked at has come: duties first, then the longest waiting; at most `limit` of either. */
  due(now: Date, limit: number): Promise<readonly DueAlert[]>;
  /** Counts one more message to a subscription in this hour (UTC). @returns how many there were before */
  countSent(tenant: string, subscription: string, now: Date): Promise<number>;
}

/** Duties are looked at first. */
const dueKind = ({ duty, acknowledged }: Alert): DueKind => (duty?.due && !acknowledged ? "duty" : "alert");
/** The day of an alert is in its id. */
const dayOf = (id: string): string => `${id.slice(4, 8)}-${id.slice(8, 10)}-${id.slice(10, 12)}`;
const keyOf = ({ tenant, id }: AlertKey) => ({ pk: key(tenant, "alerts", dayOf(id)), sk: id });
const waitingKey = ({ tenant, id }: AlertKey) => ({ pk: key(tenant, "waiting"), sk: id });
const groupKey = ({ tenant, subscription, subject, visibility, limits }: AlertGroup) => ({
  pk: key(tenant, "alertgroup", subscription),
  sk: key(
    ...(limits === undefined ? [] : [limits]),
    ...(visibility === "private" ? [visibility] : []),
    subject.by,
    subject.id,
  ),
});

/** Alerts and what is open, in the table of deliveries. What an alert counts lies in rows of its own, see `alertCountStore`. */
export function alertStore(table: Table): Alerts {
  const { client, name: TableName } = table;
  const parse = ({ alert: stored }: Row): Alert => alert.parse(stored);
  const newest = (pk: string, limit: number, after: string | undefined): Promise<Row[]> =>
    queryAll(table, {
      KeyConditionExpression: after === undefined ? "pk = :pk" : "pk = :pk AND sk < :after",
      ExpressionAttributeValues: { ":pk": pk, ...(after === undefined ? {} : { ":after": after }) },
      ScanIndexForward: false,
      Limit: limit,
    });
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
            // A duty stays among those that are looked at first.
            UpdateExpression: "SET duePk = if_not_exists(duePk, :duePk), dueSk = :dueSk",
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
    async letIn(of, event) {
      const mark = event.slice(4, 12);
      const isNew = await held(
        client.send(
          new UpdateCommand({
            TableName,
            Key: keyOf(of),
            UpdateExpression: "ADD letIn :marks",
            ConditionExpression:
              "attribute_exists(pk) AND attribute_not_exists(alert.acknowledged) AND (attribute_not_exists(letIn) OR size(letIn) < :most)",
            ExpressionAttributeValues: { ":marks": new Set([mark]), ":most": MOST_LET_IN },
          }),
        ),
      );
      if (isNew) return "waiting";
      const { Item } = await client.send(new GetCommand({ TableName, Key: keyOf(of), ConsistentRead: true }));
      if (!(Item?.letIn instanceof Set) || !Item.letIn.has(mark)) return undefined;
      return parse(Item).acknowledged ? "acknowledged" : "waiting";
    },
    async add(made, look) {
      // First: a duty that stands nowhere else would wait unseen once it is older than the inbox looks back.
      if (made.duty) {
        const expiresAt = daysAfter(new Date(made.openedAt), ALERT_DAYS);
        await client.send(new PutCommand({ TableName, Item: { ...waitingKey(made), expiresAt } }));
      }
      return held(
        client.send(
          new PutCommand({
            TableName,
            Item: {
              ...keyOf(made),
              alert: made,
              version: made.version,
              ...(look ? dueKeys(dueKind(made), look, made.id) : {}),
              expiresAt: daysAfter(new Date(made.openedAt), ALERT_DAYS),
            },
            ConditionExpression: "attribute_not_exists(pk)",
          }),
        ),
      );
    },
    async noLongerWaits(of) {
      await client.send(new DeleteCommand({ TableName, Key: waitingKey(of) }));
    },
    async waiting(tenant, limit, after) {
      const ids = (await newest(key(tenant, "waiting"), limit, after)).map(({ sk }) => String(sk));
      const keys = ids.map((id) => keyOf({ tenant, id }));
      const alerts = (await batchGet(table, keys, true)).map(parse).sort((one, other) => (one.id < other.id ? 1 : -1));
      return { alerts, next: ids.length < limit ? undefined : ids.at(-1) };
    },
    async get(of) {
      const { Item } = await client.send(new GetCommand({ TableName, Key: keyOf(of), ConsistentRead: true }));
      return Item && parse(Item);
    },
    async several(of) {
      return (await batchGet(table, of.map(keyOf), true)).map(parse);
    },
    replace(next, look) {
      const due = look?.at && dueKeys(dueKind(next), look.at, next.id);
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
    ofDay: async (tenant, day, limit, after) => (await newest(key(tenant, "alerts", day), limit, after)).map(parse),
    async due(now, limit) {
      const [duties, others] = await Promise.all([
        dueRows(table, "duty", now, limit),
        dueRows(table, "alert", now, limit),
      ]);
      const found = ({ pk, sk, dueSk }: DueRow, isDuty: boolean): DueAlert => ({
        tenant: pk.split("#")[0] ?? "",
        id: sk,
        noted: dueSk,
        isDuty,
      });
      return [...duties.map((row) => found(row, true)), ...others.map((row) => found(row, false))];
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
