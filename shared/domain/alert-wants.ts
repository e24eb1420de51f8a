import * as z from "zod";
import type { EventFacts } from "./alert-event.ts";
import { PLACES, type Place } from "./alert-place.ts";
import type { Verdict } from "./verdict.ts";

/** Kinds of which verdicts that allowed are wanted. */
export const kindsAllowed = z.array(z.enum(["post", "review", "audience"])).max(3);

/** What a tenant's subscriptions want of the topics, all together. */
export const alertWants = z.strictObject({
  places: z.array(z.enum(PLACES)).max(PLACES.length),
  /** Kinds of which verdicts that allowed are wanted, too. */
  allowed: kindsAllowed,
});
export type AlertWants = z.infer<typeof alertWants>;

export const NO_ALERTS: AlertWants = { places: [], allowed: [] };

/** Places of which a verdict may be news. */
const placesOf = ({ ref }: Pick<Verdict, "ref">): readonly Place[] =>
  ref.kind === "audience" || ref.kind === "follow"
    ? ["audience"]
    : ref.kind === "review"
      ? ["verdict", "target"]
      : ["verdict"];

/** A tenant's settings on what leaves the topics for its alerts and its feed. */
interface Wanting {
  readonly alerts: AlertWants;
  readonly eventFeed: boolean;
  readonly feedAllowed: AlertWants["allowed"];
}

const kindOf = ({ kind }: Pick<Verdict["ref"], "kind">) => (kind === "follow" ? "audience" : kind);

/** Does somebody want to hear of a verdict, or the feed hold it, so that it must reach the queue of alerts? */
export function isWanted(made: Pick<Verdict, "ref" | "action">, wanting: Wanting): boolean {
  const { alerts, eventFeed } = wanting;
  if (made.action === "allow") return alerts.allowed.includes(kindOf(made.ref)) || holdsAllowed(made.ref, wanting);
  return eventFeed || placesOf(made).some((place) => alerts.places.includes(place));
}

const holdsAllowed = (ref: Pick<Verdict["ref"], "kind">, { eventFeed, feedAllowed }: Wanting): boolean =>
  eventFeed && feedAllowed.includes(kindOf(ref));

/** Does an event belong into the tenant's feed? That a subscription wants what was allowed puts it into no feed. */
export const isForFeed = ({ type, item }: Pick<EventFacts, "type" | "item">, wanting: Wanting): boolean =>
  (type === "verdict.allowed" || type === "audience.allowed") && item
    ? holdsAllowed(item.ref, wanting)
    : wanting.eventFeed;
