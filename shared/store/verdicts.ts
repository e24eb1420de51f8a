import { DeleteCommand, GetCommand, PutCommand, QueryCommand, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import { type ItemRef, itemRef } from "../domain/id.ts";
import type { ItemKind } from "../domain/item.ts";
import { type Reversal, reversal } from "../domain/reversal.ts";
import { type Verdict, verdict } from "../domain/verdict.ts";
import { packVerdict, unpackVerdict } from "./packed-verdict.ts";
import { alive, batchGet, daysAfter, epochSeconds, held, key, queryAll, type Row, type Table } from "./table.ts";

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
  /** `owing`: the states may not have counted it yet, as what `counted` says. */
  | { readonly kind: "repeat"; readonly verdict: Verdict; readonly owing: boolean; readonly counted?: unknown }
  | { readonly kind: "conflict" };

/** An item of an author, and where it stands among the others. */
export interface OfAuthor {
  readonly ref: ItemRef;
  readonly position: string;
}

export interface RangeOfAuthor {
  readonly limit: number;
  readonly after?: string | undefined;
  readonly latestFirst?: boolean;
}

/** A revision that was accepted, and what became of it. */
export interface Revision {
  readonly revision: string;
  readonly digest: string;
  readonly receivedAt: Date;
  /** Undefined while it waits. */
  readonly verdict?: Verdict;
  readonly owing: boolean;
  /** What states count it as; undefined where they don't. */
  readonly counted?: unknown;
}

export interface Verdicts {
  /** Notes that a revision was accepted; `conflict` where the same revision came before with other content. */
  receive(receipt: Receipt): Promise<Received>;
  /**
   * Stores the first verdict of a revision; a repeat answers with the first. Kept `days` days. With `counted` (JSON) the
   * row says what states have to count it as, and that they have yet to, until `settle`.
   */
  record(made: Verdict, days: number, counted?: unknown): Promise<Recorded>;
  /** All revisions of an item that were accepted, in no order. */
  revisions(tenant: string, kind: ItemKind, id: string, now: Date): Promise<readonly Revision[]>;
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
    /** How actions were taken back, by revision; left out where none was. */
    readonly reversals?: ReadonlyMap<string, Reversal>;
  }>;
  /**
   * Items of an author that have a verdict, by the time of their receipt, after the position of one; with `latestFirst`
   * those before it. The index may lag behind.
   */
  ofAuthor(tenant: string, author: string, range: RangeOfAuthor): Promise<readonly OfAuthor[]>;
  remove(tenant: string, ref: ItemRef): Promise<void>;
  /** Of up to 100 revisions those that have their verdict and those that are reflected in one, in no order. */
  findMany(
    tenant: string,
    refs: readonly ItemRef[],
  ): Promise<{
    readonly verdicts: readonly Verdict[];
    readonly reflected: readonly ItemRef[];
    /** Actions that were taken back; left out where none was. */
    readonly reversals?: readonly { readonly ref: ItemRef; readonly reversal: Reversal }[];
  }>;
  /**
   * Notes that a verdict's action was taken back; the verdict stays as it was. False where there is no verdict (any more),
   * or something else took it back before.
   */
  reverse(tenant: string, ref: ItemRef, made: Reversal): Promise<boolean>;
}

/** What a row was made with: deflated, since a write unit is 1 KB and a verdict with its features is more. */
function madeIn(row: Row): { readonly verdict?: Verdict; readonly counted?: unknown } {
  if (!(row.made instanceof Uint8Array)) return {};
  const made = unpackVerdict(row.made) as { readonly verdict: unknown; readonly counted?: unknown };
  return { ...made, verdict: verdict.parse(made.verdict) };
}

/** How the action of a row's verdict was taken back. */
export const reversalIn = (row: Row): Reversal | undefined =>
  row.reversed === undefined ? undefined : reversal.parse(row.reversed);

/** Notes a reversal on the row of a verdict. */
export const markReversed = ({ client, name: TableName }: Table, Key: Row, made: Reversal): Promise<boolean> =>
  held(
    client.send(
      new UpdateCommand({
        TableName,
        Key,
        UpdateExpression: "SET reversed = :made",
        ConditionExpression: "#state = :scored AND (attribute_not_exists(reversed) OR reversed.#by = :by)",
        ExpressionAttributeNames: { "#state": "state", "#by": "by" },
        ExpressionAttributeValues: { ":made": made, ":by": made.by, ":scored": "scored" },
      }),
    ),
  );

/** The verdict that a row of the table holds; undefined where it holds none, or is of an audience. */
export const verdictIn = (row: Row): Verdict | undefined => madeIn(row).verdict;

