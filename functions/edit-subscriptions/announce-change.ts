import type { AlertWants } from "../../shared/domain/alert-wants.ts";
import type { AUDIT_ACTIONS } from "../../shared/domain/audit.ts";
import type { Subscription } from "../../shared/domain/subscription.ts";
import type { Caller } from "../../shared/domain/tenant.ts";
import type { Audit } from "../../shared/store/audit.ts";
import type { Subscriptions } from "../../shared/store/subscriptions.ts";
import type { Tenants } from "../../shared/store/tenants.ts";

export interface AnnounceChange {
  readonly subscriptions: Pick<Subscriptions, "list">;
  readonly tenants: Pick<Tenants, "setAlerts">;
  readonly audit: Pick<Audit, "append">;
}

/** What subscriptions want of the topics, all together: those that stand still by hand want nothing. */
export function wantsOf(subscriptions: readonly Pick<Subscription, "document" | "paused">[]): AlertWants {
  const heard = subscriptions.filter(({ paused }) => paused?.why !== "by_hand").map(({ document }) => document);
  const ofVerdicts = heard.filter(({ places }) => places.includes("verdict") || places.includes("audience"));
  const allowed = ofVerdicts
    .filter(({ filter }) => filter.actions?.includes("allow"))
    .flatMap(({ places, filter }) => {
      const kinds = filter.kinds ?? (["post", "review", "audience"] as const);
      return kinds.filter((kind) => places.includes(kind === "audience" ? "audience" : "verdict"));
    });
  return { places: [...new Set(heard.flatMap(({ places }) => places))].sort(), allowed: [...new Set(allowed)].sort() };
}

/** Writes what the tenant's subscriptions want, as they stand. Done twice it is done once. */
export const renewWants =
  ({ subscriptions, tenants }: Pick<AnnounceChange, "subscriptions" | "tenants">) =>
  (tenant: string): Promise<void> =>
    tenants.setAlerts(tenant, async () => wantsOf(await subscriptions.list(tenant)));

/** What follows from every change: the tenant's wants, and a line of the log. */
export const announceChange =
  ({ audit, ...ports }: AnnounceChange) =>
  async (
    { tenant, actor, role }: Caller,
    action: (typeof AUDIT_ACTIONS)[number],
    { id, version }: Pick<Subscription, "id" | "version">,
    now: Date,
  ): Promise<void> => {
    await renewWants(ports)(tenant);
    await audit.append(tenant, [{ actor, role, action, facts: { subscription: id, version: String(version) } }], now);
  };

export type Announce = ReturnType<typeof announceChange>;
