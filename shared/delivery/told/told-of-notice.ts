import type * as z from "zod";
import type { MessageType, noticeFacts } from "../../domain/outgoing.ts";
import { momentIn } from "./moments.ts";
import { plainWords, unlinkedWords } from "./plain-words.ts";
import type { Reader, Told } from "./told.ts";

/** Why one stands still, as its code, and what to do. */
const PAUSED: Readonly<Record<string, string>> = {
  gone: "Its receiver answered that it is gone (410). Correct the address, then enable it.",
  failing: "Its receiver has failed for days. Mend it, then enable the subscription and replay what was missed.",
  unsubscribed: "Its reader unsubscribed.",
  unconfirmed: "Nobody has confirmed its address.",
  by_hand: "Somebody paused it.",
  bounced: "Mails to its address came back. Correct the address, which is asked then.",
  owner_gone: "Whoever made it may not hear of this any more. Whoever enables it takes it over.",
};

/** What a subscription is told of itself: a test, or that another one of its owner stands still. */
export function toldOfNotice(
  type: MessageType,
  { subscription, why = "", tenant }: z.infer<typeof noticeFacts>,
  at: string,
  { origin, timeZone }: Reader,
): Told {
  const name = unlinkedWords(subscription.name);
  const isTest = type === "subscription.test";
  return {
    title: isTest ? `A test of "${name}"` : `The subscription "${name}" is paused`,
    lead: isTest
      ? ["Somebody asked for this message to see whether it arrives. It does; nothing has happened."]
      : [PAUSED[why] ?? "See the console for the reason.", "Until it is enabled again it sends nothing."],
    facts: [
      { name: "Tenant", words: plainWords(tenant, 40) },
      { name: "When", words: momentIn(at, timeZone) },
    ],
    action: { words: "Open the subscription", url: `${origin}/subscriptions/${subscription.id}` },
  };
}
