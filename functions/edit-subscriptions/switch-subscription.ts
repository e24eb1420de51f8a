import { subscriptionViewOf } from "../../shared/alerts/subscription-view.ts";
import type { SubscriptionView } from "../../shared/contracts/alert-routes.ts";
import type { Subscription } from "../../shared/domain/subscription.ts";
import type { Caller } from "../../shared/domain/tenant.ts";
import { ownSubscription } from "../../shared/runtime/known-subscription.ts";
import { answer, type Result } from "../../shared/runtime/result.ts";
import type { Subscriptions } from "../../shared/store/subscriptions.ts";
import type { Announce } from "./announce-change.ts";
import type { AskReader } from "./ask-reader.ts";
import { changedMeanwhile } from "./save-subscription.ts";

export interface SwitchSubscription {
  readonly subscriptions: Pick<Subscriptions, "get" | "save" | "remove">;
  readonly announce: Announce;
  readonly ask: AskReader;
}

/** Nobody fills a mailbox by asking it again and again. */
const ASK_AGAIN_MS = 600_000;

/** Does it wait for its reader, who alone can let it go on? */
const isReaders = ({ document, paused }: Subscription): boolean =>
  document.channel.type === "email" && (paused?.why === "unconfirmed" || paused?.why === "unsubscribed");

interface Request {
  readonly caller: Caller;
  readonly params: { readonly id: string };
  readonly body: { readonly version: number };
  readonly now: Date;
}

/**
 * Lets a subscription go on, or stand still. What is so already is answered as it is. One that waits for its reader, or that
 * its reader stopped, goes on waiting: its address is asked (again).
 */
export const switchSubscription =
  ({ subscriptions, announce, ask }: SwitchSubscription, to: "enabled" | "disabled") =>
  async ({ caller, params: { id }, body: { version }, now }: Request): Promise<Result<SubscriptionView>> => {
    const known = await ownSubscription({ subscriptions }, caller, id);
    if (!known.ok) return known;
    const { paused, ...rest } = known.value;
    if ((to === "enabled") === (paused === undefined)) return answer(subscriptionViewOf(known.value, caller));
    if (known.value.version !== version) return changedMeanwhile();
    const at = now.toISOString();
    const asks = to === "enabled" && isReaders(known.value);
    const isFresh = paused?.why === "unconfirmed" && now.getTime() - Date.parse(paused.at) < ASK_AGAIN_MS;
    if (asks && isFresh) return answer(subscriptionViewOf(known.value, caller));
    const next: Subscription = {
      ...rest,
      version: version + 1,
      changedAt: at,
      changedBy: caller.actor,
      ...(asks ? { paused: { why: "unconfirmed" as const, at } } : {}),
      ...(to === "disabled" ? { paused: { why: "by_hand" as const, at, by: caller.actor } } : {}),
    };
    if (!(await subscriptions.save(next))) return changedMeanwhile();
    await announce(caller, `subscription.${to}`, next, now);
    if (asks) await ask(next, now);
    return answer(subscriptionViewOf(next, caller));
  };

/** Removes a subscription and answers what it was. */
export const deleteSubscription =
  ({ subscriptions, announce }: Omit<SwitchSubscription, "ask">) =>
  async ({ caller, params: { id }, body: { version }, now }: Request): Promise<Result<SubscriptionView>> => {
    const known = await ownSubscription({ subscriptions }, caller, id);
    if (!known.ok) return known;
    if (!(await subscriptions.remove(caller.tenant, id, version))) return changedMeanwhile();
    await announce(caller, "subscription.deleted", known.value, now);
    return answer(subscriptionViewOf(known.value, caller));
  };
