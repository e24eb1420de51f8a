import { caseIdOf } from "../../../shared/domain/case.ts";
import type { ItemRef } from "../../../shared/domain/id.ts";
import type { Reversal } from "../../../shared/domain/reversal.ts";
import type { Verdict } from "../../../shared/domain/verdict.ts";
import type { SimilarText } from "../../../shared/scoring/review/review-facts.ts";
import type { AudienceVerdicts } from "../../../shared/store/audience-verdicts.ts";
import type { Authors } from "../../../shared/store/authors.ts";
import type { Contents } from "../../../shared/store/contents.ts";
import type { Subject as Counted, CountedStates } from "../../../shared/store/counted-states.ts";
import type { SharedCohorts } from "../../../shared/store/shared-cohorts.ts";
import { NOTHING } from "../../../shared/store/state-row.ts";
import { bandChanges, bandName, type TextBands } from "../../../shared/store/text-bands.ts";
import type { Verdicts } from "../../../shared/store/verdicts.ts";

/** Ports in memory for everything that keeps state; the conformance suites hold the stores to the same promises. */

const rowOf = (tenant: string, { kind, id, revision }: ItemRef): string => [tenant, kind, id, revision].join("#");

interface VerdictRow {
  readonly ref: ItemRef;
  readonly digest: string;
  readonly state: "received" | "scored" | "reflected";
  readonly verdict?: Verdict;
  readonly owing?: boolean;
  readonly counted?: unknown;
  readonly receivedAt: Date;
  readonly reversed?: Reversal;
}

/** All of the store of verdicts. */
export function memoryVerdictRows() {
  const rows = new Map<string, VerdictRow>();
  const port: Verdicts = {
    async receive({ tenant, ref, digest, receivedAt }) {
      const row = rows.get(rowOf(tenant, ref));
      if (!row) rows.set(rowOf(tenant, ref), { ref, digest, state: "received", receivedAt });
      if (!row) return "received";
      if (row.digest !== digest) return "conflict";
      return row.state === "received" ? "waiting" : "scored";
    },
    async record(made, _days, counted) {
      const key = rowOf(made.tenant, made.ref);
      const row = rows.get(key);
      if (row && row.digest !== made.digest) return { kind: "conflict" };
      if (row?.verdict)
        return { kind: "repeat", verdict: row.verdict, owing: row.owing === true, counted: row.counted };
      const { ref, digest } = made;
      const receivedAt = new Date(made.receivedAt);
      const owes = counted === undefined ? { owing: false } : { owing: true, counted };
      rows.set(key, { ref, digest, state: "scored", verdict: made, receivedAt, ...owes });
      return { kind: "recorded", verdict: made };
    },
    async revisions(tenant, kind, id) {
      return [...rows]
        .filter(([key, { ref }]) => key.startsWith(`${tenant}#`) && ref.kind === kind && ref.id === id)
        .map(([, { ref, digest, receivedAt, verdict, owing = false, counted }]) => ({
          revision: ref.revision,
          digest,
          receivedAt,
          owing,
          ...(verdict ? { verdict } : {}),
          ...(counted === undefined ? {} : { counted }),
        }));
    },
    async settle(tenant, ref) {
      const row = rows.get(rowOf(tenant, ref));
      if (row) rows.set(rowOf(tenant, ref), { ...row, owing: false });
    },
    async reflect({ tenant, ref, digest, receivedAt }) {
      const row = rows.get(rowOf(tenant, ref));
      if (row && row.digest !== digest) return "conflict";
      rows.set(rowOf(tenant, ref), { ref, digest, state: "reflected", receivedAt });
      return "reflected";
    },
    async find(tenant, kind, id, _now, revision) {
      const found = [...rows.values()].filter(
        ({ ref }) =>
          rows.has(rowOf(tenant, ref)) &&
          ref.kind === kind &&
          ref.id === id &&
          (revision === undefined || ref.revision === revision),
      );
      const revisions = (state: string) => found.filter((row) => row.state === state).map(({ ref }) => ref.revision);
      return {
        verdicts: found.flatMap(({ verdict }) => verdict ?? []),
        pending: revisions("received"),
        reflected: revisions("reflected"),
      };
    },
    async ofAuthor(tenant, author, { limit, after, latestFirst = false }) {
      const way = latestFirst ? -1 : 1;
      const positionOf = ({ receivedAt, ref: { kind, id, revision } }: Verdict): string =>
        [
          Math.floor(Date.parse(receivedAt) / 1000)
            .toString(36)
            .padStart(7, "0"),
          kind,
          id,
          revision,
        ].join("#");
      return [...rows.entries()]
        .filter(([key]) => key.startsWith(`${tenant}#`))
        .flatMap(([, { verdict }]) => (verdict?.authorId === author ? [verdict] : []))
        .map((verdict) => ({ ref: verdict.ref, position: positionOf(verdict) }))
        .sort((a, b) => (a.position < b.position ? -way : way))
        .filter(({ position }) => after === undefined || (latestFirst ? position < after : position > after))
        .slice(0, limit);
    },
    async remove(tenant, ref) {
      rows.delete(rowOf(tenant, ref));
    },
    async findMany(tenant, refs) {
      const found = refs.flatMap((ref) => rows.get(rowOf(tenant, ref)) ?? []);
      return {
        verdicts: found.flatMap(({ verdict }) => verdict ?? []),
        reflected: found.filter(({ state }) => state === "reflected").map(({ ref }) => ref),
        reversals: found.flatMap(({ ref, reversed }) => (reversed ? [{ ref, reversal: reversed }] : [])),
      };
    },
    async reverse(tenant, ref, made) {
      const row = rows.get(rowOf(tenant, ref));
      if (!row?.verdict || (row.reversed && row.reversed.by !== made.by)) return false;
      rows.set(rowOf(tenant, ref), { ...row, reversed: made });
      return true;
    },
  };
  return { ...port, rows };
}

