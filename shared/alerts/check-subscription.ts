import { MOST_SUBSCRIPTIONS, type SubscriptionDocument } from "../domain/subscription.ts";
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

/** Steps of all conditions of a tenant together: what keeps an event's matching under a millisecond. */
export const MOST_STEPS_OF_ALL = 100_000;

/** Is there room for a condition beside those of the tenant's other subscriptions? Equal ones are tried once. */
export function roomFaults(when: string, others: readonly SubscriptionDocument[]): readonly SubscriptionFault[] {
  const all = new Set([when, ...others.flatMap((one) => one.when ?? [])]);
  const steps = [...all].reduce((sum, one) => {
    const read = readCondition(one);
    return sum + (read.ok ? costOf(read.term) : 0);
  }, 0);
  if (steps <= MOST_STEPS_OF_ALL) return [];
  const detail = `the conditions of all subscriptions together take up to ${steps} steps an event; the limit is ${MOST_STEPS_OF_ALL}`;
  return [{ pointer: "/when", detail, fix: "say it with the filter, or use a condition that another has" }];
}

/** Is there room for one more? */
export const isFull = (standing: number): boolean => standing >= MOST_SUBSCRIPTIONS;
