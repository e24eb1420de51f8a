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

/** The end of a chat room's address as it is shown; sent back, the address stays as it was. */
const HIDDEN = "/…";

export const isHidden = (url: string): boolean => url.endsWith(HIDDEN) || url.endsWith(encodeURI(HIDDEN));

/** A channel as it is stored and shown, and the address that only deliveries may know. */
export function hideAddress(channel: Channel): { readonly shown: Channel; readonly address?: string } {
  if (channel.type !== "slack" && channel.type !== "teams") return { shown: channel };
  if (isHidden(channel.url)) return { shown: channel };
  return { shown: { ...channel, url: `${new URL(channel.url).origin}${HIDDEN}` }, address: channel.url };
}
