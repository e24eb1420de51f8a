import { createHash } from "node:crypto";
import { DeleteCommand, GetCommand, PutCommand } from "@aws-sdk/lib-dynamodb";
import { oneAtATime } from "../runtime/one-at-a-time.ts";
import { alive, daysAfter, held, key, type Table } from "./table.ts";

/** What a state is about: `target`, `author` or `account`, and its id. */
export interface Subject {
  readonly kind: "target" | "author" | "account";
  readonly id: string;
}

/** A state as stored: what reducers made, and the marks of the events that it holds lately. */
interface StoredState {
  readonly state: unknown;
  readonly version: number;
  readonly recent: readonly string[];
}

/** Marks kept in any case, and at most: a busy subject keeps those of the time in which a message can come again. */
const FEWEST_MARKS = 64;
const MOST_MARKS = 1_024;
/** Minutes in which a message that failed half-way comes again: five deliveries, two minutes of invisibility each, and some. */
const MARK_MINUTES = 15;
/** Tries of an optimistic write before its message is given back to the queue. */
const ATTEMPTS = 12;
const MARK = 8;

const markOf = (eventId: string): string => createHash("sha256").update(eventId).digest("base64url").slice(0, MARK);

const minuteOf = (time: Date): number => Math.floor(time.getTime() / 60_000);

/** The marks after one more event: each with the minute in which it was made. */
function marksAfter(recent: readonly string[], mark: string, now: Date): string[] {
  const minute = minuteOf(now);
  const all = [...recent, mark + minute.toString(36)];
  const young = (entry: string): boolean => minute - Number.parseInt(entry.slice(MARK), 36) <= MARK_MINUTES;
  return all.filter((entry, index) => index >= all.length - FEWEST_MARKS || young(entry)).slice(-MOST_MARKS);
}

const keyOf = (tenant: string, { kind, id }: Subject) => ({ pk: key(tenant, kind, id), sk: "state" });

const stateIn = (row: Record<string, unknown> | undefined, now: Date): StoredState | undefined =>
  row && alive(row, now)
    ? { state: row.state, version: Number(row.version), recent: (row.recent as string[] | undefined) ?? [] }
    : undefined;

/** `repeat`: the event is in the state already. `state` is what is stored afterwards in both cases. */
export interface Changed<State> {
  readonly kind: "changed" | "repeat";
  readonly state: State;
}

export interface Signals {
  /** One subject's state with every change that was answered before. */
  read(tenant: string, subject: Subject, now: Date): Promise<unknown>;
  /**
   * Applies one event to a state, once: a redelivered event finds its mark and changes nothing.
   * @throws where the state was contended too long; the event then comes back with its message.
   */
  change<State>(
    tenant: string,
    subject: Subject,
    event: { readonly id: string; readonly now: Date; readonly days: number },
    apply: (state: unknown) => State,
  ): Promise<Changed<State>>;
  /** Forgets what is known of a subject. */
  forget(tenant: string, subject: Subject): Promise<void>;
}

/** Scoring state in DynamoDB: one small item a subject, changed by a conditional write on its version. */
export function signalStore({ client, name: TableName }: Table): Signals {
  const serial = oneAtATime();

  const tryChange = async <State>(
    tenant: string,
    subject: Subject,
    event: { readonly id: string; readonly now: Date; readonly days: number },
    apply: (state: unknown) => State,
  ): Promise<Changed<State>> => {
    const Key = keyOf(tenant, subject);
    const mark = markOf(event.id);
    for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
      const { Item } = await client.send(new GetCommand({ TableName, Key, ConsistentRead: true }));
      const stored = stateIn(Item, event.now);
      if (stored?.recent.some((entry) => entry.startsWith(mark)))
        return { kind: "repeat", state: stored.state as State };
      const state = apply(stored?.state);
      const put = new PutCommand({
        TableName,
        Item: {
          ...Key,
          state,
          version: Number(Item?.version ?? 0) + 1,
          recent: marksAfter(stored?.recent ?? [], mark, event.now),
          expiresAt: daysAfter(event.now, event.days),
        },
        ConditionExpression: Item ? "version = :seen" : "attribute_not_exists(pk)",
        ...(Item ? { ExpressionAttributeValues: { ":seen": Item.version } } : {}),
      });
      if (await held(client.send(put))) return { kind: "changed", state };
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 10 * 2 ** Math.min(attempt, 6)));
    }
    throw new Error("the state was contended too long");
  };

  return {
    async read(tenant, subject, now) {
      const Key = keyOf(tenant, subject);
      const { Item } = await client.send(new GetCommand({ TableName, Key, ConsistentRead: true }));
      return stateIn(Item, now)?.state;
    },
    change: (tenant, subject, event, apply) =>
      serial(key(tenant, subject.kind, subject.id), () => tryChange(tenant, subject, event, apply)),
    async forget(tenant, subject) {
      await client.send(new DeleteCommand({ TableName, Key: keyOf(tenant, subject) }));
    },
  };
}
