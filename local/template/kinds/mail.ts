import * as z from "zod";
import { arn, digest, inert, kind, tags } from "../kind.ts";

/** Its mails are kept by this machine and sent to nobody. */
export const emailIdentity = kind({
  type: "AWS::SES::EmailIdentity",
  nameProperty: "EmailIdentity",
  identify: (name, world) => ({
    ref: name,
    attributes: {
      EmailIdentityArn: arn(world, "ses", `identity/${name}`),
      ...Object.fromEntries(
        [1, 2, 3].flatMap((n) => {
          const token = digest(`${name} ${n}`).slice(0, 32);
          return [
            [`DkimDNSTokenName${n}`, `${token}._domainkey.${name}`],
            [`DkimDNSTokenValue${n}`, `${token}.dkim.amazonses.com`],
          ];
        }),
      ),
    },
  }),
  properties: z.strictObject({
    EmailIdentity: z.string(),
    ConfigurationSetAttributes: inert("every mail names its rules itself"),
    Tags: tags,
  }),
});

export const configurationSet = kind({
  type: "AWS::SES::ConfigurationSet",
  nameProperty: "Name",
  nameLimit: 64,
  identify: (name) => ({ ref: name, attributes: {} }),
  properties: z.strictObject({
    Name: z.string().optional(),
    DeliveryOptions: inert("no mail leaves this machine"),
    ReputationOptions: inert("no rate of a machine's own mails harms anybody"),
    SuppressionOptions: inert("no mail leaves this machine"),
    Tags: tags,
  }),
});

/** Hears of mails to the addresses of SES's mailbox simulator, which come back here, too. */
export const eventDestination = kind({
  type: "AWS::SES::ConfigurationSetEventDestination",
  identify: (name) => ({ ref: name, attributes: { Id: name } }),
  properties: z.strictObject({
    ConfigurationSetName: z.string(),
    EventDestination: z.strictObject({
      Name: inert("a label"),
      Enabled: z.literal(true),
      MatchingEventTypes: z.array(z.enum(["bounce", "complaint"])),
      SnsDestination: z.strictObject({ TopicARN: z.string() }),
    }),
  }),
});
