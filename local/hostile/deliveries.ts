import type { Answer, Call } from "../gate/call.ts";
import type { Interceptor } from "../gate/gate.ts";
import { chance } from "./chance.ts";
import type { Hostility } from "./hostility.ts";
import { operationOf, withInput } from "./operation.ts";
import { plain } from "./partial-tables.ts";

interface Message {
  MessageId: string;
  ReceiptHandle: string;
  Body: string;
  Attributes?: Record<string, string>;
  MessageAttributes?: Record<string, unknown>;
}

type Next = (call: Call) => Promise<Answer>;

/** Copies whose ids are remembered, so that none is copied again. */
const remembered = 100_000;

/**
 * Messages come twice, late and out of order. A second delivery is a message of its own (another id, its own count of
 * receives): it also survives a restart, and comes whether or not the first was deleted.
 */
export function deliveries({ options, tell }: Hostility): Interceptor {
  const draw = chance(options().seed, "deliveries");
  let copies = new Set<string>();

  /** Puts the same message into the queue again, to be seen some seconds later; false where the queue did not take it. */
  async function sendAgain(call: Call, next: Next, message: Message, seconds: number): Promise<boolean> {
    const { input } = operationOf(call);
    const { MessageGroupId } = message.Attributes ?? {};
    const copy = {
      QueueUrl: input.QueueUrl,
      MessageBody: message.Body,
      DelaySeconds: seconds,
      ...(message.MessageAttributes && { MessageAttributes: message.MessageAttributes }),
      ...(MessageGroupId !== undefined && { MessageGroupId }),
    };
    const { status, body } = await next(withInput(call, copy, "SendMessage"));
    if (status !== 200) return false;
    if (copies.size > remembered) copies = new Set();
    copies.add((JSON.parse(body) as { MessageId: string }).MessageId);
    return true;
  }

  const later = (seconds: number) => 1 + Math.floor(draw() * seconds);

  /** What of a delivery the receiver sees now. */
  async function disturbed(call: Call, next: Next, messages: readonly Message[]): Promise<Message[]> {
    const { twice, late, laterSeconds } = options().deliveries;
    const { QueueUrl } = operationOf(call).input;
    const seen: Message[] = [];
    for (const message of messages) {
      const drawn = draw();
      const first = message.Attributes?.ApproximateReceiveCount === "1" && !copies.has(message.MessageId);
      if (!first || drawn >= twice + late) {
        seen.push(message);
        continue;
      }
      const copied = await sendAgain(call, next, message, later(laterSeconds));
      if (!copied || drawn < twice) seen.push(message);
      if (!copied) continue;
      tell(drawn < twice ? "delivered twice" : "delivered late", "sqs:ReceiveMessage");
      if (drawn < twice) continue;
      await next(withInput(call, { QueueUrl, ReceiptHandle: message.ReceiptHandle }, "DeleteMessage"));
    }
    return shuffled(seen);
  }

  function shuffled(messages: Message[]): Message[] {
    const placed = messages.map((message) => ({ message, place: draw() }));
    return placed.sort((a, b) => a.place - b.place).map(({ message }) => message);
  }

  return async (call, next) => {
    const { twice, late } = options().deliveries;
    if (call.service !== "sqs" || twice + late === 0) return await next(call);
    const { name } = operationOf(call);
    if (name !== "ReceiveMessage") return await next(call);
    const answer = await next(call);
    const { Messages } = answer.status === 200 ? (JSON.parse(answer.body) as { Messages?: Message[] }) : {};
    if (Messages === undefined) return answer;
    const seen = await disturbed(call, next, Messages);
    return { ...answer, ...plain(JSON.stringify(seen.length > 0 ? { Messages: seen } : {}), answer.headers) };
  };
}
