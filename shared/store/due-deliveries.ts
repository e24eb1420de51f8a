import { createHash } from "node:crypto";
import type { Delivery } from "../domain/delivery.ts";
import { key, queryAll, type Row, type Table } from "./table.ts";

/** An endpoint for which something is due. */
export interface DueEndpoint {
  readonly tenant: string;
  readonly subscription: string;
}

/** A delivery that is due, as the index has it: all that its queue's message needs. */
export interface DueDelivery extends DueEndpoint {
  readonly id: string;
  readonly version: number;
  /** Times that the sweep took it up in this version. */
  readonly turns: number;
}

/** One index key takes 1,000 writes a second. */
const SHARDS = 8;
/** Rows of one look into a shard. */
const PAGE = 250;
/** Looks of one sweep into each shard, and endpoints that it finds in it. */
const MOST_PAGES = 24;
const MOST_FOUND = 500;
/** An endpoint's place is of eight hexadecimal digits; before the first, and after the last. */
const PLACES = 2 ** 32;
const FIRST = "0";
const LAST = "g";

const partOf = (shard: number): string => `waits#${shard}`;

/** What all rows of an endpoint begin with; endpoints lie in the order of a digest, so that a sweep can begin anywhere. */
function lineOf({ tenant, subscription }: DueEndpoint): { readonly duePk: string; readonly line: string } {
  const digest = createHash("sha256").update(key(tenant, subscription)).digest();
  const place = digest.subarray(1, 5).toString("hex");
  return { duePk: partOf(digest.readUInt8(0) % SHARDS), line: key(place, tenant, subscription) };
}

/**
 * The attributes by which a waiting delivery is found when its time has come. They sort by endpoint first: however much
 * waits for one, a sweep jumps over it in one look.
 */
export function waitingKeys(
  of: Pick<Delivery, "tenant" | "subscription" | "id" | "version">,
  due: Date,
  turns = 0,
): { readonly duePk: string; readonly dueSk: string } {
  const { duePk, line } = lineOf(of);
  return { duePk, dueSk: key(line, due.toISOString(), of.id, String(of.version), String(turns)) };
}

function read(row: Row): { readonly line: string; readonly due: string; readonly delivery: DueDelivery } {
  const [place = "", tenant = "", subscription = "", due = "", id = "", version, turns] = String(row.dueSk).split("#");
  const delivery = { tenant, subscription, id, version: Number(version), turns: Number(turns) };
  return { line: key(place, tenant, subscription), due, delivery };
}

/** Sorts after all that begins with the line, and before every other line. */
const beyond = (line: string): string => `${line}$`;

/**
 * Endpoints for which something is due, each once. Bounded by looks, not by rows: a look brings one endpoint that has more
 * than 250 rows, or all that share a page. So 8 shards with 24 looks find at least 192, and 4,000 at most; what is left over
 * is found by a sweep that goes on elsewhere.
 * @param start from 0 to 1: where a shard of more than one page is looked through first
 */
export async function dueEndpoints(table: Table, now: Date, start: number): Promise<readonly DueEndpoint[]> {
  const time = now.toISOString();
  const middle = Math.min(PLACES - 1, Math.floor(start * PLACES))
    .toString(16)
    .padStart(8, "0");

  async function ofShard(shard: number): Promise<DueEndpoint[]> {
    const found: DueEndpoint[] = [];
    let looks = MOST_PAGES;

    /** @returns where there may be more, undefined where the stretch holds no more. */
    async function look(from: string, to: string): Promise<string | undefined> {
      looks -= 1;
      const rows = await queryAll(table, {
        IndexName: "due",
        KeyConditionExpression: "duePk = :pk AND dueSk BETWEEN :from AND :to",
        ExpressionAttributeValues: { ":pk": partOf(shard), ":from": from, ":to": to },
        Limit: PAGE,
      });
      let line = "";
      for (const row of rows) {
        const one = read(row);
        // The first of an endpoint is its earliest.
        if (one.line !== line && one.due <= time) found.push(one.delivery);
        line = one.line;
      }
      return rows.length < PAGE ? undefined : beyond(line);
    }

    async function lookThrough(first: string, to: string): Promise<void> {
      let from: string | undefined = first;
      while (from !== undefined && from < to && looks > 0 && found.length < MOST_FOUND) from = await look(from, to);
    }

    const more = await look(FIRST, LAST);
    if (more === undefined) return found;
    const [, onwards = LAST] = [more, middle].sort();
    await lookThrough(onwards, LAST);
    await lookThrough(more, middle);
    return found;
  }

  const shards = await Promise.all(Array.from({ length: SHARDS }, (_, shard) => ofShard(shard)));
  return shards.flat().map(({ tenant, subscription }) => ({ tenant, subscription }));
}

/** Deliveries of an endpoint whose time has come, the longest waiting first. The index may be a little behind. */
export async function dueDeliveries(
  table: Table,
  of: DueEndpoint,
  now: Date,
  limit: number,
): Promise<readonly DueDelivery[]> {
  const { duePk, line } = lineOf(of);
  const rows = await queryAll(table, {
    IndexName: "due",
    KeyConditionExpression: "duePk = :pk AND dueSk BETWEEN :from AND :to",
    ExpressionAttributeValues: { ":pk": duePk, ":from": `${line}#`, ":to": `${line}#${now.toISOString()}$` },
    Limit: limit,
  });
  return rows.map((row) => read(row).delivery);
}
