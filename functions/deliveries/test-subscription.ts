import { randomUUID } from "node:crypto";
import type { Deliveries } from "../../shared/alerts/deliveries-port.ts";
import { outgoingOf } from "../../shared/alerts/told-facts.ts";
import type { routes } from "../../shared/contracts/routes.ts";
import { newDelivery } from "../../shared/domain/delivery.ts";
import type { UseCase } from "../../shared/runtime/http-stack.ts";
import { type KnownSubscription, ownSubscription } from "../../shared/runtime/known-subscription.ts";
import { answer, type Result, refuse } from "../../shared/runtime/result.ts";
import { viewDelivery } from "./delivery-view.ts";

export interface TestSubscription extends KnownSubscription {
  readonly outgoing: Deliveries;
}

/** A refusal where a subscription's channel has no such thing. */
export const refuseChannel = (detail: string, fix: string): Result<never> =>
  refuse("nothing_to_deliver_to", detail, [{ pointer: "path:/id", detail: "of another channel", fix }]);

/** Sends a subscription's receiver a message that says that it is a test. */
export function testSubscription(ports: TestSubscription): UseCase<(typeof routes)["test-subscription"]> {
  return async ({ caller, params: { id }, now }) => {
    const own = await ownSubscription(ports, caller, id);
    if (!own.ok) return own;
    const { document } = own.value;
    if (document.channel.type === "inbox")
      return refuseChannel("The subscription goes to the inbox, where there is nothing to test.", "choose a channel");
    const notice = { tenant: caller.tenant, subscription: { id, name: document.name } };
    const message = outgoingOf(own.value, "subscription.test", {
      at: now.toISOString(),
      data: { about: "subscription", notice },
      parts: [randomUUID()],
    });
    await ports.outgoing.enqueue(message, now);
    return answer(viewDelivery(newDelivery(message, now)));
  };
}
