import * as z from "zod";
import { subscriptionId } from "../domain/alert.ts";
import { delivery } from "../domain/delivery.ts";
import { tenantId } from "../domain/id.ts";

/** That a delivery is to be tried, as it stood in this version: what has moved on since is not meant any more. */
export const deliveryMessage = z.strictObject({
  v: z.literal(1),
  tenant: tenantId,
  subscription: subscriptionId,
  delivery: delivery.shape.id,
  version: delivery.shape.version,
});
export type DeliveryMessage = z.infer<typeof deliveryMessage>;
