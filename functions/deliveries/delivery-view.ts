import type { DeliveryView } from "../../shared/contracts/delivery-routes.ts";
import type { Delivery } from "../../shared/domain/delivery.ts";
import { explainAttempt, explainDelivery } from "../../shared/domain/explain-delivery.ts";

/** A delivery as the log shows it: how it went and why, never what it told. */
export function viewDelivery(delivery: Delivery): DeliveryView {
  const { tenant: _, version: __, round: ___, attempts, ...shown } = delivery;
  const means = explainDelivery(delivery);
  return {
    ...shown,
    attempts: attempts.map((attempt) => ({ ...attempt, means: explainAttempt(attempt) })),
    ...(means !== undefined && { means }),
  };
}
