import { SendMessageCommand, type SQSClient } from "@aws-sdk/client-sqs";
import type { DecisionMessage, EventMessage, VerdictMessage } from "../contracts/messages.ts";
import { toAsciiJson } from "../runtime/read-json.ts";

/**
 * Sends a message to the queue of alerts, as its topics do. Resolves once the queue has taken it.
 * @param seconds until it comes out, at most 900
 */
export const alertQueue =
  (sqs: SQSClient, QueueUrl: string) =>
  async (message: VerdictMessage | DecisionMessage | EventMessage, seconds: number): Promise<void> => {
    await sqs.send(
      new SendMessageCommand({
        QueueUrl,
        MessageBody: toAsciiJson(message),
        MessageGroupId: "verdict" in message ? message.verdict.tenant : message.tenant,
        ...(seconds > 0 && { DelaySeconds: seconds }),
      }),
    );
  };
