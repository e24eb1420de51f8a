import { GetCommand, PutCommand, QueryCommand, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import { type JobUsage, jobUsage } from "../domain/backtest.ts";
import { type Job, type JobKind, job, type Part } from "../domain/job.ts";
import { pack, unpack } from "./state-row.ts";
import { alive, daysAfter, held, key, queryAll, type Row, type Table } from "./table.ts";

/** Days that a job, its parts and its result are kept. */
const KEPT_DAYS = 30;
/** Days that the record of what an undo did is kept: as long as the verdicts of a new tenant. */
const AUDIT_DAYS = 400;
const DIGITS = 4;

const pad = (number: number): string => String(number).padStart(DIGITS, "0");
const listPk = (tenant: string, kind: JobKind): string => key(tenant, "jobs", kind);
const rowsPk = (tenant: string, id: string): string => key(tenant, "job", id);

/** One stretch of a part, from where the stretch before it ended to where its time was over. Never changed. */
export interface Leg {
  readonly part: number;
  readonly leg: number;
  /** What was counted, as its kind of job wrote it. */
  readonly tally: unknown;
  readonly items: number;
  readonly used: JobUsage;
  /** Where the next leg begins; undefined where the part is done. */
  readonly next?: string;
}

export interface JobKey {
  readonly tenant: string;
  readonly id: string;
}

export interface Jobs {
  /** Writes what is to be done; false where a job of this id stands already. */
  create(asked: Job, spec: unknown): Promise<boolean>;
  get(tenant: string, kind: JobKind, id: string): Promise<Job | undefined>;
  /** What is to be done, as it was given to `create`. */
  spec(of: JobKey): Promise<unknown>;
  /** The newest jobs of a kind first. */
  list(tenant: string, kind: JobKind, limit: number, now: Date): Promise<readonly Job[]>;
  /** False where there is no such job, or it is cancelled or done already. */
  cancel(asked: Job, by: string, now: Date): Promise<boolean>;
  /** Takes a cancellation back. */
  uncancel(asked: Job): Promise<void>;
  parts(of: JobKey): Promise<readonly Part[]>;
  /** Notes how far a part is; its failures are forgotten. */
  advance(of: JobKey, part: number, how: { readonly items: number; readonly done: boolean }, now: Date): Promise<void>;
  /** Notes that a part failed once more, with a code. */
  fail(of: JobKey, part: number, reason: string, now: Date): Promise<void>;
  leg(of: JobKey, part: number, leg: number): Promise<Leg | undefined>;
  /** False where this leg stands already: whoever was first cut it, and the rest of the part follows from that. */
  addLeg(of: JobKey, leg: Leg, now: Date): Promise<boolean>;
  /** All legs, one after the other: each holds up to some tens of kilobytes. */
  legs(of: JobKey): AsyncIterable<Leg>;
  /** Writes the result, then that the job is done. */
  finish(asked: Job, result: unknown, items: number, now: Date): Promise<void>;
  result(of: JobKey): Promise<unknown>;
  /** Writes a batch's record once; a repeat finds the first. */
  addAudit(of: JobKey, batch: string, record: unknown, now: Date): Promise<void>;
  audits(
    of: JobKey,
    limit: number,
    after?: string,
  ): Promise<readonly { readonly batch: string; readonly record: unknown }[]>;
}

const readLeg = (row: Row): Leg => {
  const [, part = "", leg = ""] = String(row.sk).split("#");
  return {
    part: Number(part),
    leg: Number(leg),
    tally: unpack(row.tally as Uint8Array),
    items: Number(row.items),
    used: jobUsage.parse(row.used),
    ...(row.next === undefined ? {} : { next: String(row.next) }),
  };
};

const readPart = (row: Row): Part => ({
  part: Number(String(row.sk).split("#")[1]),
  done: row.done === true,
  items: Number(row.items ?? 0),
  failures: Number(row.failures ?? 0),
  ...(row.reason === undefined ? {} : { reason: String(row.reason) }),
  updatedAt: new Date(String(row.updatedAt)),
});

/**
 * Backtests and undos in DynamoDB, in the table `cases`: an undo closes cases, and its record belongs beside them; the
 * directory is read with every request and stays small.
 */
export function jobStore({ client, name: TableName }: Table): Jobs {
  const get = async (pk: string, sk: string): Promise<Row | undefined> => {
    const { Item } = await client.send(new GetCommand({ TableName, Key: { pk, sk }, ConsistentRead: true }));
    return Item;
  };
  const put = (Item: Row): Promise<unknown> => client.send(new PutCommand({ TableName, Item }));
  const putOnce = (Item: Row): Promise<boolean> =>
    held(client.send(new PutCommand({ TableName, Item, ConditionExpression: "attribute_not_exists(pk)" })));
  const rows = (pk: string, prefix: string) =>
    queryAll(
      { client, name: TableName },
      {
        KeyConditionExpression: "pk = :pk AND begins_with(sk, :prefix)",
        ExpressionAttributeValues: { ":pk": pk, ":prefix": prefix },
        ConsistentRead: true,
      },
    );
  const expiresAt = (now: Date): number => daysAfter(now, KEPT_DAYS);
  const change = (
    tenant: string,
    kind: JobKind,
    id: string,
    UpdateExpression: string,
    ConditionExpression: string,
    values?: Row,
  ): Promise<boolean> =>
    held(
      client.send(
        new UpdateCommand({
          TableName,
          Key: { pk: listPk(tenant, kind), sk: id },
          UpdateExpression,
          ConditionExpression,
          ExpressionAttributeNames: { "#job": "job" },
          ...(values ? { ExpressionAttributeValues: values } : {}),
        }),
      ),
    );

  return {
    async create(asked, spec) {
      const at = new Date(asked.at);
      // First: a job that can be found must be one that can be done.
      await putOnce({ pk: rowsPk(asked.tenant, asked.id), sk: "spec", spec: pack(spec), expiresAt: expiresAt(at) });
      return putOnce({ pk: listPk(asked.tenant, asked.kind), sk: asked.id, job: asked, expiresAt: expiresAt(at) });
    },
    async get(tenant, kind, id) {
      const row = await get(listPk(tenant, kind), id);
      return row && job.parse(row.job);
    },
    async spec({ tenant, id }) {
      const row = await get(rowsPk(tenant, id), "spec");
      return row && unpack(row.spec as Uint8Array);
    },
    async list(tenant, kind, limit, now) {
      const { Items = [] } = await client.send(
        new QueryCommand({
          TableName,
          KeyConditionExpression: "pk = :pk",
          ExpressionAttributeValues: { ":pk": listPk(tenant, kind) },
          ScanIndexForward: false,
          Limit: limit,
        }),
      );
      return Items.filter((row) => alive(row, now)).map((row) => job.parse(row.job));
    },
    cancel: ({ tenant, kind, id }, by, now) =>
      change(
        tenant,
        kind,
        id,
        "SET #job.cancelled = :cancelled",
        "attribute_exists(pk) AND attribute_not_exists(#job.cancelled) AND attribute_not_exists(#job.done)",
        { ":cancelled": { by, at: now.toISOString() } },
      ),
    async uncancel({ tenant, kind, id }) {
      await change(tenant, kind, id, "REMOVE #job.cancelled", "attribute_exists(pk)");
    },
    parts: async ({ tenant, id }) => (await rows(rowsPk(tenant, id), "part#")).map(readPart),
    async advance({ tenant, id }, part, { items, done }, now) {
      // A late repeat of an early leg must not take back what later ones have noted.
      const isFurther =
        "attribute_not_exists(#items) OR (#items <= :items AND (attribute_not_exists(done) OR done <> :true))";
      await held(
        client.send(
          new UpdateCommand({
            TableName,
            Key: { pk: rowsPk(tenant, id), sk: key("part", pad(part)) },
            UpdateExpression:
              "SET #items = :items, done = :done, updatedAt = :now, expiresAt = :end REMOVE failures, reason",
            ConditionExpression: isFurther,
            ExpressionAttributeNames: { "#items": "items" },
            ExpressionAttributeValues: {
              ":items": items,
              ":done": done,
              ":true": true,
              ":now": now.toISOString(),
              ":end": expiresAt(now),
            },
          }),
        ),
      );
    },
    async fail({ tenant, id }, part, reason, now) {
      await client.send(
        new UpdateCommand({
          TableName,
          Key: { pk: rowsPk(tenant, id), sk: key("part", pad(part)) },
          UpdateExpression: "SET reason = :reason, updatedAt = :now, expiresAt = :end ADD failures :one",
          ExpressionAttributeValues: {
            ":reason": reason,
            ":now": now.toISOString(),
            ":end": expiresAt(now),
            ":one": 1,
          },
        }),
      );
    },
    async leg({ tenant, id }, part, leg) {
      const row = await get(rowsPk(tenant, id), key("leg", pad(part), pad(leg)));
      return row && readLeg(row);
    },
    addLeg: ({ tenant, id }, { part, leg, tally, items, used, next }, now) =>
      putOnce({
        pk: rowsPk(tenant, id),
        sk: key("leg", pad(part), pad(leg)),
        tally: pack(tally),
        items,
        used,
        ...(next === undefined ? {} : { next }),
        expiresAt: expiresAt(now),
      }),
    async *legs({ tenant, id }) {
      let from: Row | undefined;
      do {
        const { Items = [], LastEvaluatedKey } = await client.send(
          new QueryCommand({
            TableName,
            KeyConditionExpression: "pk = :pk AND begins_with(sk, :prefix)",
            ExpressionAttributeValues: { ":pk": rowsPk(tenant, id), ":prefix": "leg#" },
            ConsistentRead: true,
            ...(from ? { ExclusiveStartKey: from } : {}),
          }),
        );
        for (const row of Items) yield readLeg(row);
        from = LastEvaluatedKey;
      } while (from);
    },
    async finish({ tenant, kind, id }, result, items, now) {
      await put({ pk: rowsPk(tenant, id), sk: "result", result: pack(result), expiresAt: expiresAt(now) });
      await change(tenant, kind, id, "SET #job.done = :done", "attribute_exists(pk)", {
        ":done": { at: now.toISOString(), items },
      });
    },
    async result({ tenant, id }) {
      const row = await get(rowsPk(tenant, id), "result");
      return row && unpack(row.result as Uint8Array);
    },
    async addAudit({ tenant, id }, batch, record, now) {
      await putOnce({
        pk: rowsPk(tenant, id),
        sk: key("audit", batch),
        record: pack(record),
        expiresAt: daysAfter(now, AUDIT_DAYS),
      });
    },
    async audits({ tenant, id }, limit, after) {
      const { Items = [] } = await client.send(
        new QueryCommand({
          TableName,
          KeyConditionExpression: "pk = :pk AND sk BETWEEN :first AND :last",
          ExpressionAttributeValues: {
            ":pk": rowsPk(tenant, id),
            // `after` ends with the lowest character that can follow it, so the batch itself is left out.
            ":first": after === undefined ? "audit#" : `${key("audit", after)} `,
            ":last": "audit#~",
          },
          Limit: limit,
        }),
      );
      return Items.map((row) => ({
        batch: String(row.sk).slice("audit#".length),
        record: unpack(row.record as Uint8Array),
      }));
    },
  };
}
