/** Parts of a policy's page, as its address names them; `rules` is where it begins. */
export const PARTS = ["rules", "edit", "compare", "shadow", "history"] as const;
export type Part = (typeof PARTS)[number];

/** Names of policies have no capitals and no underscores: pages beside them have paths of their own. */
export const policyPath = (id: string, part: Part = "rules"): string =>
  part === "rules" ? `/policies/${id}` : `/policies/${id}/${part}`;
export const backtestPath = (id: string): string => `/backtests/${id}`;
export const undoPath = (id: string): string => `/undos/${id}`;

/** @returns the page that finds what rests on a rule of a policy. */
export const undoOfRule = (policy: string, rule: string): string =>
  `/undos?${new URLSearchParams({ policy, rule }).toString()}`;
