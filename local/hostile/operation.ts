import type { Call } from "../gate/call.ts";

type Input = Record<string, unknown>;

/** What a call is about, as far as mishaps go by it. */
export interface Operation {
  name: string;
  /** Names of the tables, queue or topic. */
  resources: string[];
  /** The request of a JSON protocol; empty for SNS. */
  input: Input;
}

const known = new WeakMap<Call, Operation>();

/** Reads a call once, however many ask. */
export function operationOf(call: Call): Operation {
  let operation = known.get(call);
  if (operation === undefined) {
    operation = read(call);
    known.set(call, operation);
  }
  return operation;
}

function read({ service, headers, body }: Call): Operation {
  if (service === "sns") {
    const form = new URLSearchParams(body);
    return { name: form.get("Action") ?? "", resources: [form.get("TopicArn") ?? form.get("Name") ?? ""], input: {} };
  }
  const input = (body === "" ? {} : JSON.parse(body)) as Input;
  const name = String(headers["x-amz-target"] ?? "").split(".")[1] ?? "";
  const tables = input.RequestItems;
  const resources =
    typeof tables === "object" && tables !== null
      ? Object.keys(tables)
      : [String(input.TableName ?? input.QueueName ?? input.QueueUrl ?? "")];
  return { name, resources, input };
}

/** The same call with another request: for parts that speak JSON. */
export function withInput(call: Call, input: Input, operation?: string): Call {
  const target = String(call.headers["x-amz-target"] ?? "");
  const headers = operation
    ? { ...call.headers, "x-amz-target": `${target.split(".")[0]}.${operation}` }
    : { ...call.headers };
  return { ...call, headers, body: JSON.stringify(input) };
}
