import { DeleteCommand, GetCommand, PutCommand } from "@aws-sdk/lib-dynamodb";
import { oneAtATime } from "../runtime/one-at-a-time.ts";
import { eventLog, type Logged } from "./event-log.ts";
import {
  type Heat,
  holdsMark,
  markOf,
  marksAfter,
  readRow,
  type StateRow,
  writtenRow,
  youngMarks,
} from "./state-row.ts";
import { batchGet, daysAfter, held, key, queryAll, type Row, type Table } from "./table.ts";

/** What a sort of states is: how long it is kept, how it changes. */
export interface StateKind {
  /** Stands in keys. */
  readonly name: string;
  /** Days without an event after which a state is forgotten. */
  readonly days: number;
  /** Logs that share the events of a state while they come too fast for one row; 0: it has one row, always. */
  readonly shards: number;
  /** The state after events that came together; the very `stored` where they change nothing. Both are JSON. */
  after(stored: unknown, events: readonly unknown[]): unknown;
}

export interface Subject {
  readonly kind: StateKind;
  readonly id: string;
}

export interface Happening {
  readonly id: string;
  /** JSON. */
  readonly event: unknown;
  /** It may have been counted at any time since then; left out where it cannot have been counted before. */
  readonly since?: Date;
}

/** What is known of a subject. */
export interface Known {
  readonly row: StateRow;
  /** Where the logs of a hot state ended. */
  readonly heads?: readonly number[];
}

export interface CountedStates {
  /** In order; a moment stale, and of a hot state as it was taken in last, which is good enough to score by. */
  read(tenant: string, subjects: readonly Subject[], now: Date): Promise<readonly Known[]>;
  /** Adds where the logs of a hot state end. Must be asked before anybody can know of the events that are to be counted. */
  ready(tenant: string, subject: Subject, known: Known, now: Date): Promise<Known>;
  /** The state with every event that was counted before, those in logs included. */
  exact(tenant: string, subject: Subject, now: Date): Promise<unknown>;
  /**
   * Counts events in a state, each once however often it comes.
   * @param known what `ready` gave, or nothing
   * @throws where the state was contended too long; the events then come back with their messages
   */
  count(tenant: string, subject: Subject, happenings: readonly Happening[], now: Date, known?: Known): Promise<void>;
  /** Forgets what is known of a subject, what waits in logs included. */
  forget(tenant: string, subject: Subject): Promise<void>;
  /**
   * Adds events that may be added twice to a state that may forget. Writes nothing where they change nothing.
   * @returns false where others were faster `tries` times
   */
  sketch(
    tenant: string,
    subject: Subject,
    events: readonly unknown[],
    now: Date,
    tries: number,
    known?: Known,
  ): Promise<boolean>;
}

/** Events within the time in which a message can come again, from which on a state is hot: their marks still fit a row. */
const HOT_FROM = 256;
const HOT_MS = 15 * 60_000;
/** Events taken in at once that keep a state hot. */
const STAYS_HOT_FROM = 32;
/** How long a hot state may lag behind its logs. */
export const ROLL_UP_MS = 10_000;
/** Tries of an optimistic write before its messages are given back to the queue. */
const ATTEMPTS = 12;
/** An event that nobody can have counted before this invocation began was logged after this. */
const INVOCATION_MS = 60_000;

/** The heat of a state whose events are or lately were in logs. */
const heatOf = ({ heat }: StateRow): Heat | undefined => (heat?.cool ? undefined : heat);
const isHot = (row: StateRow, now: Date): boolean => now.getTime() < (heatOf(row)?.until ?? 0);
const rollUpIsDue = ({ rolledAt }: Heat, now: Date): boolean => rolledAt + ROLL_UP_MS <= now.getTime();
const shardOf = (mark: string, shards: number): number => Buffer.from(mark, "base64url").readUInt32BE(0) % shards;
const jitter = (attempt: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, Math.random() * 10 * 2 ** Math.min(attempt, 6)));

type Marked = Happening & { readonly mark: string };

/**
 * Scoring states in DynamoDB. A state is one row, read once and written once for a batch, by a conditional put on its
 * version; the marks of its latest events stand in it. A state whose events come too fast is hot: events then go to
 * `shards` logs of partitions of their own, by their mark, and are taken into the row every ten seconds by whoever writes
 * then. The row says how far it holds each log, so that nothing is lost or counted twice wherever a writer dies.
 */
