import { createHmac } from "node:crypto";
import { keyOfSecret } from "./webhook-secret.ts";

/**
 * The headers by which a receiver knows who sent a webhook and when (Standard Webhooks 1.0): a signature for each secret,
 * so that receivers can change theirs at any time while two hold.
 * @param id stays the same through all attempts
 * @param at the time of this attempt
 * @param body exactly the text that is sent
 * @param secrets `whsec_…`
 */
export function signWebhook(
  id: string,
  at: Date,
  body: string,
  secrets: readonly string[],
): Readonly<Record<"webhook-id" | "webhook-timestamp" | "webhook-signature", string>> {
  const timestamp = String(Math.floor(at.getTime() / 1000));
  const signed = secrets.map(
    (secret) => `v1,${createHmac("sha256", keyOfSecret(secret)).update(`${id}.${timestamp}.${body}`).digest("base64")}`,
  );
  return { "webhook-id": id, "webhook-timestamp": timestamp, "webhook-signature": signed.join(" ") };
}
