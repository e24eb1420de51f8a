import { type Allowances, isAllowed, type Use } from "../../../shared/store/allowances.ts";

/** Allowances as the store keeps them, and under which names. */
export function memoryAllowances(): Allowances & { readonly names: () => string[] } {
  const rows = new Map<string, Use[]>();
  const seconds = (now: Date) => Math.floor(now.getTime() / 1_000);
  return {
    names: () => [...rows.keys()],
    used: async (tenant, name, within, now) =>
      (rows.get(`${tenant} ${name}`) ?? []).filter(({ at }) => at > seconds(now) - within),
    async take(tenant, name, asked, limits, now) {
      const uses = rows.get(`${tenant} ${name}`) ?? [];
      if (uses.some(({ id }) => id === asked.id)) return true;
      if (!isAllowed(uses, limits, now)) return false;
      rows.set(`${tenant} ${name}`, [...uses, { ...asked, at: seconds(now) }]);
      return true;
    },
  };
}
