import { randomUUID } from "node:crypto";
import { MOST_REPLAYED } from "../../shared/contracts/delivery-routes.ts";
import type { routes } from "../../shared/contracts/routes.ts";
import { isReplayable } from "../../shared/domain/replayable.ts";
import type { UseCase } from "../../shared/runtime/http-stack.ts";
import { type KnownSubscription, ownSubscription } from "../../shared/runtime/known-subscription.ts";
import { answer } from "../../shared/runtime/result.ts";
import type { DeliveryStore } from "../../shared/store/deliveries.ts";
import { cursorOf } from "./log-cursor.ts";
import { logWindow } from "./log-window.ts";
import { refusePaused } from "./refuse-paused.ts";
import { type Replay, replay } from "./replay.ts";
import { allowedOf, type ReplayAllowance, replayedTooOften, roomForReplays } from "./replay-allowance.ts";

export interface ReplayDeliveries extends KnownSubscription, Replay, ReplayAllowance {
  readonly deliveries: Pick<DeliveryStore, "log" | "change">;
}

/** Sends a window of a subscription's deliveries again, a page of it. */
export function replayDeliveries(ports: ReplayDeliveries): UseCase<(typeof routes)["replay-deliveries"]> {
  return async ({ caller, params: { id }, body: { since, until, states, cursor }, now }) => {
    const own = await ownSubscription(ports, caller, id);
    if (!own.ok) return own;
    if (own.value.paused) return refusePaused();
    const window = logWindow(own.value, { since, until, cursor });
    if (!window) return answer({ replayed: 0 });
    const limit = await roomForReplays(ports, own.value, randomUUID(), MOST_REPLAYED, now);
    if (limit === 0) return replayedTooOften();
    const page = await ports.deliveries.log(caller.tenant, id, { ...window, limit }, now);
    const chosen = page.deliveries.filter((one) => states.some((wanted) => wanted === one.state) && isReplayable(one));
    const waiting = await replay(ports, caller, id, await allowedOf(ports, own.value, chosen, now), now);
    return answer({
      replayed: waiting.length,
      ...(page.next !== undefined && { cursor: cursorOf(page.next) }),
    });
  };
}
