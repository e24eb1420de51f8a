import { createHash } from "node:crypto";
import type { Alert } from "../domain/alert.ts";
import type { Subscription } from "../domain/subscription.ts";
import { brandsOf } from "./match-subscriptions.ts";

type Limited = Pick<Subscription, "document" | "owner">;

/** To what a subscription is limited, as a short code; undefined where to nothing. */
export function limitsOf(of: Limited): string | undefined {
  const brands = brandsOf(of);
  if (!brands) return undefined;
  const all = JSON.stringify([of.owner.role === "brand", [...brands].sort()]);
  return createHash("sha256").update(all).digest("base64url").slice(0, 16);
}

/** Does one hear of every brand that the other hears of? */
export function coversBrands(to: Limited, from: Limited): boolean {
  const limits = brandsOf(to);
  if (!limits) return true;
  const heard = brandsOf(from);
  return heard !== undefined && [...heard].every((brand) => limits.has(brand));
}

/** One that is limited to brands hears of no others, and a brand of nothing private, whoever passes an alert on to it. */
export function mayHear(to: Limited, { brands, first }: Pick<Alert, "brands" | "first">): boolean {
  if (to.owner.role === "brand" && first.item?.visibility !== "public") return false;
  const limits = brandsOf(to);
  return !limits || brands?.every((brand) => limits.has(brand)) === true;
}

/** Is a subscription told more of an alert of its own? Not of one that is older than itself, or that began under wider limits. */
export const hearsMore = (
  of: Limited & Pick<Subscription, "createdAt">,
  alert: Pick<Alert, "brands" | "first" | "openedAt">,
): boolean => Date.parse(alert.openedAt) >= Date.parse(of.createdAt) && mayHear(of, alert);
