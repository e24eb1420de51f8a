/** A report of SES on a mail that it had taken, and the configuration set whose destinations hear of it. */
export interface MailReport {
  readonly configurationSet: string;
  readonly event: object;
}

interface SentMail {
  readonly ConfigurationSetName?: string;
  readonly Destination?: { readonly ToAddresses?: readonly string[] };
  readonly EmailTags?: readonly { readonly Name: string; readonly Value: string }[];
}

/** SES's own mailbox simulator, here as on AWS: mails to it come back, or are called unwanted. */
const SIMULATED = /^(bounce|complaint)(?:\+[^@]*)?@simulator\.amazonses\.com$/i;

/** What SES says of a mail that was sent to its simulator's addresses. @param messageId SES's own */
export function mailReports(sent: SentMail, messageId: string, now: Date): readonly MailReport[] {
  const { ConfigurationSetName: configurationSet, Destination, EmailTags = [] } = sent;
  if (configurationSet === undefined) return [];
  const timestamp = now.toISOString();
  const tags = Object.fromEntries(EmailTags.map(({ Name, Value }) => [Name, [Value]]));
  const mail = { timestamp, messageId, tags: { ...tags, "ses:configuration-set": [configurationSet] } };
  return (Destination?.ToAddresses ?? []).flatMap((emailAddress): MailReport[] => {
    const [, kind] = SIMULATED.exec(emailAddress) ?? [];
    if (kind === undefined) return [];
    const feedbackId = `${messageId}-${kind}`;
    const event =
      kind.toLowerCase() === "bounce"
        ? {
            eventType: "Bounce",
            bounce: {
              bounceType: "Permanent",
              bounceSubType: "General",
              bouncedRecipients: [{ emailAddress, action: "failed", status: "5.1.1" }],
              timestamp,
              feedbackId,
            },
            mail,
          }
        : {
            eventType: "Complaint",
            complaint: {
              complainedRecipients: [{ emailAddress }],
              timestamp,
              feedbackId,
              complaintFeedbackType: "abuse",
            },
            mail,
          };
    return [{ configurationSet, event }];
  });
}
