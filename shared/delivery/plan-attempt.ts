import type { Delivery } from "../domain/delivery.ts";
import type { Subscription } from "../domain/subscription.ts";
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

/** Seconds over which what waited for a circuit is spread, so that it does not come all at once. */
const SPREAD = 30;

/** What is to be done with a delivery that waits, as things are. @param random from 0 to 1 */
export function planAttempt(
  { type, round }: Delivery,
  subscription: Subscription | undefined,
  health: EndpointHealth,
  lane: DeliveryLane,
  now: Date,
  random: number,
): AttemptPlan {
  if (!subscription) return { kind: "cancel", reason: "subscription_deleted" };
  // A person waits for a test, and wants to know how things are.
  if (type === "subscription.test") return { kind: "try" };
  const isAsked = type === "subscription.confirmation" && subscription.paused?.why === "unconfirmed";
  if (subscription.paused && !isAsked) return { kind: "cancel", reason: `paused_${subscription.paused.why}` };
  if (isGivenUp(new Date(round.since), now)) return { kind: "give_up", reason: "waited_too_long" };
  if (lane === "first" && isTroubled(health)) return { kind: "hand_over" };
  const circuit = circuitOf(health, now);
  if (circuit.kind === "closed") return { kind: "try" };
  if (circuit.kind === "probe") return circuit;
  return { kind: "hold", until: new Date(circuit.until.getTime() + random * SPREAD * 1000) };
}
