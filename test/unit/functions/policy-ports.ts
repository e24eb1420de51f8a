import { isDeepStrictEqual } from "node:util";
import { NO_POLICIES, type PolicyState } from "../../../shared/domain/policy-state.ts";
import type { Policies, SavedPolicy } from "../../../shared/store/policies.ts";

/** Policies in memory that keep the promises of shared/store/policies.ts; `reads` counts what was asked for. */
export function memoryPolicies() {
  const saved = new Map<string, SavedPolicy[]>();
  const states = new Map<string, PolicyState>();
  const reads = { active: 0, get: 0 };
  const versionsOf = (tenant: string, id: string) => saved.get(`${tenant}#${id}`) ?? [];
  const headOf = ({ document: _, ...head }: SavedPolicy) => head;
  const policies: Policies = {
    async list(tenant) {
      const own = [...saved].filter(([key]) => key.startsWith(`${tenant}#`)).sort(([a], [b]) => (a < b ? -1 : 1));
      return own.flatMap(([, versions]) => versions.map(headOf));
    },
    versions: async (tenant, id, limit) => versionsOf(tenant, id).map(headOf).toReversed().slice(0, limit),
    async get(tenant, id, version) {
      reads.get += 1;
      const all = versionsOf(tenant, id);
      return version === undefined ? all.at(-1) : all.find((one) => one.version === version);
    },
    async save(tenant, { document, savedBy, savedAt, note }) {
      const { id, title, inherits } = document;
      const before = versionsOf(tenant, id);
      const newest = before.at(-1);
      if (newest && isDeepStrictEqual(newest.document, document)) return { saved: newest, isNew: false };
      const head = { id, title, inherits, version: before.length + 1, savedBy, savedAt, note };
      const made: SavedPolicy = { ...JSON.parse(JSON.stringify(head)), document };
      saved.set(`${tenant}#${id}`, [...before, made]);
      return { saved: made, isNew: true };
    },
    async active(tenant) {
      reads.active += 1;
      return states.get(tenant) ?? NO_POLICIES;
    },
    async change(tenant, next) {
      if ((states.get(tenant) ?? NO_POLICIES).epoch !== next.epoch - 1) return false;
      states.set(tenant, next);
      return true;
    },
    async events(tenant, limit, before = Number.POSITIVE_INFINITY) {
      const { history } = states.get(tenant) ?? NO_POLICIES;
      return history.filter(({ epoch }) => epoch < before).slice(0, limit);
    },
  };
  return { policies, reads };
}
