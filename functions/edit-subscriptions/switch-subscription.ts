import { subscriptionViewOf } from "../../shared/alerts/subscription-view.ts";
import type { SubscriptionView } from "../../shared/contracts/alert-routes.ts";
import type { Subscription } from "../../shared/domain/subscription.ts";
import type { Caller } from "../../shared/domain/tenant.ts";
import { ownSubscription } from "../../shared/runtime/known-subscription.ts";
import { answer, type Result, refuse } from "../../shared/runtime/result.ts";
import type { Subscriptions } from "../../shared/store/subscriptions.ts";
import type { Announce } from "./announce-change.ts";
import { changedMeanwhile } from "./save-subscription.ts";

export interface SwitchSubscription {
  readonly subscriptions: Pick<Subscriptions, "get" | "save" | "remove">;
  readonly announce: Announce;
}

interface Request {
  readonly caller: Caller;
  readonly params: { readonly id: string };
  readonly body: { readonly version: number };
  readonly now: Date;
}

/** Lets a subscription go on, or stand still. What is so already is answered as it is. */
export const switchSubscription =
  ({ subscriptions, announce }: SwitchSubscription, to: "enabled" | "disabled") =>
  async ({ caller, params: { id }, body: { version }, now }: Request): Promise<Result<SubscriptionView>> => {
    const known = await ownSubscription({ subscriptions }, caller, id);
    if (!known.ok) return known;
    const { paused, ...rest } = known.value;
    if ((to === "enabled") === (paused === undefined)) return answer(subscriptionViewOf(known.value, caller));
    if (paused?.why === "unconfirmed")
      return refuse("subscription_changed", "Its address was never confirmed.", [
        { pointer: "path:/id", detail: "unconfirmed", fix: "follow the link in the mail that was sent to the address" },
      ]);
    if (known.value.version !== version) return changedMeanwhile();
    const at = now.toISOString();
    const next: Subscription = {
      ...rest,
      version: version + 1,
      changedAt: at,
      changedBy: caller.actor,
      ...(to === "disabled" ? { paused: { why: "by_hand" as const, at, by: caller.actor } } : {}),
    };
    if (!(await subscriptions.save(next))) return changedMeanwhile();
    await announce(caller, `subscription.${to}`, next, now);
    return answer(subscriptionViewOf(next, caller));
  };

/** Removes a subscription and answers what it was. */
export const deleteSubscription =
  ({ subscriptions, announce }: SwitchSubscription) =>
  async ({ caller, params: { id }, body: { version }, now }: Request): Promise<Result<SubscriptionView>> => {
    const known = await ownSubscription({ subscriptions }, caller, id);
    if (!known.ok) return known;
    if (!(await subscriptions.remove(caller.tenant, id, version))) return changedMeanwhile();
    await announce(caller, "subscription.deleted", known.value, now);
    return answer(subscriptionViewOf(known.value, caller));
  };
