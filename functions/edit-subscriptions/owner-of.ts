import type { Subscription } from "../../shared/domain/subscription.ts";
import type { Caller } from "../../shared/domain/tenant.ts";
import type { ApiKeys } from "../../shared/store/api-keys.ts";

type Owner = Subscription["owner"];

export type OwnerOf = (caller: Caller) => Promise<Owner>;

const KEY = "key:";

/** Whoever calls, as the owner of a subscription: what a key made ends with the key. */
export const ownerOf =
  (keys: Pick<ApiKeys, "get">): OwnerOf =>
  async ({ tenant, actor, role, brands }) => {
    const key = actor.startsWith(KEY) ? await keys.get(tenant, actor.slice(KEY.length)) : undefined;
    // Revoked since this request was let in.
    const until = key?.revokedAt ?? key?.expiresAt;
    return { actor, role, ...(brands ? { brands: [...brands] } : {}), ...(until ? { until } : {}) };
  };

/** One taken over from an owner that is gone. What was made for a brand goes on hearing of that brand alone. */
export function takenOver(before: Owner, by: Owner): Owner {
  const { until: _, ...kept } = before;
  if (before.role !== "brand") return by;
  return { ...kept, actor: by.actor, ...(by.until ? { until: by.until } : {}) };
}
