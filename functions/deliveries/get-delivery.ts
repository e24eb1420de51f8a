import type { routes } from "../../shared/contracts/routes.ts";
import type { UseCase } from "../../shared/runtime/http-stack.ts";
import { answer } from "../../shared/runtime/result.ts";
import { viewDelivery } from "./delivery-view.ts";
import { type KnownDelivery, knownDelivery } from "./known-delivery.ts";

/** One delivery and how it went. */
export function getDelivery(ports: KnownDelivery): UseCase<(typeof routes)["get-delivery"]> {
  return async ({ caller, params: { id }, now }) => {
    const found = await knownDelivery(ports, caller, id, now);
    return found.ok ? answer(viewDelivery(found.value.delivery)) : found;
  };
}
