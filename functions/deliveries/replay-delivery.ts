import type { routes } from "../../shared/contracts/routes.ts";
import { isTooOld } from "../../shared/domain/delivery.ts";
import { isReplayable } from "../../shared/domain/replayable.ts";
import type { UseCase } from "../../shared/runtime/http-stack.ts";
import { ownSubscription } from "../../shared/runtime/known-subscription.ts";
import { answer, notFound, refuse } from "../../shared/runtime/result.ts";
import { viewDelivery } from "./delivery-view.ts";
import { type KnownDelivery, knownDelivery } from "./known-delivery.ts";
import { refusePaused } from "./refuse-paused.ts";
import { type Replay, replay } from "./replay.ts";
import { mayReplay, type ReplayAllowance, replayedTooOften } from "./replay-allowance.ts";

/** Sends one delivery again. */
export function replayDelivery(
  ports: KnownDelivery & Replay & ReplayAllowance,
): UseCase<(typeof routes)["replay-delivery"]> {
  return async ({ caller, params: { id }, now }) => {
    const found = await knownDelivery(ports, caller, id, now);
    if (!found.ok) return found;
    const { delivery, subscription } = found.value;
    const own = await ownSubscription(ports, caller, subscription.id);
    if (!own.ok) return own;
    if (subscription.paused) return refusePaused();
    if (isTooOld(delivery, now))
      return notFound("The delivery is too old to be sent again.", "deliveries can be replayed for 30 days");
    if (!isReplayable(delivery))
      return refuse("nothing_to_deliver_to", "A test or a mail that asks its reader is not sent again.", [
        {
          pointer: "path:/id",
          detail: delivery.type,
          fix: "send another test, or enable the subscription to ask again",
        },
      ]);
    if (!(await mayReplay(ports, subscription, delivery, now))) return replayedTooOften();
    const [waiting] = await replay(ports, caller, subscription.id, [delivery], now);
    // Where it is about to be tried anyway, or somebody else was faster, it stands as it does.
    const standing = waiting ?? (await ports.deliveries.get({ tenant: caller.tenant, id }, now))?.delivery;
    return answer(viewDelivery(standing ?? delivery));
  };
}
