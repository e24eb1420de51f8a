import type { Grant } from "./grants.ts";

interface Need {
  /** As roles write it. */
  readonly actions: readonly string[];
  readonly via?: string;
  readonly reason: string;
}

/** Rights that no call of ours ever uses and that AWS asks for all the same, each with the reason. */
export const NEEDED_ON_AWS: readonly Need[] = [
  {
    actions: ["logs:CreateLogStream", "logs:PutLogEvents"],
    reason: "Lambda writes a function's output to its log group with the function's role; here it goes to files",
  },
  {
    actions: ["xray:PutTraceSegments", "xray:PutTelemetryRecords"],
    reason: "active tracing sends its segments with the function's role; nothing is traced here",
  },
  {
    actions: ["sqs:GetQueueAttributes"],
    reason: "Lambda's event source mapping refuses a role without it and reads the queue's depth to scale",
  },
  {
    actions: ["kms:Encrypt", "kms:GenerateDataKey", "kms:ReEncryptFrom", "kms:ReEncryptTo"],
    via: "dynamodb",
    reason:
      "DynamoDB documents them for whoever writes to a table under a customer's key; it decides when it uses them",
  },
];

/** Why an unused right stays; undefined where nothing speaks for it. */
export const reasonFor = ({ action, via }: Grant): string | undefined =>
  NEEDED_ON_AWS.find((need) => need.actions.includes(action) && need.via === via)?.reason;
