import type { Call, Request, Service } from "./call.ts";
import type { Circumstances } from "./policy.ts";

/** The account that resource names belong to, and the part's own knowledge of what a call refers to. */
export interface Naming {
  partition: string;
  account: string;
  region: string;
  /** ARN of a KMS key by its id, ARN or alias, or by the ciphertext it sealed; undefined when there is no such key. */
  keyArn(reference: { key: string } | { ciphertext: string }): string | undefined;
}

/** The permission differs from the operation only in these. */
const permissionOf: Record<string, string> = {
  "sqs:SendMessageBatch": "sqs:SendMessage",
  "sqs:DeleteMessageBatch": "sqs:DeleteMessage",
  "sqs:ChangeMessageVisibilityBatch": "sqs:ChangeMessageVisibility",
  "sns:PublishBatch": "sns:Publish",
};

const secure: Circumstances = { "aws:securetransport": "true" };

/**
 * Says which permission a call needs, and on which resources, from its protocol (AWS JSON or, for SNS, AWS query).
 * Returns undefined when the request cannot be read.
 */
export function requestOf(call: Call, naming: Naming): Request | undefined {
  if (call.service === "sns") return topicRequest(call.body, naming);
  if (call.service === "ses") return mailRequest(call, naming);
  const operation = String(call.headers["x-amz-target"] ?? "").split(".")[1];
  const input = parsed(call.body);
  if (operation === undefined || input === undefined) return undefined;
  const read = { dynamodb: tableRequest, sqs: queueRequest, kms: keyRequest, comprehend: textRequest }[call.service];
  return read(operation, input, naming);
}

function tableRequest(operation: string, input: Input, naming: Naming): Request {
  const tableArn = (name: unknown) => {
    const text = String(name);
    return text.startsWith("arn:") ? text : arn(naming, "dynamodb", `table/${text}`);
  };
  const action = `dynamodb:${operation}`;
  const several = input.RequestItems;
  if (typeof several === "object" && several !== null) {
    return { action, resources: Object.keys(several).map(tableArn), circumstances: secure };
  }
  if (input.TableName === undefined) return { action, resources: ["*"], circumstances: secure };
  const table = tableArn(input.TableName);
  const index = input.IndexName;
  return {
    action,
    resources: [typeof index === "string" ? `${table}/index/${index}` : table],
    circumstances: secure,
  };
}

function queueRequest(operation: string, input: Input, naming: Naming): Request {
  const action = permission("sqs", operation);
  const name =
    input.QueueName ??
    String(input.QueueUrl ?? "")
      .split("/")
      .at(-1);
  const resources = [name === undefined || name === "" ? "*" : arn(naming, "sqs", String(name))];
  return { action, resources, circumstances: secure };
}

function topicRequest(body: string, naming: Naming): Request | undefined {
  // The part takes the last of a repeated parameter; so must the gate.
  const input = new Map(new URLSearchParams(body));
  const operation = input.get("Action");
  if (operation === undefined) return undefined;
  const name = input.get("Name");
  const named = input.get("TopicArn") ?? input.get("TargetArn") ?? input.get("SubscriptionArn");
  const resource = named ?? (name === undefined ? "*" : arn(naming, "sns", name));
  return { action: permission("sns", operation), resources: [resource], circumstances: secure };
}

function keyRequest(operation: string, input: Input, naming: Naming): Request {
  const { KeyId: id, CiphertextBlob: blob, EncryptionContext: context } = input;
  const byName = typeof id === "string" ? naming.keyArn({ key: id }) : undefined;
  const bySeal = typeof blob === "string" ? naming.keyArn({ ciphertext: blob }) : undefined;
  const circumstances: Record<string, string> = { ...secure };
  if (typeof context === "object" && context !== null) {
    for (const [name, value] of Object.entries(context)) {
      circumstances[`kms:encryptioncontext:${name.toLowerCase()}`] = String(value);
    }
  }
  return { action: `kms:${operation}`, resources: [byName ?? bySeal ?? "*"], circumstances };
}

const SENDING = "/v2/email/outbound-emails";

/** Sending one mail: the right is asked for on the sender's domain, and on the rules that the mail names. */
function mailRequest({ path, body }: Call, naming: Naming): Request | undefined {
  const input = parsed(body);
  if (path !== SENDING || input === undefined) return undefined;
  const { FromEmailAddress: from = "", ConfigurationSetName: rules } = input;
  const [, address = String(from)] = /<([^<>]*)>$/.exec(String(from)) ?? [];
  const resources = [`identity/${address.split("@").at(-1)}`, ...(rules ? [`configuration-set/${rules}`] : [])];
  return {
    action: "ses:SendEmail",
    resources: resources.map((resource) => arn(naming, "ses", resource)),
    circumstances: { ...secure, "ses:fromaddress": address },
  };
}

/** Comprehend's Detect actions know no resources. */
function textRequest(operation: string): Request {
  return { action: `comprehend:${operation}`, resources: ["*"], circumstances: secure };
}

type Input = Record<string, unknown>;

function parsed(body: string): Input | undefined {
  try {
    const value: unknown = body === "" ? {} : JSON.parse(body);
    return typeof value === "object" && value !== null ? (value as Input) : undefined;
  } catch {
    return undefined;
  }
}

function permission(service: Service, operation: string): string {
  const action = `${service}:${operation}`;
  return permissionOf[action] ?? action;
}

function arn(naming: Naming, service: Service, resource: string): string {
  return `arn:${naming.partition}:${service}:${naming.region}:${naming.account}:${resource}`;
}
