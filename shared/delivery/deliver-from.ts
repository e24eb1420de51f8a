import { SESv2Client } from "@aws-sdk/client-sesv2";
import * as z from "zod";
import { notePaused } from "../alerts/note-paused.ts";
import { deliveryMessage } from "../contracts/delivery-message.ts";
import { mailEvent } from "../contracts/mail-event.ts";
import type { Subscription } from "../domain/subscription.ts";
import { openAddress } from "../keys/addresses.ts";
import { sqsClient } from "../queue/item-queue.ts";
import { ownQueue } from "../queue/own-queue.ts";
import { systemClock } from "../runtime/clock.ts";
import { readConfig } from "../runtime/config.ts";
import { queueStack } from "../runtime/queue-stack.ts";
import { keysByKms } from "../runtime/tenant-context.ts";
import { alertStore } from "../store/alerts.ts";
import { deliveryStore } from "../store/deliveries.ts";
import { endpointStore } from "../store/endpoints.ts";
import { subscriptionStore } from "../store/subscriptions.ts";
import { documentClient } from "../store/table.ts";
import { attemptDelivery } from "./attempt-delivery.ts";
import { chatBody } from "./chat-body.ts";
import { chatSender } from "./chat-sender.ts";
import { deliveries } from "./deliveries.ts";
import { deliveryQueue } from "./delivery-queue.ts";
import { type EmailSender, emailSender } from "./email/email-sender.ts";
import { noteMailEvent } from "./email/note-mail-event.ts";
import { endpointSlots } from "./endpoint-slots.ts";
import { readAllowedHosts } from "./endpoint-url.ts";
import { guardedPost } from "./guarded-post.ts";
import type { DeliveryLane } from "./plan-attempt.ts";
import { nameResolver } from "./resolve-name.ts";
import { tellOwner } from "./tell-owner.ts";
import { webhookSender } from "./webhook-sender.ts";

/** Requests at one endpoint at the same time, of one execution environment. */
const SLOTS = 2;

/**
 * The step behind one of the two queues of deliveries, wired from the environment. `DELIVERY_HOSTS` is set on one machine
 * and in tests only: an exact allowlist of what the guard would refuse.
 */
export function deliverFrom(lane: DeliveryLane) {
  const config = readConfig([
    "TABLE_DELIVERIES",
    "TABLE_DIRECTORY",
    "KEY_CONTENT",
    "QUEUE_DELIVERIES",
    "QUEUE_RETRIES",
    "QUEUE_SELF",
    "QUEUE_DEAD",
    "CONSOLE_ORIGIN",
  ]);
  const client = documentClient();
  const directory = { client, name: config.TABLE_DIRECTORY };
  const table = { client, name: config.TABLE_DELIVERIES };
  const sqs = sqsClient();
  const keys = keysByKms(directory, config.KEY_CONTENT, systemClock);
  const store = deliveryStore(table);
  const subscriptions = subscriptionStore(directory);
  const post = guardedPost({
    resolve: nameResolver(),
    allowed: readAllowedHosts(process.env.DELIVERY_HOSTS ?? ""),
  });
  const origin = config.CONSOLE_ORIGIN;
  const addressOf = async (subscription: Subscription): Promise<string | undefined> => {
    const sealed = await subscriptions.sealedAddress(subscription.tenant, subscription.id);
    return sealed && openAddress(keys, subscription, sealed);
  };
  const chat = chatSender({
    post,
    addressOf,
    bodyOf: (outgoing, subscription) => chatBody(outgoing, subscription, origin),
  });
  const toInbox = notePaused({ alerts: alertStore(table) });
  const owner = tellOwner({
    subscriptions,
    deliveries: deliveries({ store, keys, queue: deliveryQueue(sqs, config.QUEUE_DELIVERIES) }),
    notePaused: toInbox,
  });
  const attempt = attemptDelivery({
    deliveries: store,
    endpoints: endpointStore(table),
    subscriptions,
    keys,
    senders: { webhook: webhookSender({ post, addressOf }), slack: chat, teams: chat, ...mail({ keys, origin }) },
    retries: deliveryQueue(sqs, config.QUEUE_RETRIES),
    tellOwner: owner,
    notePaused: toInbox,
    lane,
    slots: endpointSlots(SLOTS),
    clock: systemClock,
    random: Math.random,
  });
  const note = noteMailEvent({ subscriptions, deliveries: store, tellOwner: owner });
  // What SES says of mails that it took comes by the queue of what is in no hurry.
  return queueStack(
    z.union([deliveryMessage, mailEvent]),
    ownQueue(sqs, config.QUEUE_SELF, config.QUEUE_DEAD),
    (message) => ("eventType" in message ? note(message, systemClock()) : attempt(message)),
  );
}

/** By e-mail, where the deployment has an address to send from. */
function mail(of: Pick<EmailSender, "keys" | "origin">) {
  if (!process.env.MAIL_FROM) return {};
  const { MAIL_FROM: from, MAIL_CONFIGURATION: configurationSet } = readConfig(["MAIL_FROM", "MAIL_CONFIGURATION"]);
  // The delivery itself is tried again: more tries here would only keep others waiting.
  return { email: emailSender({ ...of, ses: new SESv2Client({ maxAttempts: 2 }), from, configurationSet }) };
}
