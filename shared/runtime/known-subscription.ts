import { mayChange, mayRead, type Subscription } from "../domain/subscription.ts";
import type { Caller } from "../domain/tenant.ts";
import type { Subscriptions } from "../store/subscriptions.ts";
import { notFound, type Result, refuse } from "./result.ts";

export interface KnownSubscription {
  readonly subscriptions: Pick<Subscriptions, "get">;
}

const unknown = (): Result<never> =>
  notFound("No subscription of this id is known to you.", "use an id that GET /v1/subscriptions lists");

/** The subscription, where the caller may read it; one of others is not known to it. */
export async function readableSubscription(
  { subscriptions }: KnownSubscription,
  asker: Caller,
  id: string,
): Promise<Result<Subscription>> {
  const found = await subscriptions.get(asker.tenant, id);
  return found && mayRead(asker, found) ? { ok: true, value: found } : unknown();
}

/** The subscription, where the caller may change it. */
export async function ownSubscription(
  ports: KnownSubscription,
  asker: Caller,
  id: string,
): Promise<Result<Subscription>> {
  const found = await readableSubscription(ports, asker, id);
  if (!found.ok || mayChange(asker, found.value)) return found;
  return refuse("forbidden", "The subscription is another's; you may read it only.", [
    { pointer: "path:/id", detail: "made by somebody else", fix: "ask whoever made it, a lead or an admin" },
  ]);
}
