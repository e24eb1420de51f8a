import type { Keys } from "./keys.ts";

/** A name that stands for an author where their own must not: the same for the same author of a tenant, and no way back. */
export const pseudonymOf = async (keys: Pick<Keys, "digest">, tenant: string, author: string): Promise<string> =>
  (await keys.digest(tenant, "pseudonym", author)).slice(0, 22);
