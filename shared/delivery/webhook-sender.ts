import type { Outgoing } from "../domain/outgoing.ts";
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

/** Webhooks by the Standard Webhooks specification, with a CloudEvents body. */
export function webhookSender(post: GuardedPost): ChannelSender {
  return async ({ outgoing, subscription: { document }, secrets, now, patience }) => {
    if (document.channel.type !== "webhook") return { kind: "refused", reason: "not_a_webhook" };
    const body = webhookBody(outgoing);
    return post({
      url: document.channel.url,
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
