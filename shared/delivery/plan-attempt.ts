import type { Delivery } from "../domain/delivery.ts";
import { hearsSince, type PAUSES, type Subscription } from "../domain/subscription.ts";
import { circuitOf, type EndpointHealth, isTroubled } from "./endpoint-health.ts";
import { isGivenUp } from "./retry-schedule.ts";

/**
 * The queue that a delivery comes from. `first` is for endpoints that answer at once: what may take longer is handed over
 * to `again`, where it makes nobody wait.
 */
export type DeliveryLane = "first" | "again";

export type AttemptPlan =
  | { readonly kind: "try" }
  /** By the one who writes this health. */
  | { readonly kind: "probe"; readonly health: EndpointHealth }
  | { readonly kind: "hand_over" }
  | { readonly kind: "hold"; readonly until: Date }
  | { readonly kind: "cancel"; readonly reason: string }
  | { readonly kind: "give_up"; readonly reason: string };

/** Seconds over which what waits for a circuit is spread, so that it does not come all at once. */
const SPREAD = 30;
/** A test shows a person how things are, whatever the state; but nobody is written to who said no, or not yet yes. */
const NEVER_WRITTEN_TO: readonly (typeof PAUSES)[number][] = ["unconfirmed", "unsubscribed", "bounced"];

/** What is to be done with a delivery that waits, as things are. @param random from 0 to 1 */
export function planAttempt(
  { type, round, createdAt }: Delivery,
  subscription: Subscription | undefined,
  health: EndpointHealth,
  lane: DeliveryLane,
  now: Date,
  random: number,
): AttemptPlan {
  if (!subscription) return { kind: "cancel", reason: "subscription_deleted" };
  const isTest = type === "subscription.test";
  if (isTest && !NEVER_WRITTEN_TO.some((why) => why === subscription.paused?.why)) return { kind: "try" };
  const isAsked = type === "subscription.confirmation" && subscription.paused?.why === "unconfirmed";
  if (subscription.paused && !isAsked) return { kind: "cancel", reason: `paused_${subscription.paused.why}` };
  // One that asks holds nothing that its reader might not hear.
  if (!isAsked && Date.parse(createdAt) < hearsSince(subscription).getTime())
    return { kind: "cancel", reason: "limits_narrowed" };
  if (isGivenUp(new Date(round.since), now)) return { kind: "give_up", reason: "waited_too_long" };
  const circuit = circuitOf(health, now);
  if (circuit.kind === "open")
    return { kind: "hold", until: new Date(circuit.until.getTime() + random * SPREAD * 1000) };
  if (lane === "first" && isTroubled(health)) return { kind: "hand_over" };
  return circuit.kind === "closed" ? { kind: "try" } : circuit;
}
