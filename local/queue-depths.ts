import type { PartClient } from "./parts/client.ts";

export interface QueueDepth {
  waiting: number;
  /** Received and not yet deleted. */
  inFlight: number;
  delayed: number;
}

const names = {
  waiting: "ApproximateNumberOfMessages",
  inFlight: "ApproximateNumberOfMessagesNotVisible",
  delayed: "ApproximateNumberOfMessagesDelayed",
} as const;

/** How many messages each queue holds. */
export async function readDepth(client: PartClient, queueUrl: string): Promise<QueueDepth> {
  const input = { QueueUrl: queueUrl, AttributeNames: Object.values(names) };
  const answer = await client.call("sqs", "GetQueueAttributes", input);
  const attributes = answer.Attributes as Record<string, string>;
  return {
    waiting: Number(attributes[names.waiting]),
    inFlight: Number(attributes[names.inFlight]),
    delayed: Number(attributes[names.delayed]),
  };
}

export function isEmpty({ waiting, inFlight, delayed }: QueueDepth): boolean {
  return waiting + inFlight + delayed === 0;
}
