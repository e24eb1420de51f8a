import type { ItemMessage } from "../../../shared/contracts/messages.ts";
import type { Case } from "../../../shared/domain/case.ts";
import type { ItemRef } from "../../../shared/domain/id.ts";
import type { DecidedEntry } from "../../../shared/domain/journal-entry.ts";
import type { Content } from "../../../shared/domain/kept-content.ts";
import { type Caller, defaultSettings, type TenantSettings } from "../../../shared/domain/tenant.ts";
import { LANES, type Verdict } from "../../../shared/domain/verdict.ts";
import type { ItemQueue, Sent } from "../../../shared/queue/item-queue.ts";
import type { Routing, Topic } from "../../../shared/queue/topic.ts";
import type { Noted, NotedBy, VerdictNotes } from "../../../shared/queue/verdict-notes.ts";
import type { SettingsOf } from "../../../shared/runtime/tenant-context.ts";
import type { Authors } from "../../../shared/store/authors.ts";
import type { Cases } from "../../../shared/store/cases.ts";
import type { Contents } from "../../../shared/store/contents.ts";
import type { DecisionJournal } from "../../../shared/store/decision-journal.ts";
import type { Quotas } from "../../../shared/store/quotas.ts";
import type { Verdicts } from "../../../shared/store/verdicts.ts";

/** Ports in memory that keep the promises of shared/store and shared/queue; the conformance suites hold those to them. */

export const PLATFORM: Caller = { tenant: "acme", actor: "key:0123456789ab", role: "platform" };
export const MODERATOR: Caller = { tenant: "acme", actor: "key:ba9876543210", role: "moderator" };

/** The same as in the store, which would bring the whole SDK into every test. */
const eventOf = ({ last, decision }: Case): string =>
  last && last.kind !== "decision.made" ? `${last.kind}:${last.decision}` : (last?.decision ?? decision?.id ?? "");
const positionOf = ({ openedAt, id }: Case): string => `${openedAt}#${id}`;
const idOf = (tenant: string, { kind, id, revision }: ItemRef): string => [tenant, kind, id, revision].join("#");

/** Settings of the tenant `acme`; nobody else is known. */
export const settingsOf =
  (more: Partial<TenantSettings> = {}): SettingsOf =>
  async (tenant) =>
    tenant === "acme" ? { ...defaultSettings("acme"), ...more } : undefined;

export function memoryVerdicts() {
  const rows = new Map<string, { readonly digest: string; readonly verdict?: Verdict }>();
  const port: Pick<Verdicts, "receive" | "record"> = {
    async receive({ tenant, ref, digest }) {
      const row = rows.get(idOf(tenant, ref));
      if (!row) rows.set(idOf(tenant, ref), { digest });
      if (!row) return "received";
      if (row.digest !== digest) return "conflict";
      return row.verdict ? "scored" : "waiting";
    },
    async record(made) {
      const key = idOf(made.tenant, made.ref);
      const row = rows.get(key);
      if (row && row.digest !== made.digest) return { kind: "conflict" };
      if (row?.verdict) return { kind: "repeat", verdict: row.verdict, owing: false };
      rows.set(key, { digest: made.digest, verdict: made });
      return { kind: "recorded", verdict: made };
    },
  };
  return { ...port, rows };
}

/** The words that were kept, each under its author's key. */
export function memoryContents() {
  const rows = new Map<string, { readonly author: string; readonly said: Content; readonly days: number }>();
  const port: Pick<Contents, "keep" | "get"> = {
    async keep({ tenant, author, ref }, said, _, days) {
      rows.set(idOf(tenant, ref), { author, said, days });
    },
    async get({ tenant, author, ref }) {
      const row = rows.get(idOf(tenant, ref));
      return row?.author === author ? row.said : undefined;
    },
  };
  return { ...port, rows };
}

/** Authors who asked to be forgotten, each with the time. */
export const memoryAuthors = (erased: Readonly<Record<string, Date>> = {}): Pick<Authors, "erasedAt"> => ({
  erasedAt: async (_, author) => erased[author],
});

/** A quota that counts what was taken; over `itemsPerMinute` in all it refuses. */
export function memoryQuotas(): Quotas & { used: number } {
  return {
    used: 0,
    async take(_, items, itemsPerMinute) {
      if (this.used + items > itemsPerMinute) return { ok: false, retryAfterSeconds: 17 };
      this.used += items;
      return { ok: true };
    },
  };
}

