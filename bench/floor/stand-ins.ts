import { CreateTopicCommand, type SNSClient, SubscribeCommand } from "@aws-sdk/client-sns";
import { CreateQueueCommand, GetQueueAttributesCommand, type SQSClient } from "@aws-sdk/client-sqs";
import { type Clients, closeClients, openClients } from "./sdk-call.ts";

/** Queues and a topic like the pipeline's that no function listens to. */
export interface StandIns {
  readonly items: string;
  readonly review: string;
  readonly topic: string;
}

async function makeQueue(sqs: SQSClient, QueueName: string): Promise<string> {
  const { QueueUrl = "" } = await sqs.send(new CreateQueueCommand({ QueueName }));
  return QueueUrl;
}

/** Like the stack's topic: what is not allowed goes on to the queue of cases. */
async function makeTopic({ sns, sqs }: { sns: SNSClient; sqs: SQSClient }, review: string): Promise<string> {
  const { TopicArn = "" } = await sns.send(new CreateTopicCommand({ Name: "floor-verdicts" }));
  const { Attributes } = await sqs.send(
    new GetQueueAttributesCommand({ QueueUrl: review, AttributeNames: ["QueueArn"] }),
  );
  await sns.send(
    new SubscribeCommand({
      TopicArn,
      Protocol: "sqs",
      Endpoint: Attributes?.QueueArn,
      Attributes: {
        RawMessageDelivery: "true",
        FilterPolicy: JSON.stringify({ action: ["flag", "hold", "block"] }),
      },
    }),
  );
  return TopicArn;
}

/** Makes them, on the parts that this process's SDK finds. */
export async function makeStandIns(): Promise<StandIns> {
  const clients: Clients = openClients();
  const [items, review] = await Promise.all([
    makeQueue(clients.sqs, "floor-items"),
    makeQueue(clients.sqs, "floor-review"),
  ]);
  const topic = await makeTopic(clients, review);
  closeClients(clients);
  return { items, review, topic };
}
