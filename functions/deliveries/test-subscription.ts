import { randomUUID } from "node:crypto";
import type { Deliveries } from "../../shared/alerts/deliveries-port.ts";
import { outgoingOf } from "../../shared/alerts/told-facts.ts";
import type { routes } from "../../shared/contracts/routes.ts";
import { newDelivery } from "../../shared/domain/delivery.ts";
import type { Subscription } from "../../shared/domain/subscription.ts";
import type { UseCase } from "../../shared/runtime/http-stack.ts";
import { type KnownSubscription, ownSubscription } from "../../shared/runtime/known-subscription.ts";
import { answer, type Result, refuse } from "../../shared/runtime/result.ts";
import type { Allowances, Limit } from "../../shared/store/allowances.ts";
import { viewDelivery } from "./delivery-view.ts";

export interface TestSubscription extends KnownSubscription {
  readonly outgoing: Deliveries;
  readonly allowances: Pick<Allowances, "take">;
}

const HOUR = 3_600;
/** Mails go to a person, everything else to a machine that somebody is setting up. */
const limitOf = ({ document }: Pick<Subscription, "document">): Limit => ({
  most: document.channel.type === "email" ? 10 : 60,
  seconds: HOUR,
});
/** They let themselves be asked, or have said no: a test is for those who read. */
const NOT_READERS: ReadonlySet<string | undefined> = new Set(["unconfirmed", "unsubscribed", "bounced"]);

/** A refusal where a subscription's channel has no such thing. */
export const refuseChannel = (detail: string, fix: string): Result<never> =>
  refuse("nothing_to_deliver_to", detail, [{ pointer: "path:/id", detail: "of another channel", fix }]);

/** Sends a subscription's receiver a message that says that it is a test; never to one who has not agreed to be written to. */
export function testSubscription(ports: TestSubscription): UseCase<(typeof routes)["test-subscription"]> {
  return async ({ caller, params: { id }, now }) => {
    const own = await ownSubscription(ports, caller, id);
    if (!own.ok) return own;
    const { document, paused, tenant } = own.value;
    if (document.channel.type === "inbox")
      return refuseChannel("The subscription goes to the inbox, where there is nothing to test.", "choose a channel");
    if (NOT_READERS.has(paused?.why))
      return refuse("subscription_paused", "Its reader has not agreed to be written to.", [
        {
          pointer: "path:/id",
          detail: `${paused?.why}`,
          fix: "enable it, and have its reader press the button of the mail",
        },
      ]);
    const test = randomUUID();
    const limit = limitOf(own.value);
    if (!(await ports.allowances.take(tenant, `test-${id}`, { id: test, by: id }, [limit], now)))
      return refuse("tested_too_often", `A test can be sent ${limit.most} times an hour.`, [
        { pointer: "path:/id", detail: "tested that often in the last hour", fix: "wait until the hour is over" },
      ]);
    const notice = { tenant: caller.tenant, subscription: { id, name: document.name } };
    const message = outgoingOf(own.value, "subscription.test", {
      at: now.toISOString(),
      data: { about: "subscription", notice },
      parts: [test],
    });
    await ports.outgoing.enqueue(message, now);
    return answer(viewDelivery(newDelivery(message, now)));
  };
}
