import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { GetQueueAttributesCommand, ReceiveMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { DynamoDBDocumentClient, ScanCommand } from "@aws-sdk/lib-dynamodb";
import type { Connection } from "../../local/connection.ts";
import { verdictIn } from "../../shared/store/verdicts.ts";

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

/** How an SDK client reaches a cloud as its operator. Not by this process's environment: several may run at once. */
function settingsFor(service: "DYNAMODB" | "SQS", environment: Connection["environment"]) {
  const variable = (name: string): string => environment[name] ?? "";
  return {
    endpoint: variable(`AWS_ENDPOINT_URL_${service}`),
    region: variable("AWS_REGION"),
    credentials: {
      accessKeyId: variable("AWS_ACCESS_KEY_ID"),
      secretAccessKey: variable("AWS_SECRET_ACCESS_KEY"),
    },
    maxAttempts: 4,
  };
}

export const queuesOf = ({ environment }: Pick<Connection, "environment">): SQSClient =>
  new SQSClient(settingsFor("SQS", environment));

/** Looks at a cloud as its operator. */
export function observer({ outputs, environment }: Pick<Connection, "outputs" | "environment">) {
  const client = DynamoDBDocumentClient.from(new DynamoDBClient(settingsFor("DYNAMODB", environment)));
  const sqs = queuesOf({ environment });

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
      const readable = (verdicts ?? []).map((row) => ({ ...row, verdict: verdictIn(row) ?? row.verdict }));
      return { verdicts: readable, cases: cases ?? [], signals: signals ?? [], dead: dead.flat() };
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
