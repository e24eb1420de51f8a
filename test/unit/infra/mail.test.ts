import { describe, expect, it } from "vitest";
import { synthesise } from "../../../infra/synthesise.ts";
import { inlineCode, type Resource, SystemTemplate } from "./read-template.ts";

// With cdk-nag: a finding that is not acknowledged fails here.
const at = async (context: Record<string, unknown>, nag = true) =>
  new SystemTemplate(await synthesise({ nag, code: inlineCode, context }));
const on = await at({ mailFrom: "alerts@mail.example.org" });
const off = await at({}, false);
const SENDING = ["deliver", "deliver-again"];
const variablesOf = (fn: Resource): Record<string, unknown> => fn.properties.Environment.Variables;

describe("mail", () => {
  it("is off as the project comes: no function may send, and there is no identity", () => {
    expect(JSON.stringify(off.resources.map(({ whole }) => whole))).not.toMatch(/AWS::SES|ses:|MAIL_FROM/);
  });

  it("lets those that deliver send from the one address, by the one set of rules, and nobody else", () => {
    for (const [name, fn] of on.functions()) {
      const statements = on.statementsOf(on.target(fn.properties.Role));
      const sending = statements.filter(({ Action }) => JSON.stringify(Action).includes("ses:"));
      expect([name, sending.length]).toEqual([name, SENDING.includes(name) ? 1 : 0]);
      for (const { Action, Resource, Condition } of sending) {
        expect(Action).toBe("ses:SendEmail");
        expect(Condition).toEqual({ StringEquals: { "ses:FromAddress": "alerts@mail.example.org" } });
        const [rules] = on.of("AWS::SES::ConfigurationSet");
        const arn = "arn:AWS::Partition:ses:AWS::Region:AWS::AccountId:";
        expect(Resource.map((one: unknown) => on.target(one)).sort()).toEqual([
          `${arn}configuration-set/${rules?.id}`,
          `${arn}identity/mail.example.org`,
        ]);
      }
      const { MAIL_FROM, MAIL_CONFIGURATION } = variablesOf(fn);
      expect([name, MAIL_FROM, MAIL_CONFIGURATION !== undefined]).toEqual(
        SENDING.includes(name) ? [name, "alerts@mail.example.org", true] : [name, undefined, false],
      );
    }
  });

  it("sends over TLS only, and not to addresses that bounced or complained", () => {
    const [rules] = on.of("AWS::SES::ConfigurationSet");
    expect(rules?.properties).toMatchObject({
      DeliveryOptions: { TlsPolicy: "REQUIRE" },
      SuppressionOptions: { SuppressedReasons: ["BOUNCE", "COMPLAINT"] },
    });
    const [identity] = on.of("AWS::SES::EmailIdentity");
    expect(identity?.properties.EmailIdentity).toBe("mail.example.org");
    expect([...on.outputs.keys()].filter((name) => name.startsWith("MailRecord"))).toHaveLength(3);
  });

  it("tells those that deliver of mails that came back or were unwanted, by a sealed topic of SES alone", () => {
    const [topic] = on.of("AWS::SNS::Topic").filter(({ id }) => id.includes("MailReports"));
    const [rules] = on.of("AWS::SES::ConfigurationSet");
    const [destination] = on.of("AWS::SES::ConfigurationSetEventDestination");
    expect(destination && on.target(destination.properties.ConfigurationSetName)).toBe(rules?.id);
    const { MatchingEventTypes, SnsDestination } = destination?.properties.EventDestination ?? {};
    expect([MatchingEventTypes, on.target(SnsDestination.TopicARN)]).toEqual([["bounce", "complaint"], topic?.id]);
    const [subscription] = on
      .of("AWS::SNS::Subscription")
      .filter(({ properties }) => on.target(properties.TopicArn) === topic?.id);
    expect(on.named(subscription?.properties.Endpoint)).toBe("QueueRetries");
    expect(subscription?.properties).toMatchObject({
      RawMessageDelivery: true,
      FilterPolicyScope: "MessageBody",
      FilterPolicy: { eventType: ["Bounce", "Complaint"] },
    });
    const [sealing] = on.of("AWS::KMS::Key").filter(({ id }) => id === on.target(topic?.properties.KmsMasterKeyId));
    const policies = [
      ...on
        .of("AWS::SNS::TopicPolicy")
        .filter(({ properties }) => properties.Topics.some((one: unknown) => on.target(one) === topic?.id))
        .map(({ properties }) => properties.PolicyDocument),
      sealing?.properties.KeyPolicy,
    ];
    const bySes = policies
      .flatMap(({ Statement }) => Statement)
      .filter(({ Principal }) => Principal?.Service === "ses.amazonaws.com");
    expect(bySes.map(({ Action }) => Action)).toEqual(["sns:Publish", ["kms:Decrypt", "kms:GenerateDataKey"]]);
    for (const { Condition } of bySes)
      expect(Object.keys(Condition.StringEquals).map((name) => name.toLowerCase())).toContain("aws:sourceaccount");
    expect(JSON.stringify(off.of("AWS::KMS::Key"))).not.toContain("ses.amazonaws.com");
  });

  it("leads back to where the console stands, with mails and without", () => {
    for (const system of [on, off]) {
      const [edge] = system.of("AWS::CloudFront::Distribution");
      for (const [name, fn] of system.functions()) {
        const { CONSOLE_ORIGIN } = variablesOf(fn);
        const isTold = SENDING.includes(name);
        expect([name, CONSOLE_ORIGIN && system.target(CONSOLE_ORIGIN)]).toEqual([
          name,
          isTold ? `https://${edge?.id}` : undefined,
        ]);
      }
    }
  });

  it.each(["no address", "Alerts <a@b.example>", "a@localhost", "a@b.example\n", ""])(
    "is not built for the address %j",
    async (mailFrom) => {
      await expect(at({ mailFrom }, false)).rejects.toThrow("is no plain address");
    },
  );
});
