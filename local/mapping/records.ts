import type { SQSMessageAttributes, SQSRecord } from "aws-lambda";
import * as z from "zod";

const attribute = z.object({
  DataType: z.string(),
  StringValue: z.string().optional(),
  BinaryValue: z.string().optional(),
});

const receivedMessage = z.object({
  MessageId: z.string(),
  ReceiptHandle: z.string(),
  Body: z.string(),
  MD5OfBody: z.string(),
  MD5OfMessageAttributes: z.string().optional(),
  Attributes: z.record(z.string(), z.string()).default({}),
  MessageAttributes: z.record(z.string(), attribute).default({}),
});

/** A message as ReceiveMessage answers it. */
export type ReceivedMessage = z.infer<typeof receivedMessage>;

/** Reads the answer of ReceiveMessage. */
export function messagesOf(answer: Record<string, unknown>): ReceivedMessage[] {
  return z.array(receivedMessage).parse(answer.Messages ?? []);
}

/** The record that Lambda's SQS mapping makes of a message. */
export function recordOf(message: ReceivedMessage, queueArn: string): SQSRecord {
  const messageAttributes: SQSMessageAttributes = {};
  for (const [name, { DataType, StringValue, BinaryValue }] of Object.entries(message.MessageAttributes)) {
    messageAttributes[name] = {
      ...(StringValue !== undefined && { stringValue: StringValue }),
      ...(BinaryValue !== undefined && { binaryValue: BinaryValue }),
      stringListValues: [],
      binaryListValues: [],
      dataType: DataType,
    };
  }
  return {
    messageId: message.MessageId,
    receiptHandle: message.ReceiptHandle,
    body: message.Body,
    // Every attribute was asked for, so those that Lambda promises are there.
    attributes: message.Attributes as unknown as SQSRecord["attributes"],
    messageAttributes,
    md5OfBody: message.MD5OfBody,
    ...(message.MD5OfMessageAttributes !== undefined && { md5OfMessageAttributes: message.MD5OfMessageAttributes }),
    eventSource: "aws:sqs",
    eventSourceARN: queueArn,
    awsRegion: queueArn.split(":")[3] ?? "",
  };
}

export interface MappedEvent {
  readonly messages: ReceivedMessage[];
  /** JSON. */
  readonly event: string;
}

/** The events that a batch becomes: one, or as many as it takes to keep each to `mostBytes`. */
export function eventsOf(batch: readonly ReceivedMessage[], queueArn: string, mostBytes: number): MappedEvent[] {
  const events: MappedEvent[] = [];
  let messages: ReceivedMessage[] = [];
  let records = "";
  const close = () => {
    if (messages.length > 0) events.push({ messages, event: `{"Records":[${records}]}` });
    messages = [];
    records = "";
  };
  const room = mostBytes - '{"Records":[]}'.length;
  let bytes = 0;
  for (const message of batch) {
    const record = JSON.stringify(recordOf(message, queueArn));
    const own = Buffer.byteLength(record) + 1;
    if (bytes + own > room) {
      close();
      bytes = 0;
    }
    records += messages.length === 0 ? record : `,${record}`;
    messages.push(message);
    bytes += own;
  }
  close();
  return events;
}

const batchAnswer = z.object({
  batchItemFailures: z.array(z.object({ itemIdentifier: z.string().min(1) })).nullish(),
});

/**
 * Which messages an invocation failed on, by message id, read as strictly as Lambda does: an answer that names no
 * message of the batch, or none at all where it should, fails the whole batch. An empty or missing list is success.
 */
export function failuresIn(payload: string, batch: readonly ReceivedMessage[], reports: boolean): Set<string> {
  const everything = new Set(batch.map(({ MessageId }) => MessageId));
  if (!reports) return new Set();
  const answer: unknown = JSON.parse(payload);
  if (answer === null || answer === "") return new Set();
  const read = batchAnswer.safeParse(answer);
  if (!read.success) return everything;
  const failed = new Set((read.data.batchItemFailures ?? []).map(({ itemIdentifier }) => itemIdentifier));
  return [...failed].every((id) => everything.has(id)) ? failed : everything;
}
