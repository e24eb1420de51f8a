import type { Attempt, Delivery } from "./delivery.ts";

/** What a code means, for whoever runs the receiver, and what to do. */
const MEANINGS: Readonly<Record<string, string>> = {
  delivered: "The receiver took it.",
  // Before anything was sent.
  not_a_url: "The address is not one. Correct it in the subscription.",
  url_too_long: "The address is over 2,048 characters. Shorten it in the subscription.",
  not_https: "The address does not begin with https://. Correct it in the subscription.",
  url_with_credentials: "The address holds a user name or password. Take them out; the signature proves who sends.",
  port_not_allowed: "Only the ports 443 and 8443 are called. Move the receiver to one of them.",
  not_a_public_name: "The address has no public name. Give the receiver a name that everybody can resolve.",
  not_an_address: "The name leads to something that is no address. Look at its DNS records.",
  address_not_public:
    "The name leads to an address that is not public (private, loopback, link-local, metadata or the like), which is never called. Look at its DNS records.",
  name_not_resolved: "The name could not be resolved. Look at its DNS records and name servers.",
  request_not_writable: "The address holds characters that no request can. Correct it in the subscription.",
  // No answer.
  connection_refused: "Nothing listens there. Start the receiver, or correct the address.",
  connection_timed_out: "No connection within 3 seconds. Look at the receiver and its firewall.",
  connection_reset: "The connection ended before an answer came. Look at the receiver's log.",
  unreachable: "There is no way to that address. Look at the receiver's network.",
  answer_timed_out:
    "No answer within 10 seconds. Answer 2xx as soon as the message is stored, and work on it afterwards.",
  not_http: "What came back is not HTTP. Look what listens there.",
  certificate_not_trusted: "The certificate is not signed by an authority that is trusted. Install its whole chain.",
  certificate_expired: "The certificate is out of date, or not yet valid. Renew it.",
  certificate_of_another_name: "The certificate is for another name. Install one for this name.",
  tls_failed: "No secure connection came about. TLS 1.2 or 1.3 is needed.",
  // What follows.
  gone: "The receiver answered that it wants nothing any more (410; of Slack, 404, too). The subscription was paused.",
  attempts_used_up: "Ten attempts over three days failed. Mend the receiver, then replay it.",
  waited_too_long:
    "The endpoint was failing for four days, so that it was not tried to the end. Mend it, then replay it.",
  endpoint_failing: "The endpoint is failing; it waits until one attempt shows that it lives again.",
  endpoint_busy:
    "More waits for the endpoint than it takes at a time; it waits its turn. Answer sooner to let more in.",
  test: "A test is tried once. Send another when the cause is mended.",
  channel_unavailable: "The subscription's channel cannot be sent to from here. Choose another, then replay it.",
  address_missing: "The whole address is not stored any more. Enter it again, then replay it.",
  not_a_mailbox: "The subscription's channel was changed while it was sent. Replay it.",
  not_a_webhook: "The subscription's channel was changed while it was sent. Replay it.",
  subscription_deleted: "The subscription was deleted before it was sent.",
  limits_narrowed:
    "It was made before the subscription's limits became what they are. Whoever reads it now may not hear of it, so that it is not sent; the alert is in the inbox.",
  paused_by_hand: "The subscription was paused before it was sent. Resume it, then replay it.",
  paused_gone: "The subscription was paused because the receiver wants nothing any more. Enable it, then replay it.",
  paused_failing: "The subscription was paused because its endpoint had failed for days. Resume it, then replay it.",
  paused_unsubscribed: "The receiver unsubscribed.",
  paused_bounced: "Mails to the address come back. Correct it in the subscription.",
  mail_bounced: "The mail came back: there is no such mailbox. Correct the address in the subscription.",
  mail_complained: "The reader called the mail unwanted. The subscription was paused, as by unsubscribing.",
  paused_owner_gone:
    "Whoever made the subscription may not hear of this any more. Somebody else can enable it, which makes it theirs, and replay it.",
  mail_throttled: "More mails were sent than the account may send at once. It is tried later.",
  mail_timed_out: "The mail service did not answer in time. It is tried again.",
  mail_paused: "The account may not send mails at present. Look at the account's state in Amazon SES.",
  mail_not_set_up: "Mails are not set up: the domain's DNS records, or the rights to send. See docs/deploying.md.",
  mail_failed: "The mail service could not be reached, or failed. It is tried again.",
  mail_refused: "The mail service refuses this address or this mail. Correct the address in the subscription.",
  paused_unconfirmed: "The receiver has not confirmed the address yet.",
};

const OF_STATUS: Readonly<Record<number, string>> = {
  400: "The receiver found the request wrong (400). Look whether it verifies the signature over the body as it came, and whether its clock is right.",
  401: "The receiver did not accept who sends (401). Look whether it verifies with the secret that holds.",
  403: "The receiver does not let it in (403). Look at its firewall and its rules.",
  404: "The receiver knows no such address (404). Correct it in the subscription.",
  408: "The receiver waited too long for the request (408).",
  410: "The receiver wants nothing any more (410).",
  413: "The receiver takes no body of this size (413). Raise its limit.",
  429: "The receiver wants fewer requests (429). It is tried later, as it asked.",
};

/** What one attempt's outcome means, in a sentence or two. */
export function explainAttempt({ outcome, status }: Pick<Attempt, "outcome" | "status">): string {
  if (outcome !== "status" || status === undefined) return MEANINGS[outcome] ?? `It could not be sent (${outcome}).`;
  const known = OF_STATUS[status];
  if (known) return known;
  if (status >= 300 && status < 400)
    return `The receiver redirected the request (${status}), which is never followed. Enter the address that it leads to.`;
  if (status >= 500) return `The receiver failed (${status}). Look at its log.`;
  return `The receiver answered ${status}; only 2xx says that it took the message.`;
}

/** Why a delivery stands as it does, in a sentence or two; undefined where there is nothing to say. */
export function explainDelivery({ state, reason, attempts }: Pick<Delivery, "state" | "reason" | "attempts">) {
  if (reason !== undefined) return MEANINGS[reason] ?? `It could not be sent (${reason}).`;
  const last = attempts.at(-1);
  return state === "waiting" && last ? explainAttempt(last) : undefined;
}
