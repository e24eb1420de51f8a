import { type SESv2Client, SendEmailCommand } from "@aws-sdk/client-sesv2";
import type { Keys } from "../../keys/keys.ts";
import { describeError, logger } from "../../runtime/logger.ts";
import type { ChannelSender, SendResult } from "../channel-sender.ts";
import { type MailPurpose, mailToken } from "./mail-token.ts";
import { renderMail } from "./render-mail.ts";

/** Milliseconds that SES has; a mail that it took and did not say so comes twice, so there is more of it than endpoints get. */
const PATIENCE_MS = 5_000;

export interface EmailSender {
  readonly ses: Pick<SESv2Client, "send">;
  readonly keys: Pick<Keys, "digest">;
  /** The address that mails come from, and SES's set of rules for them. */
  readonly from: string;
  readonly configurationSet: string;
  /** Of the console, `https://…` without a slash at the end; the mails' own pages are below it, too. */
  readonly origin: string;
}

/** SES's word that this mail will never be taken. */
const REFUSED: ReadonlySet<string> = new Set(["MessageRejected", "BadRequestException"]);
const FAILED: Readonly<Record<string, string>> = {
  TooManyRequestsException: "mail_throttled",
  LimitExceededException: "mail_throttled",
  ThrottlingException: "mail_throttled",
  SendingPausedException: "mail_paused",
  AccountSuspendedException: "mail_paused",
  MailFromDomainNotVerifiedException: "mail_not_set_up",
  NotFoundException: "mail_not_set_up",
  AccessDeniedException: "mail_not_set_up",
  AbortError: "mail_timed_out",
  TimeoutError: "mail_timed_out",
};

function resultOf(error: unknown): SendResult {
  const name = error instanceof Error ? error.name : "";
  logger.warn("a mail was not taken", describeError(error));
  if (REFUSED.has(name)) return { kind: "refused", reason: "mail_refused" };
  return { kind: "failed", reason: FAILED[name] ?? "mail_failed" };
}

/** Messages to people by e-mail, each with its own link (and RFC 8058 headers) that stops them. */
export function emailSender({ ses, keys, from, configurationSet, origin }: EmailSender): ChannelSender {
  return async ({ outgoing, subscription, now }) => {
    const { channel } = subscription.document;
    if (channel.type !== "email") return { kind: "refused", reason: "not_a_mailbox" };
    const { to } = channel;
    const of = { tenant: subscription.tenant, subscription: subscription.id, to };
    const page = async (purpose: MailPurpose): Promise<string> =>
      `${origin}/v1/mail/${purpose}?token=${await mailToken(keys, purpose, of, now)}`;
    const [confirm, unsubscribe] = await Promise.all([page("confirm"), page("unsubscribe")]);
    const { subject, text, html } = renderMail(outgoing, subscription, { origin, confirm, unsubscribe });
    const isAsking = outgoing.type === "subscription.confirmation";
    const command = new SendEmailCommand({
      FromEmailAddress: `Touchstone <${from}>`,
      ConfigurationSetName: configurationSet,
      Destination: { ToAddresses: [to] },
      // What SES says of the mail later names them.
      EmailTags: [
        { Name: "tenant", Value: of.tenant },
        { Name: "subscription", Value: of.subscription },
        { Name: "delivery", Value: outgoing.id },
      ],
      Content: {
        Simple: {
          Subject: { Data: subject, Charset: "UTF-8" },
          Body: { Text: { Data: text, Charset: "UTF-8" }, Html: { Data: html, Charset: "UTF-8" } },
          Headers: [
            { Name: "Auto-Submitted", Value: "auto-generated" },
            { Name: "X-Touchstone-Message", Value: outgoing.id },
            // Nobody is subscribed before they have confirmed.
            ...(isAsking
              ? []
              : [
                  { Name: "List-Unsubscribe", Value: `<${unsubscribe}>` },
                  { Name: "List-Unsubscribe-Post", Value: "List-Unsubscribe=One-Click" },
                ]),
          ],
        },
      },
    });
    try {
      await ses.send(command, { abortSignal: AbortSignal.timeout(PATIENCE_MS) });
      return { kind: "sent" };
    } catch (error) {
      return resultOf(error);
    }
  };
}
