import type { AnswerOf } from "../api/route-types.ts";

export type Subscription = AnswerOf<"get-subscription">;
type Document = Subscription["document"];
type Paused = NonNullable<Subscription["paused"]>;

export const CHANNEL_WORDS: Readonly<Record<Document["channel"]["type"], string>> = {
  inbox: "Inbox of alerts only",
  webhook: "Webhook",
  slack: "Slack room",
  teams: "Teams room",
  email: "E-mail",
};

/** Where it goes. */
export const channelWords = ({ channel }: Pick<Document, "channel">): string =>
  channel.type === "inbox"
    ? CHANNEL_WORDS.inbox
    : `${CHANNEL_WORDS[channel.type]} ${channel.type === "email" ? channel.to : channel.url}`;

/** By the code of the pause; one that is new to this page is shown by its code. */
const PAUSED: Readonly<Record<string, string>> = {
  gone: "Its receiver answered that it is gone (410). Correct the address, then enable it.",
  failing: "Its receiver failed for days. Mend the receiver, then enable it.",
  unsubscribed: "Its reader unsubscribed. Enabling it asks them again.",
  unconfirmed: "It waits for its reader to confirm the address, by the link in the mail that they were sent.",
  bounced: "Mails to its address came back, or its reader called them unwanted. Correct the address, then enable it.",
  owner_gone: "Whoever made it has no right to it any more. Enable it to take it over.",
};

/** Why a subscription stands still, and what makes it go on. */
export const pausedWords = ({ why, by }: Paused): string =>
  why === "by_hand"
    ? `Disabled${by === undefined ? "" : ` by ${by}`}. Enable it to let it go on.`
    : (PAUSED[why] ?? `It is paused: ${why.replaceAll("_", " ")}.`);
