import { randomBytes } from "node:crypto";
import {
  CreateTopicCommand,
  DeleteTopicCommand,
  SNSClient,
  type SNSClientConfig,
  SubscribeCommand,
} from "@aws-sdk/client-sns";
import {
  CreateQueueCommand,
  DeleteMessageCommand,
  DeleteQueueCommand,
  GetQueueAttributesCommand,
  type Message,
  ReceiveMessageCommand,
  SetQueueAttributesCommand,
  SQSClient,
} from "@aws-sdk/client-sqs";

/** How queues and topics are reached, and where a queue's URL has to be mended for this machine. */
export interface Service {
  readonly config: SNSClientConfig;
  readonly urlOf: (url: string) => string;
  readonly stop: () => Promise<void>;
}

/** AWS, by the credentials and the region of the environment. */
export const onAws: Service = { config: {}, urlOf: (url) => url, stop: async () => {} };

export interface Queues {
  readonly sqs: SQSClient;
  readonly sns: SNSClient;
  readonly createQueue: (visibilitySeconds?: number) => Promise<string>;
  readonly createTopic: () => Promise<string>;
  /** Feeds a queue from a topic: raw, only what the filter on message attributes lets pass. */
  readonly subscribe: (
    topicArn: string,
    queueUrl: string,
    filter: Readonly<Record<string, readonly string[]>>,
  ) => Promise<void>;
  readonly remove: () => Promise<void>;
}

export function openQueues({ config, urlOf, stop }: Service): Queues {
  const sqs = new SQSClient({ ...config, maxAttempts: 4 });
  const sns = new SNSClient({ ...config, maxAttempts: 4 });
  const name = () => `touchstone-test-${randomBytes(6).toString("hex")}`;
  const urls: string[] = [];
  const arns: string[] = [];
  return {
    sqs,
    sns,
    async createQueue(visibilitySeconds = 30) {
      const command = new CreateQueueCommand({
        QueueName: name(),
        Attributes: { VisibilityTimeout: String(visibilitySeconds) },
      });
      const { QueueUrl = "" } = await sqs.send(command);
      urls.push(urlOf(QueueUrl));
      return urlOf(QueueUrl);
    },
    async createTopic() {
      const { TopicArn = "" } = await sns.send(new CreateTopicCommand({ Name: name() }));
      arns.push(TopicArn);
      return TopicArn;
    },
    async subscribe(topicArn, queueUrl, filter) {
      const { Attributes } = await sqs.send(
        new GetQueueAttributesCommand({ QueueUrl: queueUrl, AttributeNames: ["QueueArn"] }),
      );
      const arn = Attributes?.QueueArn ?? "";
      const allowed = {
        Effect: "Allow",
        Principal: { Service: "sns.amazonaws.com" },
        Action: "sqs:SendMessage",
        Resource: arn,
        Condition: { ArnEquals: { "aws:SourceArn": topicArn } },
      };
      const Policy = JSON.stringify({ Version: "2012-10-17", Statement: [allowed] });
      await sqs.send(new SetQueueAttributesCommand({ QueueUrl: queueUrl, Attributes: { Policy } }));
      const settings = { RawMessageDelivery: "true", FilterPolicy: JSON.stringify(filter) };
      await sns.send(
        new SubscribeCommand({ TopicArn: topicArn, Protocol: "sqs", Endpoint: arn, Attributes: settings }),
      );
    },
    async remove() {
      for (const TopicArn of arns) await sns.send(new DeleteTopicCommand({ TopicArn }));
      for (const QueueUrl of urls) await sqs.send(new DeleteQueueCommand({ QueueUrl }));
      sqs.destroy();
      sns.destroy();
      await stop();
    },
  };
}

/** Receives and deletes until `count` messages are there or `seconds` have passed, and then once more for surplus ones. */
export async function drain(sqs: SQSClient, QueueUrl: string, count: number, seconds = 20): Promise<Message[]> {
  const found: Message[] = [];
  const receive = async (WaitTimeSeconds: number) => {
    const { Messages = [] } = await sqs.send(
      new ReceiveMessageCommand({
        QueueUrl,
        MaxNumberOfMessages: 10,
        WaitTimeSeconds,
        MessageSystemAttributeNames: ["All"],
        MessageAttributeNames: ["All"],
      }),
    );
    for (const { ReceiptHandle } of Messages) await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
    found.push(...Messages);
  };
  const end = Date.now() + seconds * 1000;
  while (found.length < count && Date.now() < end) await receive(1);
  await receive(0);
  return found;
}