/** Seconds since 1970, in as few characters as sort like them: each verdict's row has them once more. */
const timeKey = (time: string): string => epochSeconds(new Date(time)).toString(36).padStart(7, "0");

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
    async record(made, days, counted) {
      const { tenant, ref, digest } = made;
      const scoredAt = new Date(made.scoredAt);
      const put = new PutCommand({
        TableName,
        Item: {
          pk: pkOf(tenant, ref.kind, ref.id),
          sk: ref.revision,
          state: "scored",
          digest,
          made: packVerdict({ verdict: made, counted }),
          ...(counted === undefined ? {} : { owing: true }),
          authorPk: key(tenant, made.authorId),
          authorSk: key(timeKey(made.receivedAt), ref.kind, ref.id, ref.revision),
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
      const { verdict: first, counted: before } = madeIn(row);
      if (!first) return { kind: "conflict" };
      const what = before === undefined ? {} : { counted: before };
      return { kind: "repeat", verdict: first, owing: row.owing === true, ...what };
    },
    async revisions(tenant, kind, id, now) {
      const rows = await queryAll(
        { client, name: TableName },
        {
          KeyConditionExpression: "pk = :pk",
          ExpressionAttributeValues: { ":pk": pkOf(tenant, kind, id) },
          ConsistentRead: true,
        },
      );
      return rows
        .filter((row) => alive(row, now))
        .map((row) => {
          const { verdict: made, counted } = madeIn(row);
          return {
            revision: String(row.sk),
            digest: String(row.digest),
            receivedAt: new Date(made?.receivedAt ?? String(row.receivedAt)),
            owing: row.owing === true,
            ...(made ? { verdict: made } : {}),
            ...(counted === undefined ? {} : { counted }),
          };
        });
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
      const verdicts = rows.flatMap((row) => verdictIn(row) ?? []).sort((a, b) => (a.scoredAt < b.scoredAt ? 1 : -1));
      const revisionsIn = (state: string) => rows.filter((row) => row.state === state).map((row) => String(row.sk));
      const reversals = rows.flatMap((row) => {
        const reversed = reversalIn(row);
        return reversed ? [[String(row.sk), reversed] as const] : [];
      });
      return {
        verdicts,
        pending: revisionsIn("received"),
        reflected: revisionsIn("reflected"),
        ...(reversals.length > 0 ? { reversals: new Map(reversals) } : {}),
      };
    },
    async ofAuthor(tenant, author, { limit, after, latestFirst = false }) {
      const { Items = [] } = await client.send(
        new QueryCommand({
          TableName,
          IndexName: "author",
          KeyConditionExpression: `authorPk = :pk${after ? ` AND authorSk ${latestFirst ? "<" : ">"} :after` : ""}`,
          ExpressionAttributeValues: { ":pk": key(tenant, author), ...(after ? { ":after": after } : {}) },
          ScanIndexForward: !latestFirst,
          Limit: limit,
        }),
      );
      return Items.map((row) => {
        const position = String(row.authorSk);
        const [kind, id, revision] = position.split("#").slice(-3);
        return { ref: itemRef.parse({ kind, id, revision }), position };
      });
    },
    async remove(tenant, ref) {
      const Key = { pk: pkOf(tenant, ref.kind, ref.id), sk: ref.revision };
      await client.send(new DeleteCommand({ TableName, Key }));
    },
    async findMany(tenant, refs) {
      const verdicts: Verdict[] = [];
      const reflected: ItemRef[] = [];
      const reversals: { ref: ItemRef; reversal: Reversal }[] = [];
      const byKey = new Map(refs.map((ref) => [key(pkOf(tenant, ref.kind, ref.id), ref.revision), ref]));
      const Keys = refs.map(({ kind, id, revision }) => ({
        pk: pkOf(tenant, kind, id),
        sk: revision,
      }));
      for (const row of await batchGet({ client, name: TableName }, Keys, true)) {
        const ref = byKey.get(key(String(row.pk), String(row.sk)));
        const made = verdictIn(row);
        if (made) verdicts.push(made);
        else if (row.state === "reflected" && ref) reflected.push(ref);
        const reversed = reversalIn(row);
        if (reversed && ref) reversals.push({ ref, reversal: reversed });
      }
      return { verdicts, reflected, ...(reversals.length > 0 ? { reversals } : {}) };
    },
    reverse: (tenant, { kind, id, revision }, made) =>
      markReversed({ client, name: TableName }, { pk: pkOf(tenant, kind, id), sk: revision }, made),
  };
}
