import type { routes } from "../../shared/contracts/routes.ts";
import type { UseCase } from "../../shared/runtime/http-stack.ts";
import { answer, noSettings } from "../../shared/runtime/result.ts";
import type { Tenants } from "../../shared/store/tenants.ts";

/** How the feed stands. */
export const getEventFeed =
  ({ tenants }: { readonly tenants: Pick<Tenants, "settings"> }): UseCase<(typeof routes)["get-event-feed"]> =>
  async ({ caller: { tenant } }) => {
    const settings = await tenants.settings(tenant);
    return settings ? answer({ enabled: settings.eventFeed, allowed: settings.feedAllowed }) : noSettings();
  };
