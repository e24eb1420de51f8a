import type { routes } from "../../shared/contracts/routes.ts";
import type { UseCase } from "../../shared/runtime/http-stack.ts";
import { answer } from "../../shared/runtime/result.ts";
import type { Audit } from "../../shared/store/audit.ts";
import type { Tenants } from "../../shared/store/tenants.ts";

export interface SetEventFeed {
  readonly tenants: Pick<Tenants, "setEventFeed">;
  readonly audit: Pick<Audit, "append">;
}

/** Turns the feed on or off. */
export const setEventFeed =
  ({ tenants, audit }: SetEventFeed): UseCase<(typeof routes)["set-event-feed"]> =>
  async ({ caller: { tenant, actor, role }, body: { enabled }, now }) => {
    await tenants.setEventFeed(tenant, enabled);
    await audit.append(tenant, [{ actor, role, action: "feed.set", facts: { enabled: enabled ? "on" : "off" } }], now);
    return answer({ enabled });
  };
