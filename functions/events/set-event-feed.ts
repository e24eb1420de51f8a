import type { routes } from "../../shared/contracts/routes.ts";
import type { UseCase } from "../../shared/runtime/http-stack.ts";
import { answer, noSettings } from "../../shared/runtime/result.ts";
import type { Audit } from "../../shared/store/audit.ts";
import type { Tenants } from "../../shared/store/tenants.ts";

export interface SetEventFeed {
  readonly tenants: Pick<Tenants, "setEventFeed">;
  readonly audit: Pick<Audit, "append">;
}

/** Turns the feed on or off, and says of which kinds it holds what was allowed, too. */
export const setEventFeed =
  ({ tenants, audit }: SetEventFeed): UseCase<(typeof routes)["set-event-feed"]> =>
  async ({ caller: { tenant, actor, role }, body: { enabled, allowed }, now }) => {
    const named = allowed && [...new Set(allowed)].sort();
    const made = await tenants.setEventFeed(tenant, { enabled, allowed: named });
    if (!made) return noSettings();
    const { eventFeed, feedAllowed } = made;
    const facts = { enabled: eventFeed ? "on" : "off", allowed: feedAllowed.join(" ") };
    await audit.append(tenant, [{ actor, role, action: "feed.set", facts }], now);
    return answer({ enabled: eventFeed, allowed: feedAllowed });
  };
