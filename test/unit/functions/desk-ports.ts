import type { AuditFact } from "../../../shared/domain/audit.ts";
import type { Case, ClusterMember } from "../../../shared/domain/case.ts";
import { NO_ROUTING, type Routing } from "../../../shared/domain/routing.ts";
import type { Audit } from "../../../shared/store/audit.ts";
import type { CaseNote, CaseNotes } from "../../../shared/store/case-notes.ts";
import type { Clusters } from "../../../shared/store/clusters.ts";
import type { Depths } from "../../../shared/store/depths.ts";

/** Ports of the desk in memory; test/cloud/desk holds the stores to the same promises. */

/** A log that is kept in order. */
export function memoryAudit(fails: () => boolean = () => false) {
  const entries: AuditFact[] = [];
  const port: Pick<Audit, "append"> = {
    async append(_, facts) {
      if (fails()) throw new Error("the log is down");
      entries.push(...facts);
    },
  };
  return { ...port, entries };
}

/** Counts by `queue#lane`. */
export function memoryDepths() {
  const counts = new Map<string, number>();
  const port: Pick<Depths, "add"> = {
    async add({ queue, lane }, by) {
      counts.set(`${queue}#${lane}`, (counts.get(`${queue}#${lane}`) ?? 0) + by);
    },
  };
  return { ...port, counts };
}

/** Clusters with the members given, by their leader's id; what joins is noted and nothing else. */
export function memoryClusters(members: Readonly<Record<string, readonly ClusterMember[]>> = {}) {
  const pointers = new Map<string, string>();
  const joined: { readonly opened: Case; readonly leader: string }[] = [];
  const left: string[] = [];
  const port: Clusters = {
    async leader(_, key, candidate) {
      if (!pointers.has(key)) pointers.set(key, candidate);
      return pointers.get(key) ?? candidate;
    },
    async takeOver(_, key, before, candidate) {
      if (pointers.get(key) === before) pointers.set(key, candidate);
      return pointers.get(key) === candidate;
    },
    async join(opened, leader) {
      joined.push({ opened, leader });
      return { kind: "joined", opened: false };
    },
    async members(_, leader, limit, after = "") {
      const all = (members[leader] ?? []).toSorted((a, b) => (a.case < b.case ? -1 : 1));
      return all.filter((one) => one.case > after).slice(0, limit);
    },
    async leave(_, leader, id) {
      left.push(`${leader} ${id}`);
    },
    async among(_, leader, ids) {
      return new Set((members[leader] ?? []).map((one) => one.case).filter((id) => ids.includes(id)));
    },
  };
  return { ...port, joined, left, pointers };
}

export function memoryNotes(...initial: readonly CaseNote[]) {
  const rows = [...initial];
  const port: CaseNotes = {
    async add(_, __, note) {
      if (rows.some(({ id }) => id === note.id)) return false;
      rows.push(note);
      return true;
    },
    get: async (_, __, id) => rows.find((one) => one.id === id),
    list: async () => rows,
    async forget() {
      rows.length = 0;
    },
  };
  return { ...port, rows };
}

export const routingOf =
  (routing: Routing = NO_ROUTING) =>
  async (): Promise<Routing> =>
    routing;
