import { isDeepStrictEqual } from "node:util";
import { checkReceiver, hideAddress, isHidden } from "../../shared/alerts/check-receiver.ts";
import {
  checkSubscription,
  ROOM_OF_ALL,
  ROOM_OF_ONE,
  roomFaults,
  sharingRoom,
} from "../../shared/alerts/check-subscription.ts";
import { coversBrands } from "../../shared/alerts/may-hear.ts";
import { subscriptionViewOf } from "../../shared/alerts/subscription-view.ts";
import type { Fault } from "../../shared/contracts/problem.ts";
import type { routes } from "../../shared/contracts/routes.ts";
import type { AllowedHosts } from "../../shared/delivery/endpoint-url.ts";
import {
  type Channel,
  isOrphaned,
  type Subscription,
  type SubscriptionDocument,
} from "../../shared/domain/subscription.ts";
import type { UseCase } from "../../shared/runtime/http-stack.ts";
import { ownSubscription } from "../../shared/runtime/known-subscription.ts";
import { answer, type Result, refuse } from "../../shared/runtime/result.ts";
import type { Subscriptions } from "../../shared/store/subscriptions.ts";
import type { Announce } from "./announce-change.ts";
import { type AskReader, askedTooOften, isToAsk } from "./ask-reader.ts";
import { dependantsOf, dutyFaults, stillNeeded, whyNotReached } from "./dependants.ts";
import type { OwnerOf } from "./owner-of.ts";

export interface SaveSubscription {
  readonly subscriptions: Pick<Subscriptions, "get" | "list" | "save">;
  /** Seals the address of a chat room. */
  readonly seal: (of: Pick<Subscription, "tenant" | "id">, address: string) => Promise<string>;
  readonly allowedHosts: AllowedHosts;
  readonly announce: Announce;
  /** Writes what the tenant's subscriptions want, as they stand. */
  readonly renew: (tenant: string) => Promise<void>;
  readonly reader: AskReader;
  readonly ownerOf: OwnerOf;
}

export const changedMeanwhile = (): Result<never> =>
  refuse("subscription_changed", "Somebody changed the subscription meanwhile.", [
    { pointer: "/version", detail: "not the newest", fix: "read the subscription again and make your change to that" },
  ]);

const idOfAnother = (): Result<never> =>
  refuse("subscription_changed", "The id was that of a subscription that was deleted.", [
    { pointer: "path:/id", detail: "used before", fix: "make up another id" },
  ]);

const addressOf = (channel: Channel | undefined) =>
  channel && "url" in channel ? [channel.type, channel.url] : undefined;

