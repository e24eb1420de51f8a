import { createHash } from "node:crypto";
import { GetCommand, PutCommand, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import { type Case, moderationCase } from "../domain/case.ts";
import type { Lane } from "../domain/verdict.ts";
import { batchGet, epochSeconds, held, key, queryAll, type Table } from "./table.ts";

/** Shards of each lane's index key and of the owes index: one index key takes 1,000 writes a second. */
const SHARDS = 4;

const shardOf = (caseId: string): number => createHash("sha256").update(caseId).digest().readUInt8(0) % SHARDS;
const lanePk = (tenant: string, queue: string, lane: Lane, shard: number): string =>
  key(tenant, queue, lane, String(shard));
const keyOf = (tenant: string, id: string) => ({ pk: key(tenant, id), sk: "case" });

/** Index attributes exist only while they are true: an open case is in its lane, an owing one in `owes`. */
const laneKeys = (current: Case) =>
  current.state === "open"
    ? {
        lanePk: lanePk(current.tenant, current.queue, current.lane, shardOf(current.id)),
        laneSk: key(current.openedAt, current.id),
      }
    : {};

const read = (row: Record<string, unknown>): Case => moderationCase.parse(row.case);

export interface Cases {
  /** Opens a case; false where it stands already. */
  open(opened: Case): Promise<boolean>;
  get(tenant: string, id: string): Promise<Case | undefined>;
  /** Those of the cases that there are, in no order. */
  getMany(tenant: string, ids: readonly string[]): Promise<readonly Case[]>;
  /** Writes a decided case and notes that its event is owed, if the stored version is still `seenVersion`. */
  decide(decided: Case, seenVersion: number, now: Date): Promise<boolean>;
  /** Writes a case that stays as open as it is, if the stored version is still `seenVersion`. */
  amend(amended: Case, seenVersion: number): Promise<boolean>;
  /** Writes a case whose author was erased, if the stored version is still `seenVersion`. */
  replace(erased: Case, seenVersion: number): Promise<boolean>;
  /** The event of this decision has been published. */
  settle(tenant: string, id: string, decisionId: string): Promise<void>;
  /** Cases whose event has been owed since before `before`. */
  owing(before: Date, limit: number): Promise<readonly { readonly tenant: string; readonly id: string }[]>;
  /** Open cases of one lane, longest waiting first, after a position. */
  lane(tenant: string, queue: string, lane: Lane, limit: number, after?: string): Promise<readonly Case[]>;
}

/** Cases in DynamoDB; `lanes` and `owes` are sparse indexes. */
export function caseStore({ client, name: TableName }: Table): Cases {
  // All pages up to the limit: a shard that is cut short at 1 MB would be passed over by the others' later cases.
  const query = (IndexName: string, pk: string, pkName: string, skName: string, limit: number, range?: string[]) => {
    const [comparison, bound] = range ?? [];
    return queryAll(
      { client, name: TableName },
      {
        IndexName,
        KeyConditionExpression: `#pk = :pk${comparison ? ` AND #sk ${comparison} :bound` : ""}`,
        ExpressionAttributeNames: { "#pk": pkName, ...(comparison ? { "#sk": skName } : {}) },
        ExpressionAttributeValues: { ":pk": pk, ...(comparison ? { ":bound": bound } : {}) },
        Limit: limit,
      },
    );
  };
  const shards = Array.from({ length: SHARDS }, (_, shard) => shard);
  return {
    open: (opened) =>
      held(
        client.send(
          new PutCommand({
            TableName,
            Item: { ...keyOf(opened.tenant, opened.id), case: opened, version: opened.version, ...laneKeys(opened) },
            ConditionExpression: "attribute_not_exists(pk)",
          }),
        ),
      ),
    async get(tenant, id) {
      const { Item } = await client.send(new GetCommand({ TableName, Key: keyOf(tenant, id), ConsistentRead: true }));
      return Item ? read(Item) : undefined;
    },
    async getMany(tenant, ids) {
      const keys = [...new Set(ids)].map((id) => keyOf(tenant, id));
      return (await batchGet({ client, name: TableName }, keys, true)).map(read);
    },
    decide: (decided, seenVersion, now) =>
      held(
        client.send(
          new UpdateCommand({
            TableName,
            Key: keyOf(decided.tenant, decided.id),
            UpdateExpression:
              "SET #case = :case, version = :version, owes = :decision, owesPk = :owesPk, owesSk = :owesSk REMOVE lanePk, laneSk",
            ConditionExpression: "version = :seen",
            ExpressionAttributeNames: { "#case": "case" },
            ExpressionAttributeValues: {
              ":case": decided,
              ":version": decided.version,
              ":seen": seenVersion,
              ":decision": decided.decision?.id,
              ":owesPk": key("owes", String(shardOf(decided.id))),
              ":owesSk": key(String(epochSeconds(now)), decided.tenant, decided.id),
            },
          }),
        ),
      ),
    amend: (amended, seenVersion) =>
      held(
        client.send(
          new UpdateCommand({
            TableName,
            Key: keyOf(amended.tenant, amended.id),
            UpdateExpression: "SET #case = :case, version = :version",
            ConditionExpression: "version = :seen",
            ExpressionAttributeNames: { "#case": "case" },
            ExpressionAttributeValues: { ":case": amended, ":version": amended.version, ":seen": seenVersion },
          }),
        ),
      ),
    replace: (erased, seenVersion) =>
      held(
        client.send(
          new UpdateCommand({
            TableName,
            Key: keyOf(erased.tenant, erased.id),
            UpdateExpression: "SET #case = :case, version = :version REMOVE lanePk, laneSk",
            ConditionExpression: "version = :seen",
            ExpressionAttributeNames: { "#case": "case" },
            ExpressionAttributeValues: { ":case": erased, ":version": erased.version, ":seen": seenVersion },
          }),
        ),
      ),
    async settle(tenant, id, decisionId) {
      await held(
        client.send(
          new UpdateCommand({
            TableName,
            Key: keyOf(tenant, id),
            UpdateExpression: "REMOVE owes, owesPk, owesSk",
            ConditionExpression: "owes = :decision",
            ExpressionAttributeValues: { ":decision": decisionId },
          }),
        ),
      );
    },
    async owing(before, limit) {
      const bound = String(epochSeconds(before));
      const found = await Promise.all(
        shards.map((shard) => query("owes", key("owes", String(shard)), "owesPk", "owesSk", limit, ["<", bound])),
      );
      return found.flat().map((row) => {
        const [tenant = "", id = ""] = String(row.pk).split("#");
        return { tenant, id };
      });
    },
    async lane(tenant, queue, lane, limit, after) {
      const heads = await Promise.all(
        shards.map((shard) =>
          query(
            "lanes",
            lanePk(tenant, queue, lane, shard),
            "lanePk",
            "laneSk",
            limit,
            after ? [">", after] : undefined,
          ),
        ),
      );
      return heads
        .flat()
        .map(read)
        .sort((a, b) => (positionOf(a) < positionOf(b) ? -1 : 1))
        .slice(0, limit);
    },
  };
}

/** Where a case stands in its lane: by the time it was opened, never by reach. */
export const positionOf = (current: Pick<Case, "openedAt" | "id">): string => key(current.openedAt, current.id);
