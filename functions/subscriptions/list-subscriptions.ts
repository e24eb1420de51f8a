import { subscriptionViewOf } from "../../shared/alerts/subscription-view.ts";
import type { routes } from "../../shared/contracts/routes.ts";
import { mayRead } from "../../shared/domain/subscription.ts";
import type { UseCase } from "../../shared/runtime/http-stack.ts";
import { answer } from "../../shared/runtime/result.ts";
import type { Subscriptions } from "../../shared/store/subscriptions.ts";

/** The subscriptions that the caller may see, by name. */
export const listSubscriptions =
  (subscriptions: Pick<Subscriptions, "list">): UseCase<(typeof routes)["list-subscriptions"]> =>
  async ({ caller }) => {
    const seen = (await subscriptions.list(caller.tenant)).filter((one) => mayRead(caller, one));
    const byName = seen.sort((a, b) => a.document.name.localeCompare(b.document.name) || (a.id < b.id ? -1 : 1));
    return answer({ subscriptions: byName.map((one) => subscriptionViewOf(one, caller)) });
  };
