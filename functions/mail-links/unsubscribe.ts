import { mailPage } from "../../shared/delivery/email/mail-page.ts";
import { plainWords, unlinkedWords } from "../../shared/delivery/told/plain-words.ts";
import type { Subscription } from "../../shared/domain/subscription.ts";
import type { Page, PageUseCase } from "../../shared/runtime/page-stack.ts";
import { knownLink, type MailLinks, MOST_TRIES, READER } from "./known-link.ts";

/** What mail programs send by themselves (RFC 8058), and the page's button, too. */
const FIELD = ["List-Unsubscribe", "One-Click"] as const;

const nameOf = ({ document, tenant }: Subscription): string =>
  `"${unlinkedWords(document.name)}" of "${plainWords(tenant, 40)}"`;

const OUT: ReadonlySet<string | undefined> = new Set(["unsubscribed", "unconfirmed", "bounced"]);

/** Nothing is sent to an address that has not been confirmed (again). */
const isOut = ({ paused }: Subscription): boolean => OUT.has(paused?.why);

const asking = (of: Subscription): Page =>
  mailPage({
    title: "Stop these alerts?",
    lines: [`The alerts of ${nameOf(of)} come to the address that this link was sent to.`],
    button: { words: "Stop them", field: FIELD },
    below: "Whoever set them up is told. To get them again, you are asked first.",
  });

const done = (of: Subscription): Page =>
  mailPage({
    title: "You are unsubscribed",
    lines: [`No more alerts of ${nameOf(of)} come to this address, unless you confirm it once more.`],
  });

/** The page that asks whether the mails should stop. Changes nothing. */
export const askUnsubscription =
  (links: MailLinks): PageUseCase =>
  async ({ token, now }) => {
    const found = await knownLink(links, "unsubscribe", token, now);
    if ("page" in found) return found.page;
    return isOut(found) ? done(found) : asking(found);
  };

/** Stops a subscription for its reader, whatever else it stands still for. Sent twice it is done once. */
export const unsubscribe =
  (links: MailLinks): PageUseCase =>
  async ({ token, form, now }) => {
    for (let attempt = 0; attempt < MOST_TRIES; attempt += 1) {
      const found = await knownLink(links, "unsubscribe", token, now);
      if ("page" in found) return found.page;
      if (isOut(found)) return done(found);
      if (form.get(FIELD[0]) !== FIELD[1]) return asking(found);
      const { tenant, id, version } = found;
      const why = { why: "unsubscribed", at: now.toISOString() } as const;
      if (!(await links.subscriptions.unsubscribe(tenant, id, version, why))) continue;
      const facts = { subscription: id, version: String(version + 1) };
      await links.audit.append(tenant, [{ actor: READER, action: "subscription.unsubscribed", facts }], now);
      await links.notePaused(found, "unsubscribed", now);
      return done(found);
    }
    throw new Error("the subscription was always changed by somebody else");
  };
