import { Aws } from "aws-cdk-lib";
import type { IKey } from "aws-cdk-lib/aws-kms";
import { SubscriptionFilter, Topic } from "aws-cdk-lib/aws-sns";
import { SqsSubscription } from "aws-cdk-lib/aws-sns-subscriptions";
import { Construct } from "constructs";
import type { ServiceFunction } from "./service-function.ts";
import type { WorkQueue } from "./work-queue.ts";

export interface EventTopicProps {
  /** Becomes the variable TOPIC_<NAME> of the functions that publish to it. */
  readonly name: string;
  readonly key: IKey;
}

const filterOf = (attributes: Readonly<Record<string, readonly string[]>>): Record<string, SubscriptionFilter> =>
  Object.fromEntries(
    Object.entries(attributes).map(([name, words]) => [
      name,
      SubscriptionFilter.stringFilter({ allowlist: [...words] }),
    ]),
  );

/** A topic sealed with our key. Its messages carry routing in their attributes and never text. */
export class EventTopic extends Construct {
  readonly topic: Topic;
  private readonly props: EventTopicProps;

  constructor(scope: Construct, id: string, props: EventTopicProps) {
    super(scope, id);
    this.props = props;
    this.topic = new Topic(this, "Topic", { masterKey: props.key, enforceSSL: true });
  }

  /** Lets the function publish, use the topic's key for it through SNS (never by itself), and know the topic. */
  publishedBy(fn: ServiceFunction): void {
    fn.allow(["sns:Publish"], [this.topic.topicArn]);
    fn.allow(["kms:Decrypt", "kms:GenerateDataKey"], [this.props.key.keyArn], {
      StringEquals: { "kms:ViaService": `sns.${Aws.REGION}.amazonaws.com` },
    });
    fn.tell(`TOPIC_${this.props.name.toUpperCase()}`, this.topic.topicArn);
  }

  /**
   * Sends the queue every message whose attributes each hold one of the given words, or every one. Bodies arrive as published. What
   * SNS cannot deliver ends in the queue's dead-letter queue instead of vanishing.
   */
  feeds(queue: WorkQueue, attributes?: Readonly<Record<string, readonly string[]>>): void {
    this.topic.addSubscription(
      new SqsSubscription(queue.queue, {
        rawMessageDelivery: true,
        deadLetterQueue: queue.dead,
        ...(attributes ? { filterPolicy: filterOf(attributes) } : {}),
      }),
    );
  }
}
