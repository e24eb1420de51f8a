import type * as z from "zod";
import { mailPage } from "../../shared/delivery/email/mail-page.ts";
import { isMailToken, type MailPurpose, readMailToken } from "../../shared/delivery/email/mail-token.ts";
import type { AuditFact } from "../../shared/domain/audit.ts";
import type { paused, Subscription } from "../../shared/domain/subscription.ts";
import type { Keys } from "../../shared/keys/keys.ts";
import type { Page } from "../../shared/runtime/page-stack.ts";

export interface MailLinks {
  readonly subscriptions: {
    get(tenant: string, id: string): Promise<Subscription | undefined>;
    /** Lets one go on that waits for its reader, if it is still the version that was seen. */
    confirm(tenant: string, id: string, version: number): Promise<boolean>;
    /** Stops one, whatever it stood still for, if it is still the version that was seen. */
    unsubscribe(tenant: string, id: string, version: number, why: z.infer<typeof paused>): Promise<boolean>;
  };
  readonly keys: Pick<Keys, "digest">;
  readonly audit: { append(tenant: string, facts: readonly AuditFact[], now: Date): Promise<void> };
  /** Puts it into the inbox of whoever made the subscription. */
  readonly notePaused: (subscription: Subscription, why: string, now: Date) => Promise<void>;
}

/** Whoever uses a link: no member, nobody that has a name here. */
export const READER = "reader";

/** Tries of a change that others' changes keep from being made. */
export const MOST_TRIES = 5;

const unknown = (): Page =>
  mailPage({
    status: 404,
    title: "This link does not work",
    lines: [
      "It is not whole, or it is for a subscription that was deleted or that sends to another address by now. Nothing comes to you by it.",
    ],
  });

const over = (purpose: MailPurpose): Page =>
  mailPage({
    status: 410,
    title: "This link is over",
    lines: [
      purpose === "confirm"
        ? "An address can be confirmed for three days after the mail was sent. Ask whoever set up the alerts to have it sent again."
        : "It is from a mail of more than a year ago. Use the link of a newer mail.",
    ],
  });

/** What a link leads to: the subscription, read as it is now, or the page that says why not. */
export async function knownLink(
  { subscriptions, keys }: Pick<MailLinks, "subscriptions" | "keys">,
  purpose: MailPurpose,
  token: string | undefined,
  now: Date,
): Promise<Subscription | { readonly page: Page }> {
  const claims = readMailToken(token);
  const found = claims && (await subscriptions.get(claims.tenant, claims.subscription));
  const channel = found?.document.channel;
  // A tenant without subscriptions is never asked for its key: nobody can make us open keys of names that they guess.
  if (!claims || !found || channel?.type !== "email") return { page: unknown() };
  if (!(await isMailToken(keys, purpose, claims, channel.to))) return { page: unknown() };
  return claims.expires <= now ? { page: over(purpose) } : found;
}
