import { coversBrands } from "../../shared/alerts/may-hear.ts";
import type { Fault } from "../../shared/contracts/problem.ts";
import { mayRead, type Subscription } from "../../shared/domain/subscription.ts";
import type { Caller } from "../../shared/domain/tenant.ts";
import { type Result, refuse } from "../../shared/runtime/result.ts";

type Named = Pick<Subscription, "document" | "owner">;

const POINTER = "/document/duty/escalateTo";
/** Most that a refusal names: a tenant may have a thousand. */
const MOST_NAMED = 10;

/** Why a duty of one subscription would not reach another, as far as the two say; undefined where it would. */
export function whyNotReached(to: Subscription | undefined, from: Named): Omit<Fault, "pointer"> | undefined {
  const { actor, role, brands } = from.owner;
  if (!to || !mayRead({ actor, role, ...(brands ? { brands } : {}) }, to))
    return { detail: "not known", fix: "name one that you may see" };
  const { channel } = to.document;
  if (channel.type === "webhook" && channel.stream)
    return { detail: "a stream, which nobody reads", fix: "name one that somebody reads" };
  if (!coversBrands(to, from))
    return { detail: "hears of fewer brands than this one", fix: "name one that hears of all of them" };
  return undefined;
}

/** What is wrong with whom a subscription passes its duties on to. @param before whom it did before */
export function dutyFaults(
  from: Pick<Subscription, "id" | "document" | "owner">,
  to: Subscription | undefined,
  before: string | undefined,
): Fault[] {
  const { duty } = from.document;
  if (!duty) return [];
  if (duty.escalateTo === from.id)
    return [{ pointer: POINTER, detail: "the subscription itself", fix: "name another one" }];
  const why = whyNotReached(to, from);
  if (why) return [{ pointer: POINTER, ...why }];
  // One that came to stand still later keeps nobody from changing something else: its duties are told elsewhere meanwhile.
  if (to?.paused && duty.escalateTo !== before)
    return [{ pointer: POINTER, detail: "is paused", fix: "enable it first, or name one that is active" }];
  return [];
}

/** Those that pass their duties on to one. */
export const dependantsOf = (id: string, all: readonly Subscription[]): readonly Subscription[] =>
  all.filter((one) => one.id !== id && one.document.duty?.escalateTo === id);

/** A refusal where duties would reach nobody any more. Of those that the caller may not see it says how many they are. */
export function stillNeeded(caller: Caller, dependants: readonly Subscription[]): Result<never> {
  const pointer = "path:/id";
  const fix = "have it pass its duties on to another one first";
  const seen = dependants.filter((one) => mayRead(caller, one));
  const named = seen.slice(0, MOST_NAMED).map(({ id }): Fault => ({ pointer, detail: `${id} names it`, fix }));
  const more = dependants.length - named.length;
  return refuse("subscription_needed", "Duties that nobody acknowledges are passed on to this subscription.", [
    ...named,
    ...(more > 0 ? [{ pointer, detail: `${more} more name it`, fix: "ask a lead or an admin to change them" }] : []),
  ]);
}