/** A queue that answers `result` for each message and keeps those that it took. */
export function memoryQueue(result: (message: ItemMessage, index: number) => Sent = () => "sent") {
  const taken: ItemMessage[] = [];
  const port: ItemQueue = {
    async send(messages) {
      const results = messages.map(result);
      taken.push(...messages.filter((_, index) => results[index] === "sent"));
      return results;
    },
  };
  return { ...port, taken };
}

export function memoryTopic(fails: () => boolean = () => false) {
  const published: { readonly message: unknown; readonly routing: Routing }[] = [];
  const port: Topic = {
    async publish(message, routing) {
      if (fails()) throw new Error("the topic is down");
      published.push({ message, routing });
    },
  };
  return { ...port, published };
}

/** The decisions that were noted; `fails` says whether a call does. */
export function memoryDecisionJournal(fails: () => boolean = () => false) {
  const entries: { readonly tenant: string; readonly entry: DecidedEntry }[] = [];
  const port: Pick<DecisionJournal, "append"> = {
    async append(tenant, entry) {
      if (fails()) throw new Error("the journal is down");
      entries.push({ tenant, entry });
    },
  };
  return { ...port, entries };
}

/** What was noted of verdicts, each call as one; `fails` says whether one does. */
export function memoryNotes(fails: () => boolean = () => false) {
  const calls: { readonly tenant: string; readonly noted: readonly Noted[]; readonly by: NotedBy }[] = [];
  const port: VerdictNotes = {
    async note(tenant, noted, by) {
      if (fails()) throw new Error("the journal is down");
      calls.push({ tenant, noted, by });
    },
  };
  return { ...port, calls };
}

/** Cases with conditional writes, lanes in order, and what is owed. */
export function memoryCases(...initial: readonly Case[]) {
  const rows = new Map<string, Case>(initial.map((one) => [`${one.tenant}#${one.id}`, one]));
  const owes = new Map<string, { readonly decision: string; readonly since: Date; readonly after?: string }>();
  const port: Cases = {
    async open(opened) {
      const key = `${opened.tenant}#${opened.id}`;
      if (rows.has(key)) return false;
      rows.set(key, opened);
      return true;
    },
    get: async (tenant, id) => rows.get(`${tenant}#${id}`),
    getMany: async (tenant, ids) => ids.flatMap((id) => rows.get(`${tenant}#${id}`) ?? []),
    async amend(amended, seenVersion) {
      const key = `${amended.tenant}#${amended.id}`;
      if (rows.get(key)?.version !== seenVersion) return false;
      rows.set(key, amended);
      return true;
    },
    async decide(decided, seenVersion, now) {
      const key = `${decided.tenant}#${decided.id}`;
      if (rows.get(key)?.version !== seenVersion) return false;
      rows.set(key, decided);
      owes.set(key, { decision: eventOf(decided), since: now });
      return true;
    },
    async owed(tenant, id) {
      const one = rows.get(`${tenant}#${id}`);
      const owing = owes.get(`${tenant}#${id}`);
      if (!one || !owing) return undefined;
      return { case: one, members: one.cluster?.size ?? 1, ...(owing.after ? { after: owing.after } : {}) };
    },
    async advance(tenant, id, event, after) {
      const owing = owes.get(`${tenant}#${id}`);
      if (owing?.decision === event) owes.set(`${tenant}#${id}`, { ...owing, after });
    },
    async replace(erased, seenVersion) {
      const key = `${erased.tenant}#${erased.id}`;
      if (rows.get(key)?.version !== seenVersion) return false;
      rows.set(key, erased);
      return true;
    },
    async settle(tenant, id, event, after) {
      const owing = owes.get(`${tenant}#${id}`);
      if (owing?.decision === event && owing.after === after) owes.delete(`${tenant}#${id}`);
    },
    async owing(before, limit) {
      const due = [...owes].filter(([, { since }]) => since < before).slice(0, limit);
      return due.map(([key]) => {
        const [tenant = "", id = ""] = key.split("#");
        return { tenant, id };
      });
    },
    async lane(tenant, queue, lane, limit, after) {
      return [...rows.values()]
        .filter((one) => one.tenant === tenant && one.queue === queue && one.lane === lane && one.state === "open")
        .filter((one) => after === undefined || positionOf(one) > after)
        .sort((a, b) => (positionOf(a) < positionOf(b) ? -1 : 1))
        .slice(0, limit);
    },
  };
  return { ...port, rows, owes };
}

/** Cases in the order in which they are to be worked. */
export const inFairOrder = (cases: readonly Case[]): readonly Case[] =>
  [...cases].sort((a, b) => LANES.indexOf(a.lane) - LANES.indexOf(b.lane) || (positionOf(a) < positionOf(b) ? -1 : 1));