/** Saves a subscription, if it is still the one that the caller saw. */
export function saveSubscription(ports: SaveSubscription) {
  const { subscriptions, seal, allowedHosts, announce, renew, reader, ownerOf } = ports;

  const faultsOf = (
    document: SubscriptionDocument,
    of: Pick<Subscription, "id" | "tenant" | "owner">,
    now: Date,
    current: Subscription | undefined,
    all: readonly Subscription[],
  ): Fault[] => {
    const brands = of.owner.role === "brand" ? (of.owner.brands ?? []) : undefined;
    const { channel } = document;
    const before = current?.document.channel;
    const hidden = "url" in channel && isHidden(channel.url);
    // Whoever left may know where it leads.
    const kept =
      hidden &&
      !(current && isOrphaned(current, now)) &&
      isDeepStrictEqual(addressOf(before), addressOf(hideAddress(channel).shown));
    const where: Fault[] = !hidden
      ? [...checkReceiver(channel, allowedHosts)]
      : kept
        ? []
        : [{ pointer: "/document/channel/url", detail: "not whole", fix: "write the whole address" }];
    const found = checkSubscription(document, brands).map((one) => ({ ...one, pointer: `/document${one.pointer}` }));
    const to = all.find(({ id }) => id === document.duty?.escalateTo);
    return [...found, ...where, ...dutyFaults({ ...of, document }, to, current?.document.duty?.escalateTo)];
  };

  return (async ({ caller, params: { id }, body: { version, document }, now }) => {
    const { tenant, actor } = caller;
    const known = version === 0 ? undefined : await ownSubscription({ subscriptions }, caller, id);
    if (known && !known.ok) return known;
    const current = known?.value ?? (await subscriptions.get(tenant, id));
    const { shown, address } = hideAddress(document.channel);
    const kept = { ...document, channel: shown };
    const owner = current?.owner ?? (await ownerOf(caller));
    if (current && current.version !== version) {
      // Sent twice because its answer was late.
      const same = current.version === version + 1 && current.changedBy === actor;
      if (!same || !isDeepStrictEqual(current.document, kept)) return changedMeanwhile();
      // Its first sending may have ended before anybody was told what is wanted now.
      await renew(tenant);
      if (isToAsk(current)) await reader.ask(current, now);
      return answer(subscriptionViewOf(current, caller));
    }
    if (!current && version > 0) return changedMeanwhile();
    const all = await subscriptions.list(tenant);
    const faults = faultsOf(document, { id, tenant, owner }, now, current, all);
    if (faults.length > 0) return refuse("invalid_request", "See errors for each place and its fix.", faults);
    const noRoom = roomOf({ id, owner, document }, all, current === undefined);
    if (noRoom) return noRoom;
    const time = now.toISOString();
    const paused = pausedAfter(kept, current, time);
    const next: Subscription = {
      id,
      tenant,
      version: version + 1,
      document: kept,
      owner,
      createdAt: current?.createdAt ?? time,
      ...hearsSinceAfter({ document: kept, owner }, current, time),
      changedAt: time,
      changedBy: actor,
      ...(paused ? { paused } : {}),
    };
    const cutOff = dependantsOf(id, all).filter(
      (one) => current && !whyNotReached(current, one) && whyNotReached(next, one),
    );
    if (cutOff.length > 0) return stillNeeded(caller, cutOff);
    if (isToAsk(next) && (await reader.may(next, now)) === "too_often") return askedTooOften();
    const isKept = "url" in shown && isHidden(shown.url);
    const sealed = address === undefined ? (isKept ? undefined : null) : await seal(next, address);
    if (!(await subscriptions.save(next, sealed)))
      return version > 0 || (await subscriptions.get(tenant, id)) ? changedMeanwhile() : idOfAnother();
    await announce(caller, "subscription.saved", next, now);
    if (isToAsk(next)) await reader.ask(next, now);
    return answer(subscriptionViewOf(next, caller));
  }) satisfies UseCase<(typeof routes)["save-subscription"]>;
}

/** A refusal where the tenant, or within it the brand or the key, has no room for one more or for its condition. */
function roomOf(
  { id, owner, document }: Pick<Subscription, "id" | "owner" | "document">,
  all: readonly Subscription[],
  isNew: boolean,
): Result<never> | undefined {
  const own = sharingRoom(owner, all);
  const rooms = [...(own ? [{ ...ROOM_OF_ONE, taken: own }] : []), { ...ROOM_OF_ALL, taken: all }];
  for (const { taken, ...room } of rooms) {
    const others = taken.filter((one) => one.id !== id).map((one) => one.document);
    const tooDear = document.when === undefined ? [] : roomFaults(document.when, others, room);
    if (tooDear.length > 0)
      return refuse(
        "invalid_request",
        "See errors for each place and its fix.",
        tooDear.map((one) => ({ ...one, pointer: `/document${one.pointer}` })),
      );
    if (isNew && others.length >= room.subscriptions)
      return refuse("too_many_subscriptions", `There are ${room.subscriptions} subscriptions already, and no room.`, [
        { pointer: "/document", detail: "no room", fix: "delete one that nobody needs" },
      ]);
  }
  return undefined;
}

/** What was made under limits that the new ones do not hold is not sent any more, and not shown as sent to it. */
function hearsSinceAfter(
  next: Pick<Subscription, "document" | "owner">,
  current: Subscription | undefined,
  at: string,
): Pick<Subscription, "hearsSince"> {
  if (!current) return {};
  if (!coversBrands(next, current)) return { hearsSince: at };
  return current.hearsSince === undefined ? {} : { hearsSince: current.hearsSince };
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
