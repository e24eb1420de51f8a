import { eventually } from "../pipeline/api.ts";

/** A mail as the embedded SES keeps it. */
export interface SentMail {
  readonly from: string;
  readonly subject: string;
  readonly destination: { readonly to: readonly string[] };
  readonly body: { readonly text: string; readonly html: string };
  readonly headers: readonly { readonly name: string; readonly value: string }[];
}

/** The mailbox of an address in the embedded SES's inbox. */
export function mailboxOf(inbox: string, address: string) {
  async function all(): Promise<readonly SentMail[]> {
    const { emails } = (await (await fetch(`${inbox}/store`)).json()) as { emails: readonly SentMail[] };
    return emails.filter(({ destination }) => destination.to.includes(address));
  }
  return {
    all,
    /** Waits until there are as many mails, and answers the last. */
    async nth(count: number): Promise<SentMail> {
      const mails = await eventually(all, (found) => found.length >= count, 40);
      const mail = mails[count - 1];
      if (!mail) throw new Error("no mail");
      return mail;
    },
  };
}

/** The link of a mail to one of its pages, as the text has it; the HTML has the same. */
export function linkOf({ body }: SentMail, page: "confirm" | "unsubscribe"): string {
  const [link] = new RegExp(`http\\S+/v1/mail/${page}\\?token=\\S+`).exec(body.text) ?? [];
  if (link === undefined || !body.html.includes(`href="${link}"`)) throw new Error(`no link to ${page}`);
  return link;
}

/** What a page's button sends. */
export const press = (link: string, field: string): Promise<Response> =>
  fetch(link, { method: "POST", body: new URLSearchParams(field) });
