import { DeleteMessageCommand, ReceiveMessageCommand, SendMessageBatchCommand, SQSClient } from "@aws-sdk/client-sqs";

/** A dead letter: the body as it was sent, and what its attributes say of it. */
export interface DeadLetter {
  readonly body: string;
  readonly attributes: Readonly<Record<string, string>>;
}

const BATCH = 10;

/** The queues as the operator sees them; the SDK finds them by the environment. */
export function operatorQueues() {
  const sqs = new SQSClient({});
  return {
    /** @returns for each body whether the queue took it: SQS itself refuses some characters. */
    async send(QueueUrl: string, bodies: readonly string[]): Promise<boolean[]> {
      const sendOne = async (body: string): Promise<boolean> => {
        try {
          const command = new SendMessageBatchCommand({ QueueUrl, Entries: [{ Id: "0", MessageBody: body }] });
          return (await sqs.send(command)).Failed?.length !== 1;
        } catch {
          return false;
        }
      };
      const taken: boolean[] = [];
      for (let from = 0; from < bodies.length; from += BATCH)
        taken.push(...(await Promise.all(bodies.slice(from, from + BATCH).map(sendOne))));
      return taken;
    },
    /** Takes out everything that is visible. */
    async drain(QueueUrl: string): Promise<DeadLetter[]> {
      const found: DeadLetter[] = [];
      for (;;) {
        const { Messages = [] } = await sqs.send(
          new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: BATCH, MessageAttributeNames: ["All"] }),
        );
        if (Messages.length === 0) return found;
        for (const { Body = "", MessageAttributes = {}, ReceiptHandle } of Messages) {
          const attributes = Object.entries(MessageAttributes).map(([name, { StringValue = "" }]) => [
            name,
            StringValue,
          ]);
          found.push({ body: Body, attributes: Object.fromEntries(attributes) });
          await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
        }
      }
    },
  };
}
