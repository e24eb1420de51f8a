import {
  ChangeMessageVisibilityBatchCommand,
  DeleteMessageBatchCommand,
  GetQueueAttributesCommand,
  type Message,
  type MessageAttributeValue,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  type SQSClient,
} from "@aws-sdk/client-sqs";
import { MAX_MESSAGE_BYTES } from "../../shared/contracts/messages.ts";
import { readDeadLetter } from "./dead-letter.ts";

const BATCH = 10;
/** Seconds for which a message that is looked at is hidden from others; it comes back by itself if we are killed. */
const PEEK_SECONDS = 15;
const MOVE_SECONDS = 60;
/** Attributes that say how a message died: they are not part of it. */
const OBITUARY = ["reason", "receives", "firstReceived"];

export async function countMessages(sqs: SQSClient, QueueUrl: string): Promise<number> {
  const AttributeNames = ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"] as const;
  const { Attributes } = await sqs.send(
    new GetQueueAttributesCommand({ QueueUrl, AttributeNames: [...AttributeNames] }),
  );
  return AttributeNames.reduce((sum, name) => sum + Number(Attributes?.[name] ?? 0), 0);
}

async function receive(sqs: SQSClient, QueueUrl: string, most: number, VisibilityTimeout: number): Promise<Message[]> {
  const { Messages = [] } = await sqs.send(
    new ReceiveMessageCommand({
      QueueUrl,
      MaxNumberOfMessages: Math.min(BATCH, most),
      VisibilityTimeout,
      WaitTimeSeconds: 1,
      MessageAttributeNames: ["All"],
      MessageSystemAttributeNames: ["SentTimestamp", "MessageGroupId"],
    }),
  );
  return Messages;
}

const batches = <T>(list: readonly T[]): T[][] =>
  Array.from({ length: Math.ceil(list.length / BATCH) }, (_, index) => list.slice(index * BATCH, (index + 1) * BATCH));

const entries = (messages: readonly Message[]) =>
  messages.map(({ ReceiptHandle }, index) => ({ Id: String(index), ReceiptHandle }));

/** Hands messages back at once. A second and not zero: the embedded queue loses a message that is handed back with zero. */
async function handBack(sqs: SQSClient, QueueUrl: string, messages: readonly Message[]): Promise<void> {
  for (const batch of batches(messages))
    await sqs.send(
      new ChangeMessageVisibilityBatchCommand({
        QueueUrl,
        Entries: entries(batch).map((entry) => ({ ...entry, VisibilityTimeout: 1 })),
      }),
    );
}

/** Up to `most` messages of a queue, each once; they stay where they are. */
export async function peekMessages(sqs: SQSClient, queueUrl: string, most: number): Promise<Message[]> {
  const found = new Map<string, Message>();
  try {
    while (found.size < most) {
      const messages = await receive(sqs, queueUrl, most - found.size, PEEK_SECONDS);
      const fresh = messages.filter(({ MessageId = "" }) => !found.has(MessageId));
      for (const message of messages) found.set(message.MessageId ?? "", message);
      if (fresh.length === 0) break;
    }
  } finally {
    await handBack(sqs, queueUrl, [...found.values()]);
  }
  return [...found.values()];
}

const ownAttributes = (message: Message): Record<string, MessageAttributeValue> =>
  Object.fromEntries(Object.entries(message.MessageAttributes ?? {}).filter(([name]) => !OBITUARY.includes(name)));

/** Sends messages again. @returns those that the queue took. */
async function resend(sqs: SQSClient, QueueUrl: string, messages: readonly Message[]): Promise<Message[]> {
  const { Successful = [] } = await sqs.send(
    new SendMessageBatchCommand({
      QueueUrl,
      Entries: messages.map((message, index) => {
        const group = message.Attributes?.MessageGroupId ?? readDeadLetter(message).tenant;
        return {
          Id: String(index),
          MessageBody: message.Body ?? "",
          MessageAttributes: ownAttributes(message),
          ...(group === undefined ? {} : { MessageGroupId: group }),
        };
      }),
    }),
  );
  return Successful.flatMap(({ Id }) => messages[Number(Id)] ?? []);
}

/** Batches that a queue takes in one request: their bytes together count, too. */
function sendable(messages: readonly Message[]): Message[][] {
  const cut: Message[][] = [];
  let bytes = 0;
  for (const message of messages) {
    const own = Buffer.byteLength(message.Body ?? "");
    const last = cut.at(-1);
    if (!last || bytes + own > MAX_MESSAGE_BYTES) {
      cut.push([message]);
      bytes = own;
    } else {
      last.push(message);
      bytes += own;
    }
  }
  return cut;
}

export interface Emptied {
  readonly done: number;
  /** Messages that the queue did not take; they still lie in the dead-letter queue. */
  readonly left: number;
}

/**
 * Takes up to `most` messages out of a dead-letter queue: back into `to`, or nowhere. Each is sent first and deleted
 * then, so that a crash between leaves it in both and never in neither; steps handle a repeat. Only what lay there at
 * the beginning is taken: a message that dies again is not sent in a circle.
 */
export async function emptyDeadLetters(
  sqs: SQSClient,
  deadUrl: string,
  to: string | undefined,
  most: number,
  progress: (done: number) => void,
): Promise<Emptied> {
  const began = Date.now();
  const seen = new Set<string>();
  let done = 0;
  let left = 0;
  while (done < most) {
    const messages = await receive(sqs, deadUrl, most - done, MOVE_SECONDS);
    const due = messages.filter(({ MessageId = "", Attributes }) => {
      const known = seen.has(MessageId) || Number(Attributes?.SentTimestamp ?? 0) > began;
      seen.add(MessageId);
      return !known;
    });
    const others = messages.filter((message) => !due.includes(message));
    if (others.length > 0) await handBack(sqs, deadUrl, others);
    if (due.length === 0) break;
    const moved: Message[] = [];
    for (const batch of sendable(due)) moved.push(...(to === undefined ? batch : await resend(sqs, to, batch)));
    if (moved.length > 0) {
      const { Failed = [] } = await sqs.send(
        new DeleteMessageBatchCommand({ QueueUrl: deadUrl, Entries: entries(moved) }),
      );
      done += moved.length - Failed.length;
    }
    const kept = due.filter((message) => !moved.includes(message));
    left += kept.length;
    if (kept.length > 0) await handBack(sqs, deadUrl, kept);
    progress(done);
  }
  return { done, left };
}

/**
 * Deletes those messages of a dead-letter queue that `matches` says yes to; the others stay where they are.
 * @returns how many were deleted.
 */
export async function discardMatching(
  sqs: SQSClient,
  deadUrl: string,
  matches: (message: Message) => Promise<boolean>,
): Promise<number> {
  const seen = new Set<string>();
  const others: Message[] = [];
  let deleted = 0;
  try {
    for (;;) {
      const messages = await receive(sqs, deadUrl, BATCH, MOVE_SECONDS);
      const fresh = messages.filter(({ MessageId = "" }) => !seen.has(MessageId));
      if (fresh.length === 0) break;
      const matching: Message[] = [];
      for (const message of fresh) {
        seen.add(message.MessageId ?? "");
        ((await matches(message)) ? matching : others).push(message);
      }
      if (matching.length === 0) continue;
      const { Failed = [] } = await sqs.send(
        new DeleteMessageBatchCommand({ QueueUrl: deadUrl, Entries: entries(matching) }),
      );
      deleted += matching.length - Failed.length;
    }
  } finally {
    await handBack(sqs, deadUrl, others);
  }
  return deleted;
}