export function countedStates(table: Table): CountedStates {
  const { client, name: TableName } = table;
  const log = eventLog(table);
  const serial = oneAtATime();

  const pkOf = (tenant: string, { kind, id }: Subject): string => key(tenant, kind.name, id);
  const logOf = (pk: string, { epoch }: Heat, shard: number): string => key(pk, epoch, String(shard));

  const get = async (pk: string, now: Date): Promise<StateRow> => {
    const Key = { pk, sk: "state" };
    const { Item } = await client.send(new GetCommand({ TableName, Key, ConsistentRead: true }));
    return readRow(Item, now);
  };

  /** @returns false where somebody changed the row since `before` was read */
  const put = async (pk: string, kind: StateKind, before: StateRow, after: Omit<StateRow, "version">, now: Date) => {
    const Item: Row = {
      pk,
      sk: "state",
      ...writtenRow({ ...after, version: before.version + 1 }),
      expiresAt: daysAfter(now, kind.days),
    };
    const condition =
      before.version === 0
        ? { ConditionExpression: "attribute_not_exists(pk)" }
        : { ConditionExpression: "version = :seen", ExpressionAttributeValues: { ":seen": before.version } };
    return await held(client.send(new PutCommand({ TableName, Item, ...condition })));
  };

  /** What the logs hold that the row does not. */
  const waitingIn = async (pk: string, heat: Heat): Promise<{ events: readonly Logged[]; seen: readonly number[] }> => {
    const stretches = await Promise.all(heat.seen.map((seen, shard) => log.after(logOf(pk, heat, shard), seen)));
    return { events: stretches.flatMap(({ events }) => events), seen: stretches.map(({ head }) => head) };
  };

  const takeIn = async (pk: string, kind: StateKind, now: Date): Promise<void> => {
    const row = await get(pk, now);
    if (!row.heat || !rollUpIsDue(row.heat, now)) return;
    const { events, seen } = await waitingIn(pk, row.heat);
    if (events.length === 0) return;
    const state = kind.after(
      row.state,
      events.map(({ event }) => event),
    );
    const until = events.length >= STAYS_HOT_FROM ? now.getTime() + HOT_MS : row.heat.until;
    // A lost race was lost to somebody who took in the same.
    await put(pk, kind, row, { ...row, state, heat: { ...row.heat, seen, rolledAt: now.getTime(), until } }, now);
  };

  /** Which of the events are in none of their logs, and where these end. */
  const unlogged = async (pk: string, heat: Heat, events: readonly Marked[], now: Date) => {
    const shards = heat.seen.length;
    const byShard = Map.groupBy(events, ({ mark }) => shardOf(mark, shards));
    const begun = now.getTime() - INVOCATION_MS;
    const found = [...byShard].map(async ([shard, own]) => {
      const since = new Date(Math.min(begun, ...own.map((one) => one.since?.getTime() ?? begun)));
      const { marks, head } = await log.marksSince(logOf(pk, heat, shard), since);
      return { shard, head: Math.max(head, heat.seen[shard] ?? 0), events: own.filter(({ mark }) => !marks.has(mark)) };
    });
    return await Promise.all(found);
  };

  const addToLogs = async (
    pk: string,
    kind: StateKind,
    heat: Heat,
    events: readonly Marked[],
    heads: readonly number[] | undefined,
    now: Date,
  ): Promise<void> => {
    const sure = heads ? events.filter(({ since }) => since === undefined) : [];
    const doubtful = events.filter((one) => !sure.includes(one));
    const bySure = [...Map.groupBy(sure, ({ mark }) => shardOf(mark, heat.seen.length))];
    const parts = [
      ...bySure.map(([shard, own]) => ({ shard, head: heads?.[shard] ?? 0, events: own })),
      ...(await unlogged(pk, heat, doubtful, now)),
    ];
    const expiresAt = daysAfter(now, kind.days);
    await Promise.all(
      parts.map(({ shard, head, events: own }) => log.append(logOf(pk, heat, shard), head, own, now, expiresAt)),
    );
    if (rollUpIsDue(heat, now)) await takeIn(pk, kind, now);
  };

  /** The row's heat after a write to the row itself. */
  const heatAfter = (
    kind: StateKind,
    row: StateRow,
    marks: Uint8Array,
    waiting: { readonly events: readonly Logged[]; readonly seen: readonly number[] } | undefined,
    now: Date,
  ): Heat | undefined => {
    const at = now.getTime();
    if (row.heat && waiting) {
      const over = waiting.events.length === 0 && at >= row.heat.until + HOT_MS;
      return { ...row.heat, seen: waiting.seen, rolledAt: at, ...(over ? { cool: true } : {}) };
    }
    if (kind.shards === 0 || youngMarks(marks, now) < HOT_FROM) return row.heat;
    const { epoch, seen } = row.heat ?? { epoch: at.toString(36), seen: new Array<number>(kind.shards).fill(0) };
    return { epoch, rolledAt: at, until: at + HOT_MS, seen };
  };

  const countNow = async (pk: string, kind: StateKind, events: readonly Marked[], now: Date, known?: Known) => {
    for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
      const isKnown = attempt === 1 && known !== undefined;
      const row = isKnown ? known.row : await get(pk, now);
      const open = events.filter(({ mark }) => !holdsMark(row.marks, mark));
      const rowHeat = heatOf(row);
      if (open.length === 0 && !rowHeat) return;
      if (rowHeat && isHot(row, now)) {
        await addToLogs(pk, kind, rowHeat, open, isKnown ? known.heads : undefined, now);
        return;
      }
      const waiting = rowHeat && (await waitingIn(pk, rowHeat));
      const left = rowHeat ? (await unlogged(pk, rowHeat, open, now)).flatMap((part) => part.events) : open;
      const marks = marksAfter(
        row.marks,
        left.map(({ mark }) => mark),
        now,
      );
      const state = kind.after(
        row.state,
        [...(waiting?.events ?? []), ...left].map(({ event }) => event),
      );
      const heat = heatAfter(kind, row, marks, waiting, now);
      if (await put(pk, kind, row, { state, marks, ...(heat ? { heat } : {}) }, now)) return;
      await jitter(attempt);
    }
    throw new Error("the state was contended too long");
  };

  return {
    async read(tenant, subjects, now) {
      const pks = subjects.map((subject) => pkOf(tenant, subject));
      const rows = await batchGet(
        table,
        [...new Set(pks)].map((pk) => ({ pk, sk: "state" })),
      );
      const byPk = new Map(rows.map((row) => [row.pk, readRow(row, now)]));
      return pks.map((pk) => ({ row: byPk.get(pk) ?? readRow(undefined, now) }));
    },
    async ready(tenant, subject, known, now) {
      const { heat } = known.row;
      if (!heat || !isHot(known.row, now)) return known;
      const pk = pkOf(tenant, subject);
      const headOf = async (seen: number, shard: number): Promise<number> =>
        Math.max(seen, await log.head(logOf(pk, heat, shard)));
      return { ...known, heads: await Promise.all(heat.seen.map(headOf)) };
    },
    async exact(tenant, subject, now) {
      const pk = pkOf(tenant, subject);
      const row = await get(pk, now);
      const heat = heatOf(row);
      const { events } = heat ? await waitingIn(pk, heat) : { events: [] };
      if (events.length === 0) return row.state;
      return subject.kind.after(
        row.state,
        events.map(({ event }) => event),
      );
    },
    count(tenant, subject, happenings, now, known) {
      // An event that came twice at once counts as one that may have been counted before.
      const events = [
        ...new Map(
          happenings
            .toSorted((a, b) => Number(a.since !== undefined) - Number(b.since !== undefined))
            .map((one) => [one.id, { ...one, mark: markOf(one.id) }]),
        ).values(),
      ];
      const pk = pkOf(tenant, subject);
      return serial(pk, () => countNow(pk, subject.kind, events, now, known));
    },
    async forget(tenant, subject) {
      const pk = pkOf(tenant, subject);
      // By a query, which is what the logs are found by, too.
      const rows = await queryAll(table, {
        KeyConditionExpression: "pk = :pk",
        ExpressionAttributeValues: { ":pk": pk },
        ConsistentRead: true,
      });
      for (const { heat, sk } of rows) {
        const { epoch, seen } = (heat as Heat | undefined) ?? { epoch: "", seen: [] };
        for (const shard of seen.keys()) await log.remove(key(pk, epoch, String(shard)));
        // Last: without it nobody finds the logs.
        await client.send(new DeleteCommand({ TableName, Key: { pk, sk } }));
      }
    },
    async sketch(tenant, { kind, id }, events, now, tries, known) {
      const pk = pkOf(tenant, { kind, id });
      for (let attempt = 1; attempt <= tries; attempt += 1) {
        const row = attempt === 1 && known ? known.row : await get(pk, now);
        const state = kind.after(row.state, events);
        if (state === row.state || (await put(pk, kind, row, { ...row, state }, now))) return true;
        if (attempt < tries) await jitter(attempt);
      }
      return false;
    },
  };
}
