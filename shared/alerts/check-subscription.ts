import { MOST_SUBSCRIPTIONS, type Subscription, type SubscriptionDocument } from "../domain/subscription.ts";
import { checkBounds } from "../policy/condition/check-bounds.ts";
import { costOf } from "../policy/condition/cost.ts";
import { readCondition } from "../policy/condition/read-condition.ts";

/** What is wrong with a subscription, where (a JSON pointer), and how to mend it. */
export interface SubscriptionFault {
  readonly pointer: string;
  readonly detail: string;
  readonly fix?: string;
}

/** Steps of one condition at its dearest: far below a policy's, since a tenant may have a thousand. */
export const MOST_STEPS_OF_ONE = 500;

function conditionFaults(when: string): SubscriptionFault[] {
  const at = (detail: string, start: number, fix?: string): SubscriptionFault => ({
    pointer: "/when",
    detail: `${detail} (character ${start + 1})`,
    ...(fix === undefined ? {} : { fix }),
  });
  const read = readCondition(when);
  if (!read.ok) return [at(read.fault.message, read.fault.start, read.fault.fix)];
  const bounds = checkBounds(read.term);
  if (bounds) return [at(bounds.message, bounds.start, bounds.fix)];
  const steps = costOf(read.term);
  if (steps <= MOST_STEPS_OF_ONE) return [];
  const detail = `this condition takes up to ${steps} steps an event; the limit is ${MOST_STEPS_OF_ONE}`;
  return [{ pointer: "/when", detail, fix: "say it with the filter, or split it into several subscriptions" }];
}

/** What a filter asks of an item, which the flood breaker's events are not about. */
const OF_ITEMS = ["brands", "targets", "accounts", "minSeverity", "actions", "languages"] as const;

function breakerFaults({ places, filter, when }: SubscriptionDocument): SubscriptionFault[] {
  if (!places.includes("breaker")) return [];
  const fix = "make a subscription of its own for the breaker";
  const asked = OF_ITEMS.filter((name) => filter[name] !== undefined);
  const faults = asked.map((name) => ({
    pointer: `/filter/${name}`,
    detail: "the flood breaker is about rules and labels, not about items",
    fix,
  }));
  return when === undefined ? faults : [...faults, { pointer: "/when", detail: "a condition is about an item", fix }];
}

function streamFaults({ channel, timing, quiet, duty }: SubscriptionDocument): SubscriptionFault[] {
  if (channel.type !== "webhook" || !channel.stream) return [];
  const detail = "a stream sends every event as it happens";
  const fix = "leave it out, or leave stream out";
  return [
    ...(timing.kind === "immediate" ? [] : [{ pointer: "/timing", detail, fix }]),
    ...(quiet === undefined ? [] : [{ pointer: "/quiet", detail, fix }]),
    ...(duty === undefined ? [] : [{ pointer: "/duty", detail: "nobody acknowledges a stream", fix }]),
  ];
}

/** A brand hears of its own: what it may subscribe to, by the brands of whoever made the subscription. */
function brandFaults({ places, filter }: SubscriptionDocument, brands: readonly string[]): SubscriptionFault[] {
  const others = (filter.brands ?? []).flatMap((brand, index): SubscriptionFault[] =>
    brands.includes(brand)
      ? []
      : [{ pointer: `/filter/brands/${index}`, detail: "not a brand of yours", fix: "name brands of yours, or none" }],
  );
  const breaker = places.indexOf("breaker");
  if (breaker < 0) return others;
  const detail = "the flood breaker is about all brands together";
  return [...others, { pointer: `/places/${breaker}`, detail, fix: "leave it out" }];
}

/**
 * What is wrong with a subscription whose form is right. Empty where nothing is.
 * @param brands of a brand's member: what it may hear of
 */
export function checkSubscription(
  document: SubscriptionDocument,
  brands?: readonly string[],
): readonly SubscriptionFault[] {
  return [
    ...(document.when === undefined ? [] : conditionFaults(document.when)),
    ...breakerFaults(document),
    ...streamFaults(document),
    ...(brands === undefined ? [] : brandFaults(document, brands)),
  ];
}

/** What those who share a tenant may take of it. */
export interface Room {
  readonly subscriptions: number;
  /** Steps of all their conditions together. */
  readonly steps: number;
}

/** A whole tenant's: what keeps an event's matching under a millisecond. */
export const ROOM_OF_ALL: Room = { subscriptions: MOST_SUBSCRIPTIONS, steps: 100_000 };
/** One brand's members together, or one platform key: what is left is the desk's and the others'. */
export const ROOM_OF_ONE: Room = { subscriptions: 100, steps: 20_000 };

/** The subscriptions that share room with those of an owner; undefined for the desk, which has all that is left. */
export function sharingRoom(
  { actor, role, brands = [] }: Subscription["owner"],
  all: readonly Subscription[],
): readonly Subscription[] | undefined {
  if (role === "platform") return all.filter(({ owner }) => owner.role === role && owner.actor === actor);
  if (role !== "brand") return undefined;
  return all.filter(({ owner }) => owner.role === role && owner.brands?.some((brand) => brands.includes(brand)));
}

/** Is there room for a condition beside those of other subscriptions? Equal ones are tried once. */
export function roomFaults(
  when: string,
  others: readonly SubscriptionDocument[],
  { steps: most }: Room,
): readonly SubscriptionFault[] {
  const all = new Set([when, ...others.flatMap((one) => one.when ?? [])]);
  const steps = [...all].reduce((sum, one) => {
    const read = readCondition(one);
    return sum + (read.ok ? costOf(read.term) : 0);
  }, 0);
  if (steps <= most) return [];
  const detail = `the conditions of ${most < ROOM_OF_ALL.steps ? "your" : "all"} subscriptions together take up to ${steps} steps an event; the limit is ${most}`;
  return [{ pointer: "/when", detail, fix: "say it with the filter, or use a condition that another has" }];
}
