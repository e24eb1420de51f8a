import { isHidden } from "../alerts/check-receiver.ts";
import type { Outgoing } from "../domain/outgoing.ts";
import type { Subscription } from "../domain/subscription.ts";
import { toAsciiJson } from "../runtime/read-json.ts";
import type { ChannelSender } from "./channel-sender.ts";
import { makeCloudEvent, subjectOf as subjectOfEvent } from "./cloud-event.ts";
import type { GuardedPost } from "./guarded-post.ts";
import { signWebhook } from "./sign-webhook.ts";

/** What a message tells of: the item, the alert or the subscription. */
function subjectOf({ data }: Outgoing): string {
  switch (data.about) {
    case "event":
      return subjectOfEvent(data.event);
    case "alert":
      return data.alert.id;
    case "alerts":
      return data.alerts.subscription.id;
    case "subscription":
      return data.notice.subscription.id;
  }
}

/** The facts without the word that says which they are: `type` says it already. */
function factsOf({ data }: Outgoing): Record<string, unknown> {
  switch (data.about) {
    case "event":
      return data.event;
    case "alert":
      return data.alert;
    case "alerts":
      return data.alerts;
    case "subscription":
      return data.notice;
  }
}

/** The body of a webhook, in ASCII. The same message gives the same text, at every attempt. */
export const webhookBody = (outgoing: Outgoing): string =>
  toAsciiJson(
    makeCloudEvent(outgoing.tenant, {
      id: outgoing.data.about === "event" ? outgoing.data.event.id : outgoing.id,
      type: `touchstone.${outgoing.type}`,
      subject: subjectOf(outgoing),
      time: outgoing.at,
      data: factsOf(outgoing),
    }),
  );

export interface WebhookSender {
  readonly post: GuardedPost;
  /** The whole address where it stands sealed; undefined where it is gone. */
  readonly addressOf: (subscription: Subscription) => Promise<string | undefined>;
}

/** Webhooks by the Standard Webhooks specification, with a CloudEvents body. */
export function webhookSender({ post, addressOf }: WebhookSender): ChannelSender {
  return async ({ outgoing, subscription, secrets, now, patience }) => {
    const { channel } = subscription.document;
    if (channel.type !== "webhook") return { kind: "refused", reason: "not_a_webhook" };
    const url = isHidden(channel.url) ? await addressOf(subscription) : channel.url;
    if (url === undefined) return { kind: "refused", reason: "address_missing" };
    const body = webhookBody(outgoing);
    return post({
      url,
      headers: {
        "content-type": "application/cloudevents+json",
        "user-agent": "Touchstone-Webhooks/1",
        accept: "*/*",
        "accept-encoding": "identity",
        ...signWebhook(outgoing.id, now, body, secrets),
      },
      body,
      patience,
    });
  };
}
