import type { routes } from "../../shared/contracts/routes.ts";
import type { Delivery } from "../../shared/domain/delivery.ts";
import type { UseCase } from "../../shared/runtime/http-stack.ts";
import { type KnownSubscription, readableSubscription } from "../../shared/runtime/known-subscription.ts";
import { answer } from "../../shared/runtime/result.ts";
import type { DeliveryStore } from "../../shared/store/deliveries.ts";
import { viewDelivery } from "./delivery-view.ts";
import { cursorOf } from "./log-cursor.ts";
import { logWindow } from "./log-window.ts";

export interface ListDeliveries extends KnownSubscription {
  readonly deliveries: Pick<DeliveryStore, "log">;
}

/** Most pages of the log that one request looks through for a state. */
const MOST_PAGES = 5;

/** What a subscription was sent since its limits are what they are, newest first. */
export function listDeliveries(ports: ListDeliveries): UseCase<(typeof routes)["list-deliveries"]> {
  return async ({ caller, params: { id }, query: { state, since, until, limit, cursor }, now }) => {
    const found = await readableSubscription(ports, caller, id);
    if (!found.ok) return found;
    const wanted = Number(limit);
    const window = logWindow(found.value, { since, until, cursor });
    if (!window) return answer({ deliveries: [] });
    const shown: Delivery[] = [];
    let { after } = window;
    for (let page = 0; page < MOST_PAGES && shown.length < wanted; page += 1) {
      const asked = { ...window, ...(after !== undefined && { after }), limit: wanted - shown.length };
      const { deliveries, next } = await ports.deliveries.log(caller.tenant, id, asked, now);
      shown.push(...deliveries.filter((delivery) => state === undefined || delivery.state === state));
      after = next;
      if (next === undefined) break;
    }
    return answer({
      deliveries: shown.map(viewDelivery),
      ...(after !== undefined && { cursor: cursorOf(after) }),
    });
  };
}
