import { Aws, CfnOutput, Stack } from "aws-cdk-lib";
import { PolicyStatement, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import type { Key } from "aws-cdk-lib/aws-kms";
import {
  ConfigurationSet,
  ConfigurationSetTlsPolicy,
  EmailIdentity,
  EmailSendingEvent,
  EventDestination,
  Identity,
  SuppressionReasons,
} from "aws-cdk-lib/aws-ses";
import { FilterOrPolicy, SubscriptionFilter, Topic } from "aws-cdk-lib/aws-sns";
import { SqsSubscription } from "aws-cdk-lib/aws-sns-subscriptions";
import { Construct } from "constructs";
import type { ServiceFunction } from "./service-function.ts";
import type { WorkQueue } from "./work-queue.ts";

const ADDRESS = /^[A-Za-z0-9._+-]{1,64}@((?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,})$/;

/**
 * Sending by e-mail, where the context `mailFrom` says from which address. Its domain becomes an identity of SES: the
 * outputs MailRecord1 to MailRecord3 are the DNS records (CNAME) that prove it. Addresses that bounced or complained are
 * left out by SES from then on, and nothing goes over the wire in clear.
 */
export class Mail extends Construct {
  private readonly from: string;
  private readonly domain: string;
  private readonly rules: ConfigurationSet;

  /** The construct, or undefined where the context says no address. @throws Error where it is none */
  static of(scope: Construct, id: string): Mail | undefined {
    const from: unknown = scope.node.tryGetContext("mailFrom");
    return from === undefined ? undefined : new Mail(scope, id, String(from));
  }

  private constructor(scope: Construct, id: string, from: string) {
    super(scope, id);
    const [, domain] = ADDRESS.exec(from) ?? [];
    if (domain === undefined)
      throw new Error('the context "mailFrom" is no plain address such as alerts@example.org (-c mailFrom=…)');
    this.from = from;
    this.domain = domain;
    this.rules = new ConfigurationSet(this, "Rules", {
      reputationMetrics: true,
      suppressionReasons: SuppressionReasons.BOUNCES_AND_COMPLAINTS,
      tlsPolicy: ConfigurationSetTlsPolicy.REQUIRE,
    });
    const identity = new EmailIdentity(this, "Domain", {
      identity: Identity.domain(domain),
      configurationSet: this.rules,
    });
    for (const [index, { name, value }] of identity.dkimRecords.entries())
      new CfnOutput(Stack.of(this), `MailRecord${index + 1}`, { value: `${name} CNAME ${value}` });
  }

  /**
   * Hands the queue what SES says of mails that it had taken: that they came back, or that their reader called them unwanted.
   * The reports name addresses: the topic is sealed with the key, which SES may use for it.
   */
  reportsTo(queue: WorkQueue, key: Key): void {
    const topic = new Topic(this, "Reports", { masterKey: key, enforceSSL: true });
    // That SES may publish to the topic is the destination's own doing.
    key.addToResourcePolicy(
      new PolicyStatement({
        principals: [new ServicePrincipal("ses.amazonaws.com")],
        conditions: { StringEquals: { "aws:SourceAccount": Aws.ACCOUNT_ID } },
        actions: ["kms:Decrypt", "kms:GenerateDataKey"],
        resources: ["*"],
      }),
    );
    topic.addSubscription(
      new SqsSubscription(queue.queue, {
        rawMessageDelivery: true,
        deadLetterQueue: queue.dead,
        // SES tries the topic with a sentence of its own, which no function reads.
        filterPolicyWithMessageBody: {
          eventType: FilterOrPolicy.filter(SubscriptionFilter.stringFilter({ allowlist: ["Bounce", "Complaint"] })),
        },
      }),
    );
    const destination = this.rules.addEventDestination("ToReports", {
      destination: EventDestination.snsTopic(topic),
      events: [EmailSendingEvent.BOUNCE, EmailSendingEvent.COMPLAINT],
    });
    // SES tries it when the destination is made, so its policy must be there first.
    destination.node.addDependency(topic);
  }

  /** Lets the function send from this address, by these rules, and nothing else of SES; and tells it both. */
  sentBy(fn: ServiceFunction): void {
    const arn = (resource: string): string => `arn:${Aws.PARTITION}:ses:${Aws.REGION}:${Aws.ACCOUNT_ID}:${resource}`;
    fn.allow(
      ["ses:SendEmail"],
      // SES asks for the right on both where a mail names its rules.
      [arn(`identity/${this.domain}`), arn(`configuration-set/${this.rules.configurationSetName}`)],
      { StringEquals: { "ses:FromAddress": this.from } },
    );
    fn.tell("MAIL_FROM", this.from);
    fn.tell("MAIL_CONFIGURATION", this.rules.configurationSetName);
  }
}
