import { mailPage } from "../../shared/delivery/email/mail-page.ts";
import { plainWords, unlinkedWords } from "../../shared/delivery/told/plain-words.ts";
import type { Subscription } from "../../shared/domain/subscription.ts";
import type { Page, PageUseCase } from "../../shared/runtime/page-stack.ts";
import { knownLink, type MailLinks, MOST_TRIES, READER } from "./known-link.ts";

const FIELD = ["answer", "confirm"] as const;

const nameOf = ({ document, tenant }: Subscription): string =>
  `"${unlinkedWords(document.name)}" of "${plainWords(tenant, 40)}"`;

const asking = (of: Subscription): Page =>
  mailPage({
    title: "Do you want these alerts?",
    lines: [`Touchstone is to send the alerts of ${nameOf(of)} to the address that this link was sent to.`],
    button: { words: "Yes, send them to me", field: FIELD },
    below: "If not, close this page: nothing else will come. Every alert has a link that stops them.",
  });

const confirmed = (of: Subscription): Page =>
  mailPage({ title: "Your address is confirmed", lines: [`The alerts of ${nameOf(of)} come to it from now on.`] });

const stopped = (of: Subscription): Page =>
  mailPage({
    title: "These alerts stand still",
    lines: [`${nameOf(of)} was stopped after its address was confirmed. Whoever set it up can let it go on.`],
  });

const pageOf = (of: Subscription): Page => {
  if (!of.paused) return confirmed(of);
  return of.paused.why === "unconfirmed" ? asking(of) : stopped(of);
};

/** The page that asks whether alerts are wanted. Programs that open every link of a mail see it, and change nothing. */
export const askConfirmation =
  (links: MailLinks): PageUseCase =>
  async ({ token, now }) => {
    const found = await knownLink(links, "confirm", token, now);
    return "page" in found ? found.page : pageOf(found);
  };

/** What the page's button does. A post without its field is asked back. */
export const confirmAddress =
  (links: MailLinks): PageUseCase =>
  async ({ token, form, now }) => {
    for (let attempt = 0; attempt < MOST_TRIES; attempt += 1) {
      // Read again each time: whose address it is must hold for the very version that is changed.
      const found = await knownLink(links, "confirm", token, now);
      if ("page" in found) return found.page;
      if (found.paused?.why !== "unconfirmed" || form.get(FIELD[0]) !== FIELD[1]) return pageOf(found);
      const { tenant, id, version } = found;
      if (!(await links.subscriptions.confirm(tenant, id, version))) continue;
      const facts = { subscription: id, version: String(version + 1) };
      await links.audit.append(tenant, [{ actor: READER, action: "subscription.confirmed", facts }], now);
      return confirmed(found);
    }
    throw new Error("the subscription was always changed by somebody else");
  };
