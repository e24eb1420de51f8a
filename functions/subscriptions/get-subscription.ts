import { subscriptionViewOf } from "../../shared/alerts/subscription-view.ts";
import type { routes } from "../../shared/contracts/routes.ts";
import type { UseCase } from "../../shared/runtime/http-stack.ts";
import { type KnownSubscription, readableSubscription } from "../../shared/runtime/known-subscription.ts";
import { answer } from "../../shared/runtime/result.ts";

/** One subscription, where the caller may see it: of others nobody is told whether they are there. */
export const getSubscription =
  (ports: KnownSubscription): UseCase<(typeof routes)["get-subscription"]> =>
  async ({ caller, params: { id } }) => {
    const found = await readableSubscription(ports, caller, id);
    return found.ok ? answer(subscriptionViewOf(found.value, caller)) : found;
  };
