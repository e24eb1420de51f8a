import type { AnswerOf } from "../../api/route-types.ts";
import type { Subscription } from "../../parts/subscription-words.ts";

type Endpoint = AnswerOf<"get-endpoint">;

/** A subscription that sends something, and how its receiver is doing; undefined where that is not known. */
export interface Known {
  readonly subscription: Subscription;
  readonly endpoint: Endpoint | undefined;
}

/** Pauses that somebody wanted, or that wait for a reader: nothing has gone wrong. */
const CALM: ReadonlySet<string> = new Set(["by_hand", "unconfirmed"]);
const BY_STATE: Readonly<Record<Endpoint["state"], number>> = { open: 1, failing: 2, slow: 4, well: 6 };

export const sends = ({ document }: Subscription): boolean => document.channel.type !== "inbox";

/** How soon somebody should look at a receiver: the smaller, the sooner. */
export function urgency({ subscription: { paused }, endpoint }: Known): number {
  if (paused) return CALM.has(paused.why) ? 5 : 0;
  return endpoint ? BY_STATE[endpoint.state] : 3;
}

/** @returns those in trouble first, else by name. */
export const byTrouble = (all: readonly Known[]): Known[] =>
  all.toSorted(
    (one, other) =>
      urgency(one) - urgency(other) ||
      one.subscription.document.name.localeCompare(other.subscription.document.name) ||
      one.subscription.id.localeCompare(other.subscription.id),
  );

/**
 * Which subscriptions are looked at first where they are too many to look at all: paused ones are known to be in trouble
 * without asking how their receiver does.
 */
export const lookOrder = (all: readonly Subscription[]): Subscription[] =>
  byTrouble(all.filter(sends).map((subscription) => ({ subscription, endpoint: undefined }))).map(
    ({ subscription }) => subscription,
  );
