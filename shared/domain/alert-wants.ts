import * as z from "zod";
import { PLACES, type Place } from "./alert-place.ts";
import type { Verdict } from "./verdict.ts";

/** What a tenant's subscriptions want of the topics, all together. */
export const alertWants = z.strictObject({
  places: z.array(z.enum(PLACES)).max(PLACES.length),
  /** Kinds of which verdicts that allowed are wanted, too. */
  allowed: z.array(z.enum(["post", "review", "audience"])).max(3),
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

/** Does somebody want to hear of a verdict, so that it must reach the queue of alerts? */
export function isWanted(
  made: Pick<Verdict, "ref" | "action">,
  { alerts, eventFeed }: { readonly alerts: AlertWants; readonly eventFeed: boolean },
): boolean {
  if (made.action === "allow") return alerts.allowed.includes(made.ref.kind === "follow" ? "audience" : made.ref.kind);
  return eventFeed || placesOf(made).some((place) => alerts.places.includes(place));
}
