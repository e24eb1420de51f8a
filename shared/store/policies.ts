import { isDeepStrictEqual } from "node:util";
import { GetCommand, PutCommand } from "@aws-sdk/lib-dynamodb";
import * as z from "zod";
import { timestamp } from "../domain/id.ts";
import {
  NO_POLICIES,
  type PolicyEvent,
  type PolicyState,
  policyEvent,
  policyState,
  policyVersion,
} from "../domain/policy-state.ts";
import { pack, unpack } from "./state-row.ts";
import { held, key, queryAll, type Row, type Table } from "./table.ts";

/** What is known of a version without its document. */
const head = z.strictObject({
  id: z.string(),
  version: policyVersion,
  title: z.string(),
  inherits: z.string().optional(),
  savedBy: z.string(),
  savedAt: timestamp,
  note: z.string().optional(),
});
export type PolicyHead = z.infer<typeof head>;

/** A saved version; it is never changed. The document is as it was saved: whoever uses it parses it. */
export interface SavedPolicy extends PolicyHead {
  readonly document: unknown;
}

export interface ToSave {
  readonly document: { readonly id: string; readonly title: string; readonly inherits?: string | undefined };
  readonly savedBy: string;
  readonly savedAt: string;
  readonly note?: string | undefined;
}

export interface Policies {
  /** Every version of every policy, by policy and version. */
  list(tenant: string): Promise<readonly PolicyHead[]>;
  /** Versions of one policy, newest first. */
  versions(tenant: string, id: string, limit: number): Promise<readonly PolicyHead[]>;
  /** The version, or the newest one; undefined where there is none. */
  get(tenant: string, id: string, version?: number): Promise<SavedPolicy | undefined>;
  /** Gives the document the next version of its policy, or finds that the newest version is the same. */
  save(tenant: string, made: ToSave): Promise<{ readonly saved: SavedPolicy; readonly isNew: boolean }>;
  /** What decides about the tenant's items; `certain` also sees what was written a moment ago, at twice the cost. */
  active(tenant: string, certain?: boolean): Promise<PolicyState>;
  /** Makes `next` the state; false where the state is no longer the one before it (`next.epoch - 1`). */
  change(tenant: string, next: PolicyState): Promise<boolean>;
  /** Changes before an epoch (from the latest on where it is left out), newest first. */
  events(tenant: string, limit: number, before?: number): Promise<readonly PolicyEvent[]>;
}

const numbered = (count: number): string => String(count).padStart(8, "0");

/** How often another may take the number that a new version was about to get. */
const ATTEMPTS = 20;

const readHead = (row: Row): PolicyHead => {
  const { document: _, pk: _pk, sk: _sk, ...rest } = row;
  return head.parse(rest);
};
const read = (row: Row): SavedPolicy => ({ ...readHead(row), document: unpack(row.document as Uint8Array) });

/** Policies of tenants in the directory: versions that never change, and one row that says which of them are active. */
export function policyStore({ client, name: TableName }: Table): Policies {
  const table = { client, name: TableName };
  const partition = (tenant: string): string => key("tenant", tenant);
  const versionKey = (tenant: string, id: string, version: number) => ({
    pk: partition(tenant),
    sk: key("policy", id, numbered(version)),
  });
  const stateKey = (tenant: string) => ({ pk: partition(tenant), sk: "policies" });
  const eventKey = (tenant: string, epoch: number) => ({
    pk: partition(tenant),
    sk: key("policy-event", numbered(epoch)),
  });

  const headsOf = (tenant: string, prefix: string, more: { Limit?: number; ScanIndexForward?: boolean } = {}) =>
    queryAll(table, {
      KeyConditionExpression: "pk = :pk AND begins_with(sk, :prefix)",
      ProjectionExpression: "id, version, title, inherits, savedBy, savedAt, note",
      ExpressionAttributeValues: { ":pk": partition(tenant), ":prefix": prefix },
      ConsistentRead: true,
      ...more,
    }).then((rows) => rows.map(readHead));

  const getVersion = async (tenant: string, id: string, version: number): Promise<SavedPolicy | undefined> => {
    const { Item } = await client.send(
      new GetCommand({ TableName, Key: versionKey(tenant, id, version), ConsistentRead: true }),
    );
    return Item && read(Item);
  };

  const newest = async (tenant: string, id: string): Promise<SavedPolicy | undefined> => {
    const [row] = await queryAll(table, {
      KeyConditionExpression: "pk = :pk AND begins_with(sk, :prefix)",
      ExpressionAttributeValues: { ":pk": partition(tenant), ":prefix": key("policy", id, "") },
      ConsistentRead: true,
      ScanIndexForward: false,
      Limit: 1,
    });
    return row && read(row);
  };

  const active = async (tenant: string, certain = false): Promise<PolicyState> => {
    const { Item } = await client.send(new GetCommand({ TableName, Key: stateKey(tenant), ConsistentRead: certain }));
    return Item ? policyState.parse(unpack(Item.state as Uint8Array)) : NO_POLICIES;
  };

  // The same bytes however often: an event whose row a crash left out is put by the next change.
  const noteEvents = (tenant: string, events: readonly PolicyEvent[]) =>
    Promise.all(
      events.map((event) =>
        client.send(new PutCommand({ TableName, Item: { ...eventKey(tenant, event.epoch), event } })),
      ),
    );

  return {
    list: (tenant) => headsOf(tenant, "policy#"),
    versions: (tenant, id, Limit) => headsOf(tenant, key("policy", id, ""), { Limit, ScanIndexForward: false }),
    get: (tenant, id, version) => (version === undefined ? newest(tenant, id) : getVersion(tenant, id, version)),
    async save(tenant, { document, ...saved }) {
      const { id, title, inherits } = document;
      for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
        const before = await newest(tenant, id);
        // Also the answer to a write whose own answer was lost, and to two who save the same at once.
        if (before && isDeepStrictEqual(before.document, document)) return { saved: before, isNew: false };
        const made: PolicyHead = head.parse({
          id,
          title,
          inherits,
          version: (before?.version ?? 0) + 1,
          ...saved,
        });
        const Item = { ...versionKey(tenant, id, made.version), ...made, document: pack(document) };
        const put = new PutCommand({ TableName, Item, ConditionExpression: "attribute_not_exists(pk)" });
        if (await held(client.send(put))) return { saved: { ...made, document }, isNew: true };
      }
      throw new Error("the policy's versions were contended too long");
    },
    active,
    async change(tenant, next) {
      const before = next.epoch - 1;
      const put = new PutCommand({
        TableName,
        Item: { ...stateKey(tenant), epoch: next.epoch, state: pack(next) },
        ConditionExpression: before === 0 ? "attribute_not_exists(pk)" : "epoch = :before",
        ...(before === 0 ? {} : { ExpressionAttributeValues: { ":before": before } }),
      });
      const isOurs = await held(client.send(put));
      // The SDK repeats a write whose answer was lost, and then meets its own first try.
      if (!isOurs && !isDeepStrictEqual(await active(tenant, true), next)) return false;
      await noteEvents(tenant, next.history.slice(0, 2));
      return true;
    },
    async events(tenant, Limit, before) {
      const rows = await queryAll(table, {
        KeyConditionExpression: "pk = :pk AND sk BETWEEN :from AND :to",
        ExpressionAttributeValues: {
          ":pk": partition(tenant),
          ":from": eventKey(tenant, 1).sk,
          ":to": eventKey(tenant, (before ?? 100_000_000) - 1).sk,
        },
        ScanIndexForward: false,
        Limit,
      });
      return rows.map((row) => policyEvent.parse(row.event));
    },
  };
}
