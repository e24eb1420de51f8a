import type { Outgoing } from "../../domain/outgoing.ts";
import type { Subscription } from "../../domain/subscription.ts";
import { plainWords, unlinkedWords } from "../told/plain-words.ts";
import { type Told, toldOf } from "../told/told.ts";
import type { Mail, MailFoot } from "./mail.ts";
import { mailHtml } from "./mail-html.ts";
import { mailText } from "./mail-text.ts";
import { TOKEN_DAYS } from "./mail-token.ts";

/** Addresses of this mail's own pages and of the console. */
export interface MailLinks {
  /** Of the console, `https://…` without a slash at the end. */
  readonly origin: string;
  /** The page that stops these mails. */
  readonly unsubscribe: string;
  /** The page that confirms the address. */
  readonly confirm: string;
}

const drawn = (told: Told, foot: MailFoot): Mail => ({
  // A name that others chose stands in it: programs make links of subjects, too.
  subject: unlinkedWords(told.title, 150),
  text: mailText(told, foot),
  html: mailHtml(told, foot),
});

/**
 * To somebody who has agreed to nothing yet. Whoever set it up chose no word of it but the address: a name could be a
 * message of its own.
 */
function askingToConfirm({ tenant }: Subscription, { confirm }: MailLinks): Mail {
  const told: Told = {
    title: "Confirm that you want alerts at this address",
    lead: [
      `Somebody at "${plainWords(tenant, 40)}" wants Touchstone to send alerts to this address.`,
      `If that is right, open the page that this link leads to within ${TOKEN_DAYS.confirm} days: it says which, and has a button. If it is not, or if you do not know what this is, do nothing: no alert will come.`,
    ],
    facts: [],
    action: { words: "Confirm this address", url: confirm },
  };
  return drawn(told, { lines: ["Touchstone looks for abuse, fakery and safety risks in what people post."] });
}

/** A message to a subscription as a mail. Pure: the same message is the same mail. */
export function renderMail(outgoing: Outgoing, subscription: Subscription, links: MailLinks): Mail {
  if (outgoing.type === "subscription.confirmation") return askingToConfirm(subscription, links);
  const foot: MailFoot = {
    lines: [
      `You get this because the subscription "${unlinkedWords(subscription.document.name)}" of "${plainWords(subscription.tenant, 40)}" sends to this address.`,
      "What is said of people and reviews is what they are consistent with, as far as a machine can tell.",
    ],
    stop: { words: "Unsubscribe", url: links.unsubscribe },
  };
  return drawn(toldOf(outgoing, subscription, links.origin), foot);
}