/** Counted states; `marks` bounds the events that a state remembers, as the store does. */
export function memoryStates(marks = Number.POSITIVE_INFINITY) {
  const rows = new Map<string, { readonly state: unknown; readonly counted: ReadonlySet<string> }>();
  const keyOf = (tenant: string, { kind, id }: Counted): string => `${tenant}#${kind.name}#${id}`;
  const stateOf = (tenant: string, subject: Counted): unknown => rows.get(keyOf(tenant, subject))?.state;
  const port: CountedStates = {
    read: async (tenant, subjects) =>
      subjects.map((subject) => ({ row: { ...NOTHING, state: stateOf(tenant, subject) } })),
    ready: async (_tenant, _subject, known) => known,
    exact: async (tenant, subject) => stateOf(tenant, subject),
    async count(tenant, subject, happenings) {
      const counted = rows.get(keyOf(tenant, subject))?.counted ?? new Set<string>();
      const each = [...new Map(happenings.map((one) => [one.id, one])).values()];
      const left = each.filter(({ id }) => !counted.has(id));
      const state = subject.kind.after(
        stateOf(tenant, subject),
        left.map(({ event }) => event),
      );
      const ids = [...counted, ...left.map(({ id }) => id)];
      rows.set(keyOf(tenant, subject), { state, counted: new Set(ids.slice(-marks)) });
    },
    async forget(tenant, subject) {
      rows.delete(keyOf(tenant, subject));
    },
    async sketch(tenant, subject, events) {
      const state = subject.kind.after(stateOf(tenant, subject), events);
      rows.set(keyOf(tenant, subject), { state, counted: new Set() });
      return true;
    },
  };
  return { ...port, rows };
}

/** Bands of signatures. */
export function memoryBands() {
  const bands = new Map<string, readonly SimilarText[]>();
  const port: TextBands = {
    read: async (_tenant, wanted) =>
      new Map(wanted.flatMap((band) => [[bandName(band), bands.get(bandName(band)) ?? []] as const])),
    async add(_tenant, entries, found) {
      for (const { band, added } of bandChanges(entries, found))
        bands.set(bandName(band), [...(bands.get(bandName(band)) ?? []), ...added]);
    },
  };
  return { ...port, bands };
}

/** Which accounts stand under which followers. */
export function memoryCohorts() {
  const rows = new Map<string, readonly string[]>();
  const othersOf = (key: string, account: string): string[] => (rows.get(key) ?? []).filter((one) => one !== account);
  const port: SharedCohorts = {
    async meet(tenant, account, followers) {
      const met = followers.flatMap((follower) => othersOf(`${tenant}#${follower}`, account));
      for (const follower of followers) {
        const key = `${tenant}#${follower}`;
        rows.set(key, [...othersOf(key, account), account]);
      }
      return Math.max(0, ...[...Map.groupBy(met, (one) => one).values()].map((own) => own.length));
    },
    async leave(tenant, account, followers) {
      for (const follower of followers) {
        const key = `${tenant}#${follower}`;
        const left = othersOf(key, account);
        if (left.length > 0) rows.set(key, left);
        else rows.delete(key);
      }
    },
  };
  return { ...port, rows };
}

