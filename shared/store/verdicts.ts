import { DeleteCommand, GetCommand, PutCommand, QueryCommand, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import { type ItemRef, itemRef } from "../domain/id.ts";
import type { ItemKind } from "../domain/item.ts";
import { type Verdict, verdict } from "../domain/verdict.ts";
import { alive, batchGet, daysAfter, epochSeconds, held, key, queryAll, type Table } from "./table.ts";

// One row for each revision of an item. It begins as a receipt (state "received": the digest of what was accepted) and
// becomes the verdict by the same single-item conditional put, so a revision can neither change its content nor be
// judged twice.
const pkOf = (tenant: string, kind: ItemKind, id: string): string => key(tenant, kind, id);

/** Days that a receipt waits for its verdict: longer than a message can live in a queue and its dead-letter queue. */
const RECEIPT_DAYS = 30;

export interface Receipt {
  readonly tenant: string;
  readonly ref: ItemRef;
  readonly digest: string;
  readonly receivedAt: Date;
}

/** `waiting`: the same content was accepted before and has no verdict yet; `scored`: it has one, or is reflected in one. */
export type Received = "received" | "waiting" | "scored" | "conflict";

export type Recorded =
  | { readonly kind: "recorded"; readonly verdict: Verdict }
  /** `owing`: what had to follow from the first verdict may not have been done yet. */
  | { readonly kind: "repeat"; readonly verdict: Verdict; readonly owing: boolean }
  | { readonly kind: "conflict" };

export interface Verdicts {
  /** Notes that a revision was accepted; `conflict` where the same revision came before with other content. */
  receive(receipt: Receipt): Promise<Received>;
  /**
   * Stores the first verdict of a revision; a repeat answers with the first. Kept `days` days. With `owing` the row says
   * that states have yet to count it, until `settle`.
   */
  record(made: Verdict, days: number, owing?: boolean): Promise<Recorded>;
  /** The states have counted this revision. */
  settle(tenant: string, ref: ItemRef): Promise<void>;
  /** This follow or audience message is reflected in its account's state; `conflict` where the digest is another. */
  reflect(receipt: Receipt, days: number): Promise<"reflected" | "conflict">;
  /** All verdicts of an item, newest first, and its revisions that wait for one. */
  find(
    tenant: string,
    kind: ItemKind,
    id: string,
    now: Date,
    revision?: string,
  ): Promise<{
    readonly verdicts: readonly Verdict[];
    readonly pending: readonly string[];
    readonly reflected: readonly string[];
  }>;
  /** Items of an author that have a verdict, in the order of their keys, after `after`. */
  ofAuthor(tenant: string, author: string, limit: number, after?: ItemRef): Promise<readonly ItemRef[]>;
  remove(tenant: string, ref: ItemRef): Promise<void>;
  /** Of up to 100 revisions those that have their verdict and those that are reflected in one, in no order. */
  findMany(
    tenant: string,
    refs: readonly ItemRef[],
  ): Promise<{ readonly verdicts: readonly Verdict[]; readonly reflected: readonly ItemRef[] }>;
}

/** Verdicts and receipts in DynamoDB. */
export function verdictStore({ client, name: TableName }: Table): Verdicts {
  const get = async (tenant: string, ref: ItemRef) => {
    const Key = { pk: pkOf(tenant, ref.kind, ref.id), sk: ref.revision };
    const { Item } = await client.send(new GetCommand({ TableName, Key, ConsistentRead: true }));
    return Item;
  };
  return {
    async receive({ tenant, ref, digest, receivedAt }) {
      const put = new PutCommand({
        TableName,
        Item: {
          pk: pkOf(tenant, ref.kind, ref.id),
          sk: ref.revision,
          state: "received",
          digest,
          receivedAt: receivedAt.toISOString(),
          expiresAt: daysAfter(receivedAt, RECEIPT_DAYS),
        },
        ConditionExpression: "attribute_not_exists(pk) OR expiresAt < :now",
        ExpressionAttributeValues: { ":now": epochSeconds(receivedAt) },
      });
      if (await held(client.send(put))) return "received";
      const row = await get(tenant, ref);
      if (row?.digest !== digest) return "conflict";
      return row.state === "received" ? "waiting" : "scored";
    },
    async record(made, days, owing = false) {
      const { tenant, ref, digest } = made;
      const scoredAt = new Date(made.scoredAt);
      const put = new PutCommand({
        TableName,
        Item: {
          pk: pkOf(tenant, ref.kind, ref.id),
          sk: ref.revision,
          state: "scored",
          digest,
          verdict: made,
          ...(owing ? { owing } : {}),
          authorPk: key(tenant, made.authorId),
          authorSk: key(ref.kind, ref.id, ref.revision),
          expiresAt: daysAfter(scoredAt, days),
        },
        ConditionExpression:
          "attribute_not_exists(pk) OR expiresAt < :now OR (#state = :received AND digest = :digest)",
        ExpressionAttributeNames: { "#state": "state" },
        ExpressionAttributeValues: { ":now": epochSeconds(scoredAt), ":received": "received", ":digest": digest },
      });
      if (await held(client.send(put))) return { kind: "recorded", verdict: made };
      const row = await get(tenant, ref);
      if (row?.state !== "scored" || row.digest !== digest) return { kind: "conflict" };
      return { kind: "repeat", verdict: verdict.parse(row.verdict), owing: row.owing === true };
    },
    async settle(tenant, ref) {
      // Of a row that is gone nothing may stand up again: an update without a condition would write an empty one.
      await held(
        client.send(
          new UpdateCommand({
            TableName,
            Key: { pk: pkOf(tenant, ref.kind, ref.id), sk: ref.revision },
            UpdateExpression: "REMOVE owing",
            ConditionExpression: "attribute_exists(pk)",
          }),
        ),
      );
    },
    async reflect({ tenant, ref, digest, receivedAt }, days) {
      const put = new PutCommand({
        TableName,
        Item: {
          pk: pkOf(tenant, ref.kind, ref.id),
          sk: ref.revision,
          state: "reflected",
          digest,
          receivedAt: receivedAt.toISOString(),
          expiresAt: daysAfter(receivedAt, days),
        },
        ConditionExpression: "attribute_not_exists(pk) OR expiresAt < :now OR digest = :digest",
        ExpressionAttributeValues: { ":digest": digest, ":now": epochSeconds(receivedAt) },
      });
      return (await held(client.send(put))) ? "reflected" : "conflict";
    },
    async find(tenant, kind, id, now, revision) {
      const found = await queryAll(
        { client, name: TableName },
        {
          KeyConditionExpression: revision ? "pk = :pk AND sk = :sk" : "pk = :pk",
          ExpressionAttributeValues: { ":pk": pkOf(tenant, kind, id), ...(revision ? { ":sk": revision } : {}) },
          ConsistentRead: true,
        },
      );
      const rows = found.filter((row) => alive(row, now));
      const verdicts = rows
        .filter((row) => row.state === "scored")
        .map((row) => verdict.parse(row.verdict))
        .sort((a, b) => (a.scoredAt < b.scoredAt ? 1 : -1));
      const revisionsIn = (state: string) => rows.filter((row) => row.state === state).map((row) => String(row.sk));
      return { verdicts, pending: revisionsIn("received"), reflected: revisionsIn("reflected") };
    },
    async ofAuthor(tenant, author, limit, after) {
      const { Items = [] } = await client.send(
        new QueryCommand({
          TableName,
          IndexName: "author",
          KeyConditionExpression: after ? "authorPk = :pk AND authorSk > :after" : "authorPk = :pk",
          ExpressionAttributeValues: {
            ":pk": key(tenant, author),
            ...(after ? { ":after": key(after.kind, after.id, after.revision) } : {}),
          },
          Limit: limit,
        }),
      );
      return Items.map((row) => {
        const [kind, id, revision] = String(row.authorSk).split("#");
        return itemRef.parse({ kind, id, revision });
      });
    },
    async remove(tenant, ref) {
      const Key = { pk: pkOf(tenant, ref.kind, ref.id), sk: ref.revision };
      await client.send(new DeleteCommand({ TableName, Key }));
    },
    async findMany(tenant, refs) {
      const verdicts: Verdict[] = [];
      const reflected: ItemRef[] = [];
      const byKey = new Map(refs.map((ref) => [key(pkOf(tenant, ref.kind, ref.id), ref.revision), ref]));
      const Keys = refs.map(({ kind, id, revision }) => ({
        pk: pkOf(tenant, kind, id),
        sk: revision,
      }));
      for (const row of await batchGet({ client, name: TableName }, Keys, true)) {
        const ref = byKey.get(key(String(row.pk), String(row.sk)));
        if (row.state === "scored") verdicts.push(verdict.parse(row.verdict));
        else if (row.state === "reflected" && ref) reflected.push(ref);
      }
      return { verdicts, reflected };
    },
  };
}
