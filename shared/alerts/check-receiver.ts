import { type AllowedHosts, readEndpointUrl, type UrlRefusal } from "../delivery/endpoint-url.ts";
import type { Channel } from "../domain/subscription.ts";
import type { SubscriptionFault } from "./check-subscription.ts";

const WORDS: Record<UrlRefusal, readonly [detail: string, fix: string]> = {
  not_a_url: ["not an address", "write it as https://host/path"],
  url_too_long: ["longer than 2,048 characters", "use a shorter one"],
  not_https: ["not https", "write https://"],
  url_with_credentials: ["a user name or password in it", "leave them out: messages are signed"],
  port_not_allowed: ["a port that nothing is sent to", "use 443 or 8443"],
  not_a_public_name: ["not a public host name", "use a name that everybody can look up"],
};

/** What is wrong with where a channel leads, as far as its spelling says. */
export function checkReceiver(channel: Channel, allowed: AllowedHosts): readonly SubscriptionFault[] {
  if (!("url" in channel)) return [];
  const read = readEndpointUrl(channel.url, allowed);
  if (!("refused" in read)) return [];
  const [detail, fix] = WORDS[read.refused];
  return [{ pointer: "/document/channel/url", detail, fix }];
}

/** The ends of addresses as they are shown: of a chat room, and of a webhook's query. Sent back, the address stays as it was. */
const HIDDEN = { room: "/…", query: "?…" } as const;
const ENDS = Object.values(HIDDEN).flatMap((end) => [end, encodeURI(end)]);

export const isHidden = (url: string): boolean => ENDS.some((end) => url.endsWith(end));

/**
 * A channel as it is stored and shown, and the address that only deliveries may know: whoever knows a chat room's can
 * write there, and in a query tokens are usual.
 */
export function hideAddress(channel: Channel): { readonly shown: Channel; readonly address?: string } {
  if (!("url" in channel)) return { shown: channel };
  // Programs that read addresses write the end in their own way.
  if (isHidden(channel.url)) return { shown: { ...channel, url: channel.url.replace(encodeURI("…"), "…") } };
  const { origin, pathname, search } = new URL(channel.url);
  if (channel.type !== "webhook")
    return { shown: { ...channel, url: `${origin}${HIDDEN.room}` }, address: channel.url };
  if (search === "") return { shown: channel };
  return { shown: { ...channel, url: `${origin}${pathname}${HIDDEN.query}` }, address: channel.url };
}