/** Versions of audience verdicts, one row each. */
export function memoryAudiences() {
  const rows = new Map<string, Verdict>();
  const reversals = new Map<string, Reversal>();
  const names = new Map<string, string>();
  const nameOf = (tenant: string, id: string): string =>
    `${tenant}#${caseIdOf(tenant, { kind: "audience", id, revision: "v1" })}`;
  const keyOf = (tenant: string, account: string, version: number): string => `${tenant}#${account}#${version}`;
  const versionsOf = (tenant: string, account: string): number[] =>
    [...rows.keys()].filter((key) => key.startsWith(`${tenant}#${account}#`)).map((key) => Number(key.split("#")[2]));
  const port: AudienceVerdicts = {
    async latest(tenant, account) {
      const version = Math.max(0, ...versionsOf(tenant, account));
      const key = keyOf(tenant, account, version);
      const reversal = reversals.get(key);
      return version === 0 ? undefined : { version, verdict: rows.get(key), ...(reversal ? { reversal } : {}) };
    },
    accountNamed: async (tenant, caseId) => names.get(`${tenant}#${caseId}`),
    async add(made, version) {
      const key = keyOf(made.tenant, made.ref.id, version);
      names.set(nameOf(made.tenant, made.ref.id), made.ref.id);
      if (rows.has(key)) return false;
      rows.set(key, made);
      return true;
    },
    async reverse(tenant, account, version, made) {
      const key = keyOf(tenant, account, version);
      const before = reversals.get(key);
      if (!rows.has(key) || (before && before.by !== made.by)) return false;
      reversals.set(key, made);
      return true;
    },
    async removeSome(tenant, account) {
      const some = versionsOf(tenant, account).slice(0, 2);
      for (const version of some) rows.delete(keyOf(tenant, account, version));
      names.delete(nameOf(tenant, account));
      return some.length;
    },
  };
  return { ...port, rows, reversals, names };
}

/** Words and the keys that open them: an author without a key can be read no more, unless law holds what they wrote. */
export function memoryWords() {
  const rows = new Map<string, { readonly author: string; readonly words: string; readonly held: boolean }>();
  const keys = new Set<string>();
  const erasures = new Map<string, Date>();
  const authors: Pick<Authors, "noteErasure" | "destroyKey"> = {
    async noteErasure(_, author, now) {
      erasures.set(author, now);
    },
    async destroyKey(_, author) {
      keys.delete(author);
    },
  };
  const contents: Pick<Contents, "hold" | "remove"> = {
    async hold({ tenant, ref }) {
      const row = rows.get(rowOf(tenant, ref));
      if (row && keys.has(row.author)) rows.set(rowOf(tenant, ref), { ...row, held: true });
    },
    async remove({ tenant, ref }) {
      rows.delete(rowOf(tenant, ref));
    },
  };
  const keep = (tenant: string, author: string, ref: ItemRef, words: string): void => {
    keys.add(author);
    rows.set(rowOf(tenant, ref), { author, words, held: false });
  };
  const readable = () => [...rows.values()].filter(({ author, held }) => held || keys.has(author));
  return { authors, contents, keep, readable, rows, keys, erasures };
}

/** Counts the calls of ports that share it, and lets so many of them through as the process has to live. */
export class Life {
  calls = 0;
  private readonly most: number;
  constructor(most = Number.POSITIVE_INFINITY) {
    this.most = most;
  }

  /** The port as a process with this life sees it: once it has died no call has an effect. */
  of<Port extends object>(port: Port): Port {
    const call =
      (method: (...args: never[]) => unknown) =>
      (...args: never[]) => {
        if (this.calls >= this.most) return Promise.reject(new Error("killed"));
        this.calls += 1;
        return method.apply(port, args);
      };
    const entries = Object.entries(port).map(([name, value]) => [
      name,
      typeof value === "function" ? call(value) : value,
    ]);
    return Object.fromEntries(entries) as Port;
  }
}
