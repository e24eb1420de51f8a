import { isHidden } from "../../shared/alerts/check-receiver.ts";
import { subscriptionViewOf } from "../../shared/alerts/subscription-view.ts";
import type { SubscriptionView } from "../../shared/contracts/alert-routes.ts";
import { isOrphaned, type Subscription } from "../../shared/domain/subscription.ts";
import type { Caller } from "../../shared/domain/tenant.ts";
import { ownSubscription } from "../../shared/runtime/known-subscription.ts";
import { answer, type Result, refuse } from "../../shared/runtime/result.ts";
import type { Endpoints } from "../../shared/store/endpoints.ts";
import type { Subscriptions } from "../../shared/store/subscriptions.ts";
import type { Announce } from "./announce-change.ts";
import { type AskReader, askedTooOften } from "./ask-reader.ts";
import { dependantsOf, stillNeeded } from "./dependants.ts";
import { type OwnerOf, takenOver } from "./owner-of.ts";
import { changedMeanwhile } from "./save-subscription.ts";

export interface SwitchSubscription {
  readonly subscriptions: Pick<Subscriptions, "get" | "list" | "save" | "remove">;
  readonly endpoints: Pick<Endpoints, "remove">;
  readonly announce: Announce;
  /** Writes what the tenant's subscriptions want, as they stand. */
  readonly renew: (tenant: string) => Promise<void>;
  readonly reader: AskReader;
  readonly ownerOf: OwnerOf;
}

const READERS: ReadonlySet<string | undefined> = new Set(["unconfirmed", "unsubscribed", "bounced"]);

/** Does it wait for its reader, who alone can let it go on? */
const isReaders = ({ document, paused }: Subscription): boolean =>
  document.channel.type === "email" && READERS.has(paused?.why);

/** Does it still lead to a hidden address that whoever left gave? Saved since, it was given whole. */
const knowsAddress = ({ document: { channel }, owner, changedAt }: Subscription): boolean =>
  "url" in channel && isHidden(channel.url) && owner.until !== undefined && changedAt <= owner.until;

const addressNeeded = (): Result<never> =>
  refuse("invalid_request", "Its address is hidden, and whoever left may be the one who reads there.", [
    { pointer: "/document/channel/url", detail: "not whole", fix: "save it with its whole address, then enable it" },
  ]);

interface Request {
  readonly caller: Caller;
  readonly params: { readonly id: string };
  readonly body: { readonly version: number };
  readonly now: Date;
}

/**
 * Lets a subscription go on, or stand still. What is so already is answered as it is. One that waits for its reader, or that
 * its reader stopped, goes on waiting: its address is asked (again). One whose owner is gone goes over to the caller, with
 * an address and a secret that whoever left has no part in. One that others pass their duties on to is not stopped.
 */
export const switchSubscription =
  ({ subscriptions, endpoints, announce, renew, reader, ownerOf }: SwitchSubscription, to: "enabled" | "disabled") =>
  async ({ caller, params: { id }, body: { version }, now }: Request): Promise<Result<SubscriptionView>> => {
    const known = await ownSubscription({ subscriptions }, caller, id);
    if (!known.ok) return known;
    const { paused, ...rest } = known.value;
    if ((to === "enabled") === (paused === undefined)) {
      // Who did so may have ended before anybody was told what is wanted now.
      if (to === "enabled") await renew(caller.tenant);
      return answer(subscriptionViewOf(known.value, caller));
    }
    if (known.value.version !== version) return changedMeanwhile();
    const needing = to === "disabled" ? dependantsOf(id, await subscriptions.list(caller.tenant)) : [];
    if (needing.length > 0) return stillNeeded(caller, needing);
    const at = now.toISOString();
    const takes = to === "enabled" && isOrphaned(known.value, now);
    if (takes && knowsAddress(known.value)) return addressNeeded();
    // Whoever left may be the one who agreed.
    const asks = to === "enabled" && (isReaders(known.value) || (takes && rest.document.channel.type === "email"));
    const may = asks ? await reader.may(known.value, now) : "yes";
    if (may === "too_often") return askedTooOften();
    const unanswered = paused?.why === "unconfirmed";
    if (may === "lately" && unanswered) return answer(subscriptionViewOf(known.value, caller));
    // The secret that whoever left may know signs nothing any more; the next message has another.
    if (takes) await endpoints.remove(caller.tenant, id);
    const next: Subscription = {
      ...rest,
      ...(takes ? { owner: takenOver(rest.owner, await ownerOf(caller)) } : {}),
      version: version + 1,
      changedAt: at,
      changedBy: caller.actor,
      ...(asks ? { paused: { why: "unconfirmed" as const, at } } : {}),
      ...(to === "disabled" ? { paused: { why: "by_hand" as const, at, by: caller.actor } } : {}),
    };
    if (!(await subscriptions.save(next))) return changedMeanwhile();
    await announce(caller, `subscription.${to}`, next, now);
    if (asks) await reader.ask(next, now, !unanswered);
    return answer(subscriptionViewOf(next, caller));
  };

/** Removes a subscription that no other needs, its signing secrets with it, and answers what it was. */
export const deleteSubscription =
  ({ subscriptions, endpoints, announce }: Pick<SwitchSubscription, "subscriptions" | "endpoints" | "announce">) =>
  async ({ caller, params: { id }, body: { version }, now }: Request): Promise<Result<SubscriptionView>> => {
    const known = await ownSubscription({ subscriptions }, caller, id);
    if (!known.ok) return known;
    const needing = dependantsOf(id, await subscriptions.list(caller.tenant));
    if (needing.length > 0) return stillNeeded(caller, needing);
    if (!(await subscriptions.remove(caller.tenant, id, version, now))) return changedMeanwhile();
    await endpoints.remove(caller.tenant, id);
    await announce(caller, "subscription.deleted", known.value, now);
    return answer(subscriptionViewOf(known.value, caller));
  };
