import { GetQueueAttributesCommand, ReceiveMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { ScanCommand } from "@aws-sdk/lib-dynamodb";
import { documentClient } from "../../shared/store/table.ts";

type Row = Record<string, unknown>;

export interface DeadLetter {
  readonly queue: string;
  readonly body: string;
  readonly reason: string | undefined;
}

/** What is stored and what lies in the dead-letter queues, as the operator sees it. */
export interface Observed {
  readonly verdicts: readonly Row[];
  readonly cases: readonly Row[];
  readonly signals: readonly Row[];
  readonly dead: readonly DeadLetter[];
}

const WORKING = ["QueuePosts", "QueueReviews", "QueueAudiences", "QueueReview"];
const COUNTS = [
  "ApproximateNumberOfMessages",
  "ApproximateNumberOfMessagesNotVisible",
  "ApproximateNumberOfMessagesDelayed",
] as const;

/**
 * Looks at a cloud as its operator; SDK clients find it by the environment.
 * @param outputs the stacks' outputs
 */
export function observer(outputs: Readonly<Record<string, string>>) {
  const client = documentClient();
  const sqs = new SQSClient({});

  const scan = async (output: string): Promise<Row[]> => {
    const rows: Row[] = [];
    let from: Row | undefined;
    do {
      const page = await client.send(
        new ScanCommand({ TableName: outputs[output], ConsistentRead: true, ...(from && { ExclusiveStartKey: from }) }),
      );
      rows.push(...(page.Items ?? []));
      from = page.LastEvaluatedKey;
    } while (from);
    return rows;
  };

  /** Everything that is visible, which is then hidden for a moment. */
  const lettersIn = async (queue: string): Promise<DeadLetter[]> => {
    const letters: DeadLetter[] = [];
    for (;;) {
      const { Messages = [] } = await sqs.send(
        new ReceiveMessageCommand({
          QueueUrl: outputs[queue],
          MaxNumberOfMessages: 10,
          VisibilityTimeout: 5,
          MessageAttributeNames: ["All"],
        }),
      );
      if (Messages.length === 0) return letters;
      for (const { Body = "", MessageAttributes = {} } of Messages)
        letters.push({ queue, body: Body, reason: MessageAttributes.reason?.StringValue });
    }
  };

  return {
    async all(): Promise<Observed> {
      const [verdicts, cases, signals] = await Promise.all(["TableVerdicts", "TableCases", "TableSignals"].map(scan));
      const dead = await Promise.all(WORKING.map((queue) => lettersIn(`${queue}Dead`)));
      return { verdicts: verdicts ?? [], cases: cases ?? [], signals: signals ?? [], dead: dead.flat() };
    },
    /** Messages in the working queues, in flight and delayed ones too. */
    async depth(): Promise<number> {
      const depths = WORKING.map(async (queue) => {
        const command = new GetQueueAttributesCommand({ QueueUrl: outputs[queue], AttributeNames: [...COUNTS] });
        const { Attributes = {} } = await sqs.send(command);
        return COUNTS.reduce((sum, name) => sum + Number(Attributes[name]), 0);
      });
      return (await Promise.all(depths)).reduce((sum, depth) => sum + depth, 0);
    },
    /** Cases whose event is owed. */
    async owing(): Promise<number> {
      return (await scan("TableCases")).filter((row) => row.owes !== undefined).length;
    },
    deadLetters: lettersIn,
    close() {
      client.destroy();
      sqs.destroy();
    },
  };
}
export type Observer = ReturnType<typeof observer>;
