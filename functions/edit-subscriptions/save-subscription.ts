import { isDeepStrictEqual } from "node:util";
import { checkReceiver, hideAddress, isHidden } from "../../shared/alerts/check-receiver.ts";
import { checkSubscription, isFull, roomFaults } from "../../shared/alerts/check-subscription.ts";
import { subscriptionViewOf } from "../../shared/alerts/subscription-view.ts";
import type { Fault } from "../../shared/contracts/problem.ts";
import type { routes } from "../../shared/contracts/routes.ts";
import type { AllowedHosts } from "../../shared/delivery/endpoint-url.ts";
import { mayRead, type Subscription, type SubscriptionDocument } from "../../shared/domain/subscription.ts";
import type { Caller } from "../../shared/domain/tenant.ts";
import type { UseCase } from "../../shared/runtime/http-stack.ts";
import { ownSubscription } from "../../shared/runtime/known-subscription.ts";
import { answer, type Result, refuse } from "../../shared/runtime/result.ts";
import type { Subscriptions } from "../../shared/store/subscriptions.ts";
import type { Announce } from "./announce-change.ts";
import { type AskReader, isToAsk } from "./ask-reader.ts";

export interface SaveSubscription {
  readonly subscriptions: Pick<Subscriptions, "get" | "list" | "save">;
  /** Seals the address of a chat room. */
  readonly seal: (of: Pick<Subscription, "tenant" | "id">, address: string) => Promise<string>;
  readonly allowedHosts: AllowedHosts;
  readonly announce: Announce;
  readonly ask: AskReader;
}

export const changedMeanwhile = (): Result<never> =>
  refuse("subscription_changed", "Somebody changed the subscription meanwhile.", [
    { pointer: "/version", detail: "not the newest", fix: "read the subscription again and make your change to that" },
  ]);

/** Saves a subscription, if it is still the one that the caller saw. */
export function saveSubscription({ subscriptions, seal, allowedHosts, announce, ask }: SaveSubscription) {
  /** A duty is passed on to somebody who is there, and whom its owner may know of. */
  const dutyFaults = async (
    { duty }: SubscriptionDocument,
    { id, tenant, owner }: Pick<Subscription, "id" | "tenant" | "owner">,
  ): Promise<Fault[]> => {
    if (!duty) return [];
    const pointer = "/document/duty/escalateTo";
    if (duty.escalateTo === id) return [{ pointer, detail: "the subscription itself", fix: "name another one" }];
    const to = await subscriptions.get(tenant, duty.escalateTo);
    const asker = { actor: owner.actor, role: owner.role, ...(owner.brands ? { brands: owner.brands } : {}) };
    if (!to || !mayRead(asker, to)) return [{ pointer, detail: "not known", fix: "name one that you may see" }];
    const { channel } = to.document;
    if (channel.type !== "webhook" || !channel.stream) return [];
    return [{ pointer, detail: "a stream, which nobody reads", fix: "name one that somebody reads" }];
  };

  const faultsOf = async (
    document: SubscriptionDocument,
    of: Pick<Subscription, "id" | "tenant" | "owner">,
    caller: Caller,
    current: Subscription | undefined,
  ): Promise<Fault[]> => {
    const brands =
      caller.role === "brand" ? (caller.brands ?? []) : of.owner.role === "brand" ? of.owner.brands : undefined;
    const { channel } = document;
    const before = current?.document.channel;
    const hidden = "url" in channel && isHidden(channel.url);
    const kept = hidden && before && "url" in before && before.type === channel.type && before.url === channel.url;
    const where: Fault[] = !hidden
      ? [...checkReceiver(channel, allowedHosts)]
      : kept
        ? []
        : [{ pointer: "/document/channel/url", detail: "not whole", fix: "write the whole address" }];
    const found = checkSubscription(document, brands).map((one) => ({ ...one, pointer: `/document${one.pointer}` }));
    return [...found, ...where, ...(await dutyFaults(document, of))];
  };

  return (async ({ caller, params: { id }, body: { version, document }, now }) => {
    const { tenant, actor, role, brands } = caller;
    const known = version === 0 ? undefined : await ownSubscription({ subscriptions }, caller, id);
    if (known && !known.ok) return known;
    const current = known?.value ?? (await subscriptions.get(tenant, id));
    const { shown, address } = hideAddress(document.channel);
    const kept = { ...document, channel: shown };
    const owner = current?.owner ?? { actor, role, ...(brands ? { brands: [...brands] } : {}) };
    if (current && current.version !== version) {
      // Sent twice because its answer was late.
      const same = current.version === version + 1 && current.changedBy === actor;
      if (!same || !isDeepStrictEqual(current.document, kept)) return changedMeanwhile();
      if (isToAsk(current)) await ask(current, now);
      return answer(subscriptionViewOf(current, caller));
    }
    if (!current && version > 0) return changedMeanwhile();
    const faults = await faultsOf(document, { id, tenant, owner }, caller, current);
    if (faults.length > 0) return refuse("invalid_request", "See errors for each place and its fix.", faults);
    const all = await subscriptions.list(tenant);
    const others = all.filter((one) => one.id !== id).map((one) => one.document);
    const tooDear = document.when === undefined ? [] : roomFaults(document.when, others);
    if (tooDear.length > 0)
      return refuse(
        "invalid_request",
        "See errors for each place and its fix.",
        tooDear.map((one) => ({ ...one, pointer: `/document${one.pointer}` })),
      );
    if (!current && isFull(all.length))
      return refuse("too_many_subscriptions", "The tenant has as many subscriptions as it can have.", [
        { pointer: "/document", detail: "no room", fix: "delete one that nobody needs" },
      ]);
    const time = now.toISOString();
    const paused = pausedAfter(kept, current, time);
    const next: Subscription = {
      id,
      tenant,
      version: version + 1,
      document: kept,
      owner,
      createdAt: current?.createdAt ?? time,
      changedAt: time,
      changedBy: actor,
      ...(paused ? { paused } : {}),
    };
    const sealed = address === undefined ? undefined : await seal(next, address);
    if (!(await subscriptions.save(next, sealed))) return changedMeanwhile();
    await announce(caller, "subscription.saved", next, now);
    if (isToAsk(next)) await ask(next, now);
    return answer(subscriptionViewOf(next, caller));
  }) satisfies UseCase<(typeof routes)["save-subscription"]>;
}

/** An e-mail address that nobody has confirmed gets nothing; a receiver that failed stays paused until it is enabled. */
function pausedAfter(
  { channel }: SubscriptionDocument,
  current: Subscription | undefined,
  at: string,
): Subscription["paused"] {
  const before = current?.document.channel;
  const isNew = channel.type === "email" && (before?.type !== "email" || before.to !== channel.to);
  if (isNew) return { why: "unconfirmed", at };
  const moot = current?.paused?.why === "unconfirmed" && channel.type !== "email";
  return moot ? undefined : current?.paused;
}
