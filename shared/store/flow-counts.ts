import { GetCommand, PutCommand, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import { type FlowSlot, SLOT_MS } from "../domain/flow-slot.ts";
import { pack, unpack } from "./state-row.ts";
import { daysAfter, key, queryAll, type Row, type Table } from "./table.ts";

/** A day longer than anybody looks back. */
const KEPT_DAYS = 16;
/** Counters in one update: its expression may have 300 operands and 4 KB. */
const MOST_AT_ONCE = 200;
const PREFIX = "c|";

/** What was made of many slots, so that not everybody has to read them. */
export interface Digest {
  readonly at: Date;
  /** JSON. */
  readonly value: unknown;
}

export interface FlowCounts {
  /** Adds to the counters of the running ten minutes. @returns all of them as they stand now */
  add(tenant: string, counts: Readonly<Record<string, number>>, epoch: number, now: Date): Promise<FlowSlot>;
  /** The slots that began from `from` on and before `to`, in order; those without anything are left out. */
  between(tenant: string, from: Date, to: Date): Promise<readonly FlowSlot[]>;
  digest(tenant: string): Promise<Digest | undefined>;
  putDigest(tenant: string, made: Digest): Promise<void>;
}

const slotOf = (time: Date): Date => new Date(Math.floor(time.getTime() / SLOT_MS) * SLOT_MS);

const read = (row: Row): FlowSlot => ({
  slot: new Date(String(row.sk)),
  epoch: Number(row.epoch),
  counts: Object.fromEntries(
    Object.entries(row).flatMap(([name, value]) =>
      name.startsWith(PREFIX) ? [[name.slice(PREFIX.length), Number(value)] as const] : [],
    ),
  ),
});

/** Counts of a tenant's flow in slots of ten minutes: a row each, whose attributes are the counters. */
export function flowCounts({ client, name: TableName }: Table): FlowCounts {
  const pkOf = (tenant: string): string => key(tenant, "flow");
  const digestKey = (tenant: string) => ({ pk: pkOf(tenant), sk: "usual" });

  const addSome = async (tenant: string, some: readonly (readonly [string, number])[], epoch: number, now: Date) => {
    const slot = slotOf(now);
    const { Attributes = {} } = await client.send(
      new UpdateCommand({
        TableName,
        Key: { pk: pkOf(tenant), sk: slot.toISOString() },
        UpdateExpression: `SET epoch = :epoch, expiresAt = :end ADD ${some.map((_, index) => `#${index} :${index}`).join(", ")}`,
        ExpressionAttributeNames: Object.fromEntries(some.map(([name], index) => [`#${index}`, PREFIX + name])),
        ExpressionAttributeValues: {
          ":epoch": epoch,
          ":end": daysAfter(slot, KEPT_DAYS),
          ...Object.fromEntries(some.map(([, count], index) => [`:${index}`, count])),
        },
        ReturnValues: "ALL_NEW",
      }),
    );
    return read(Attributes);
  };

  return {
    async add(tenant, counts, epoch, now) {
      const all = Object.entries(counts);
      let slot: FlowSlot = { slot: slotOf(now), counts: {}, epoch };
      for (let from = 0; from < all.length; from += MOST_AT_ONCE)
        slot = await addSome(tenant, all.slice(from, from + MOST_AT_ONCE), epoch, now);
      return slot;
    },
    async between(tenant, from, to) {
      const rows = await queryAll(
        { client, name: TableName },
        {
          KeyConditionExpression: "pk = :pk AND sk BETWEEN :from AND :to",
          ExpressionAttributeValues: {
            ":pk": pkOf(tenant),
            ":from": from.toISOString(),
            ":to": new Date(to.getTime() - 1).toISOString(),
          },
        },
      );
      return rows.map(read);
    },
    async digest(tenant) {
      const { Item } = await client.send(new GetCommand({ TableName, Key: digestKey(tenant) }));
      return Item && { at: new Date(Number(Item.at)), value: unpack(Item.value as Uint8Array) };
    },
    async putDigest(tenant, { at, value }) {
      const Item = { ...digestKey(tenant), at: at.getTime(), value: pack(value), expiresAt: daysAfter(at, KEPT_DAYS) };
      await client.send(new PutCommand({ TableName, Item }));
    },
  };
}
