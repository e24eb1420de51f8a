import { createHash } from "node:crypto";
import { GetCommand, PutCommand, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import { type Case, type Decision, moderationCase } from "../domain/case.ts";
import type { Lane } from "../domain/verdict.ts";
import { batchGet, epochSeconds, held, key, queryAll, type Table } from "./table.ts";

/** Shards of each lane's index key and of the owes index: one index key takes 1,000 writes a second. */
const SHARDS = 4;

/** The shard of a case's lane, of its queue's counters and of `owes`. */
export const shardOf = (caseId: string): number => createHash("sha256").update(caseId).digest().readUInt8(0) % SHARDS;
export const CASE_SHARDS: readonly number[] = Array.from({ length: SHARDS }, (_, shard) => shard);
export const lanePk = (tenant: string, queue: string, lane: Lane, shard: number): string =>
  key(tenant, queue, lane, String(shard));
/** Where a case stands; its members, notes, onlookers and log lie under the same partition. */
export const caseKey = (tenant: string, id: string, sk = "case") => ({ pk: key(tenant, id), sk });

/** Index attributes exist only while they are true: an open case is in its lane, an owing one in `owes`. */
export const laneKeys = (current: Case) =>
  current.state === "open"
    ? {
        lanePk: lanePk(current.tenant, current.queue, current.lane, shardOf(current.id)),
        laneSk: key(current.openedAt, current.id),
      }
    : {};

/** Who holds a case, and how large its cluster is, stand beside it: both change often and together with nothing else. */
export function readCase(row: Record<string, unknown>): Case {
  const { claim: _, cluster, ...stored } = row.case as Case;
  const { claimId: id, claimBy: by, claimAt: at, claimUntil: until, size } = row;
  return moderationCase.parse({
    ...stored,
    ...(cluster ? { cluster: { ...cluster, size: size ?? cluster.size } } : {}),
    ...(by === undefined ? {} : { claim: { id, by, at, until } }),
  });
}

/** The event that a case last gave cause for, by a name that no other of its events has. */
export const eventOf = ({ last, decision }: Pick<Case, "last" | "decision">): string => {
  if (!last) return decision?.id ?? "";
  return last.kind === "decision.made" ? last.decision : `${last.kind}:${last.decision}`;
};

/** A case whose event is owed, and how far its members have been told. */
export interface Owed {
  readonly case: Case;
  /** Members that the event is about, the first apart, by the numbers with which they joined: up to this one. */
  readonly members: number;
  /** The member told last; `BEFORE_MEMBERS`, alone or at the beginning: of the case itself others were told. */
  readonly after?: string;
}

/** Less than every case's id. */
export const BEFORE_MEMBERS = "!";

/** The attributes of a claim. */
export const CLAIM = "claimId, claimBy, claimAt, claimUntil";
/** Nobody but `:by` holds it at `:now`. */
export const FREE_FOR = "(attribute_not_exists(claimBy) OR claimUntil <= :now OR claimBy = :by)";
/** As many items belong to it as when it was read. */
const AS_LARGE = " AND (attribute_not_exists(#size) OR #size = :size)";
const LANE_SET = ", lanePk = :lanePk, laneSk = :laneSk";

export interface Cases {
  /** Opens a case; false where it stands already. */
  open(opened: Case): Promise<boolean>;
  get(tenant: string, id: string): Promise<Case | undefined>;
  /** Those of the cases that there are, in no order. */
  getMany(tenant: string, ids: readonly string[]): Promise<readonly Case[]>;
  /**
   * Writes a case as decided, escalated, undone or reopened and notes that its event is owed, if the stored version is
   * still `seenVersion` and nobody but `by` holds it; with `seenSize` also only if no item joined it since. It is held by
   * no one afterwards.
   */
  decide(decided: Case, seenVersion: number, now: Date, by?: Decision["by"], seenSize?: number): Promise<boolean>;
  /** Writes a case that stays where it is, and whose holder stays, if the stored version is still `seenVersion`. */
  amend(amended: Case, seenVersion: number): Promise<boolean>;
  /** Writes a case whose author was erased, if the stored version is still `seenVersion` and, named, its size `seenSize`. */
  replace(erased: Case, seenVersion: number, seenSize?: number): Promise<boolean>;
  /** What a case owes; undefined where it owes nothing. */
  owed(tenant: string, id: string): Promise<Owed | undefined>;
  /** The event has been published for members up to this one, or for the case itself. */
  advance(tenant: string, id: string, event: string, after: string): Promise<void>;
  /**
   * The event (a decision's id, or what `eventOf` says) has been published; `after` is what was noted last as told. Where
   * something else is noted by now it stays owed: an item may have been added.
   */
  settle(tenant: string, id: string, event: string, after?: string): Promise<void>;
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
  return {
    open: (opened) =>
      held(
        client.send(
          new PutCommand({
            TableName,
            Item: { ...caseKey(opened.tenant, opened.id), case: opened, version: opened.version, ...laneKeys(opened) },
            ConditionExpression: "attribute_not_exists(pk)",
          }),
        ),
      ),
    async get(tenant, id) {
      const { Item } = await client.send(new GetCommand({ TableName, Key: caseKey(tenant, id), ConsistentRead: true }));
      return Item ? readCase(Item) : undefined;
    },
    async getMany(tenant, ids) {
      const keys = [...new Set(ids)].map((id) => caseKey(tenant, id));
      return (await batchGet({ client, name: TableName }, keys, true)).map(readCase);
    },
    decide(decided, seenVersion, now, by = decided.decision?.by ?? "", seenSize?: number) {
      const { lanePk: lane, laneSk } = laneKeys(decided);
      const inLane = lane === undefined ? { set: "", remove: "lanePk, laneSk, " } : { set: LANE_SET, remove: "" };
      return held(
        client.send(
          new UpdateCommand({
            TableName,
            Key: caseKey(decided.tenant, decided.id),
            UpdateExpression:
              `SET #case = :case, version = :version, owes = :event, owesPk = :owesPk, owesSk = :owesSk, ` +
              `decidedSize = if_not_exists(#size, :one)${inLane.set} REMOVE ${inLane.remove}${CLAIM}, owesAfter`,
            ConditionExpression: `version = :seen AND ${FREE_FOR}${seenSize === undefined ? "" : AS_LARGE}`,
            ExpressionAttributeNames: { "#case": "case", "#size": "size" },
            ExpressionAttributeValues: {
              ":case": decided,
              ":version": decided.version,
              ":seen": seenVersion,
              ":event": eventOf(decided),
              ":owesPk": key("owes", String(shardOf(decided.id))),
              ":owesSk": key(String(epochSeconds(now)), decided.tenant, decided.id),
              ":one": 1,
              ...(seenSize === undefined ? {} : { ":size": seenSize }),
              ":now": now.toISOString(),
              ":by": by,
              ...(lane === undefined ? {} : { ":lanePk": lane, ":laneSk": laneSk }),
            },
          }),
        ),
      );
    },
    amend: (amended, seenVersion) =>
      held(
        client.send(
          new UpdateCommand({
            TableName,
            Key: caseKey(amended.tenant, amended.id),
            UpdateExpression: "SET #case = :case, version = :version",
            ConditionExpression: "version = :seen",
            ExpressionAttributeNames: { "#case": "case" },
            ExpressionAttributeValues: { ":case": amended, ":version": amended.version, ":seen": seenVersion },
          }),
        ),
      ),
    replace: (erased, seenVersion, seenSize) =>
      held(
        client.send(
          new UpdateCommand({
            TableName,
            Key: caseKey(erased.tenant, erased.id),
            UpdateExpression: `SET #case = :case, version = :version REMOVE ${erased.state === "open" ? "" : "lanePk, laneSk, "}${CLAIM}`,
            ConditionExpression: `version = :seen${seenSize === undefined ? "" : AS_LARGE}`,
            ExpressionAttributeNames: { "#case": "case", ...(seenSize === undefined ? {} : { "#size": "size" }) },
            ExpressionAttributeValues: {
              ":case": erased,
              ":version": erased.version,
              ":seen": seenVersion,
              ...(seenSize === undefined ? {} : { ":size": seenSize }),
            },
          }),
        ),
      ),
    async owed(tenant, id) {
      const { Item } = await client.send(new GetCommand({ TableName, Key: caseKey(tenant, id), ConsistentRead: true }));
      if (!Item || Item.owes === undefined) return undefined;
      const { owesAfter: after, decidedSize } = Item;
      return {
        case: readCase(Item),
        members: Number(decidedSize ?? 1),
        ...(typeof after === "string" ? { after } : {}),
      };
    },
    async advance(tenant, id, event, after) {
      await held(
        client.send(
          new UpdateCommand({
            TableName,
            Key: caseKey(tenant, id),
            UpdateExpression: "SET owesAfter = :after",
            ConditionExpression: "owes = :event",
            ExpressionAttributeValues: { ":event": event, ":after": after },
          }),
        ),
      );
    },
    async settle(tenant, id, event, after) {
      const asNoted = after === undefined ? "attribute_not_exists(owesAfter)" : "owesAfter = :after";
      await held(
        client.send(
          new UpdateCommand({
            TableName,
            Key: caseKey(tenant, id),
            UpdateExpression: "REMOVE owes, owesPk, owesSk, owesAfter",
            ConditionExpression: `owes = :event AND ${asNoted}`,
            ExpressionAttributeValues: { ":event": event, ...(after === undefined ? {} : { ":after": after }) },
          }),
        ),
      );
    },
    async owing(before, limit) {
      const bound = String(epochSeconds(before));
      const found = await Promise.all(
        CASE_SHARDS.map((shard) => query("owes", key("owes", String(shard)), "owesPk", "owesSk", limit, ["<", bound])),
      );
      return found.flat().map((row) => {
        const [tenant = "", id = ""] = String(row.pk).split("#");
        return { tenant, id };
      });
    },
    async lane(tenant, queue, lane, limit, after) {
      const heads = await Promise.all(
        CASE_SHARDS.map((shard) =>
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
      // Sorted by their keys first: only those that are shown are parsed.
      return heads
        .flat()
        .sort((a, b) => (String(a.laneSk) < String(b.laneSk) ? -1 : 1))
        .slice(0, limit)
        .map(readCase);
    },
  };
}

/** Where a case stands in its lane: by the time it was opened, never by reach. */
export const positionOf = (current: Pick<Case, "openedAt" | "id">): string => key(current.openedAt, current.id);
