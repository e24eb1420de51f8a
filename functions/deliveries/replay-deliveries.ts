import { MOST_REPLAYED } from "../../shared/contracts/delivery-routes.ts";
import type { routes } from "../../shared/contracts/routes.ts";
import type { UseCase } from "../../shared/runtime/http-stack.ts";
import { type KnownSubscription, ownSubscription } from "../../shared/runtime/known-subscription.ts";
import { answer } from "../../shared/runtime/result.ts";
import type { DeliveryStore } from "../../shared/store/deliveries.ts";
import { afterCursor, cursorOf } from "./log-cursor.ts";
import { refusePaused } from "./refuse-paused.ts";
import { type Replay, replay } from "./replay.ts";

export interface ReplayDeliveries extends KnownSubscription, Replay {
  readonly deliveries: Pick<DeliveryStore, "log" | "change">;
}

/** Sends a window of a subscription's deliveries again, a page of it. */
export function replayDeliveries(ports: ReplayDeliveries): UseCase<(typeof routes)["replay-deliveries"]> {
  return async ({ caller, params: { id }, body: { since, until, states, cursor }, now }) => {
    const own = await ownSubscription(ports, caller, id);
    if (!own.ok) return own;
    if (own.value.paused) return refusePaused();
    const after = afterCursor(cursor);
    const asked = {
      since: new Date(since),
      ...(until && { until: new Date(until) }),
      ...(after !== undefined && { after }),
      limit: MOST_REPLAYED,
    };
    const page = await ports.deliveries.log(caller.tenant, id, asked, now);
    const chosen = page.deliveries.filter(
      // A test of long ago tells nobody anything.
      ({ state, type }) => states.some((wanted) => wanted === state) && type !== "subscription.test",
    );
    const waiting = await replay(ports, caller, id, chosen, now);
    return answer({
      replayed: waiting.length,
      ...(page.next !== undefined && { cursor: cursorOf(page.next) }),
    });
  };
}
