import * as z from "zod";
import { subscriptionId } from "../domain/alert.ts";
import { deliveryId } from "../domain/delivery.ts";
import { tenantId, timestamp } from "../domain/id.ts";

const recipients = z.array(z.object({ emailAddress: z.string().max(400) })).max(50);
/** What we tagged the mail with when it was sent. */
const mail = z.object({
  tags: z.object({
    tenant: z.tuple([tenantId]),
    subscription: z.tuple([subscriptionId]),
    delivery: z.tuple([deliveryId]),
  }),
});

/**
 * What Amazon SES publishes of a mail that it had taken: that it came back, or that its reader called it unwanted. SES
 * adds to it as it likes; of what it says we read no more than this.
 */
export const mailEvent = z.discriminatedUnion("eventType", [
  z.object({
    eventType: z.literal("Bounce"),
    /** `Permanent`, `Transient` or `Undetermined`. */
    bounce: z.object({ bounceType: z.string().max(40), bouncedRecipients: recipients, timestamp }),
    mail,
  }),
  z.object({
    eventType: z.literal("Complaint"),
    complaint: z.object({ complainedRecipients: recipients, timestamp }),
    mail,
  }),
]);
export type MailEvent = z.infer<typeof mailEvent>;
