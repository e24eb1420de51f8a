import { CfnOutput, Duration, RemovalPolicy, Stack, type StackProps } from "aws-cdk-lib";
import { Key } from "aws-cdk-lib/aws-kms";
import type { Construct } from "constructs";
import { ContentKey } from "../constructs/content-key.ts";
import { DataTable } from "../constructs/data-table.ts";
import { EventTopic } from "../constructs/event-topic.ts";
import { Mail } from "../constructs/mail.ts";
import { SignIn } from "../constructs/sign-in.ts";
import { WorkQueue } from "../constructs/work-queue.ts";
import { TIMEOUTS } from "../timeouts.ts";

/**
 * What must outlive a deployment: tables and keys, and the queues and topics too. A queue holds items that we promised
 * a verdict for (202) and, for 14 days, dead letters that nothing else remembers; its URL is what platforms may write
 * to; and the topics' subscriptions belong where the queues that they may write to are, or a stateless rollback would
 * cut them and lose what is published meanwhile. Nothing here knows a function.
 */
export class StatefulStack extends Stack {
  readonly contentKey: ContentKey;
  readonly signIn: SignIn;
  readonly tables: Readonly<
    Record<"verdicts" | "content" | "cases" | "signals" | "authors" | "directory" | "deliveries", DataTable>
  >;
  readonly queues: Readonly<
    Record<"posts" | "reviews" | "audiences" | "review" | "jobs" | "alerts" | "deliveries" | "retries", WorkQueue>
  >;
  /** Where the context has an address to send from. */
  readonly mail: Mail | undefined;
  readonly topics: Readonly<Record<"verdicts" | "decisions" | "events", EventTopic>>;

  constructor(scope: Construct, id: string, props: StackProps = {}) {
    super(scope, id, { ...props, terminationProtection: true });

    this.contentKey = new ContentKey(this, "ContentKey");
    this.signIn = new SignIn(this, "SignIn");
    const key = new Key(this, "DataKey", {
      description: "Touchstone: seals tables and topics.",
      enableKeyRotation: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });

    this.tables = {
      verdicts: new DataTable(this, "VerdictsTable", {
        name: "verdicts",
        key,
        // All that an author wrote, for erasure and for the author's history.
        indexes: [{ name: "author", partition: "authorPk", sort: "authorSk", projection: "KEYS_ONLY" }],
      }),
      content: new DataTable(this, "ContentTable", { name: "content", key }),
      cases: new DataTable(this, "CasesTable", {
        name: "cases",
        key,
        indexes: [
          // Open cases only, in the order in which moderators should see them.
          { name: "lanes", partition: "lanePk", sort: "laneSk", projection: "ALL" },
          // Cases with something decided and not yet published, for the sweep.
          { name: "owes", partition: "owesPk", sort: "owesSk", projection: "KEYS_ONLY" },
        ],
      }),
      signals: new DataTable(this, "SignalsTable", { name: "signals", key }),
      // Without backups on purpose: an author's key that is destroyed must be gone everywhere.
      authors: new DataTable(this, "AuthorsTable", { name: "authors", key, recoverable: false }),
      directory: new DataTable(this, "DirectoryTable", { name: "directory", key }),
      deliveries: new DataTable(this, "DeliveriesTable", {
        name: "deliveries",
        key,
        indexes: [
          // What waits for its time to come: late retries, digests, alerts to be looked at.
          { name: "due", partition: "duePk", sort: "dueSk", projection: "KEYS_ONLY" },
          // What a subscription was sent, by time: its log, and the window of a replay.
          { name: "log", partition: "logPk", sort: "logSk", projection: "KEYS_ONLY" },
        ],
      }),
    };
    this.queues = {
      posts: new WorkQueue(this, "PostsQueue", { name: "posts", consumerTimeout: TIMEOUTS.queue }),
      reviews: new WorkQueue(this, "ReviewsQueue", { name: "reviews", consumerTimeout: TIMEOUTS.queue }),
      audiences: new WorkQueue(this, "AudiencesQueue", { name: "audiences", consumerTimeout: TIMEOUTS.queue }),
      review: new WorkQueue(this, "ReviewQueue", { name: "review", consumerTimeout: TIMEOUTS.queue }),
      // Backtests and undos, a message for each day of their window.
      jobs: new WorkQueue(this, "JobsQueue", {
        name: "jobs",
        consumerTimeout: TIMEOUTS.job,
        // Nobody's post waits for it, and a month of a large tenant takes its time.
        mayWait: Duration.hours(1),
      }),
      alerts: new WorkQueue(this, "AlertsQueue", { name: "alerts", consumerTimeout: TIMEOUTS.queue }),
      deliveries: new WorkQueue(this, "DeliveriesQueue", { name: "deliveries", consumerTimeout: TIMEOUTS.queue }),
      // What is tried again, held back for up to 15 minutes, and whatever may take its time.
      retries: new WorkQueue(this, "RetriesQueue", {
        name: "retries",
        consumerTimeout: TIMEOUTS.queue,
        mayWait: Duration.hours(1),
      }),
    };
    this.topics = {
      verdicts: new EventTopic(this, "VerdictsTopic", { name: "verdicts", key }),
      decisions: new EventTopic(this, "DecisionsTopic", { name: "decisions", key }),
      events: new EventTopic(this, "EventsTopic", { name: "events", key }),
    };
    this.topics.verdicts.feeds(this.queues.review, { action: ["flag", "hold", "block"] });
    // Of verdicts only those that somebody subscribed to; what people and the breaker do is rare.
    this.topics.verdicts.feeds(this.queues.alerts, { alert: ["1"] });
    this.topics.decisions.feeds(this.queues.alerts);
    this.topics.events.feeds(this.queues.alerts);

    this.mail = Mail.of(this, "Mail");
    this.mail?.reportsTo(this.queues.retries, key);

    this.output("KeyContent", this.contentKey.key.keyArn);
    this.output("SignInIssuer", this.signIn.issuer);
    this.output("SignInPool", this.signIn.pool.userPoolId);
    for (const [name, { table }] of Object.entries(this.tables)) this.output(`Table${titled(name)}`, table.tableName);
    for (const [name, { queue, dead }] of Object.entries(this.queues)) {
      this.output(`Queue${titled(name)}`, queue.queueUrl);
      this.output(`Queue${titled(name)}Dead`, dead.queueUrl);
    }
    for (const [name, { topic }] of Object.entries(this.topics)) this.output(`Topic${titled(name)}`, topic.topicArn);
  }

  private output(id: string, value: string): void {
    new CfnOutput(this, id, { value });
  }
}

const titled = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);
