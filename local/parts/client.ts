import { Agent, request } from "node:http";
import type { Service } from "../gate/call.ts";

/** Services of JSON that the embedded cloud itself calls. */
type JsonService = Exclude<Service, "sns" | "comprehend" | "ses">;

/** Whose calls these are. Nothing is signed: on loopback the access key alone says who calls. */
export interface Credentials {
  accessKey: string;
  region: string;
}

/** An embedded part's refusal, by its AWS error name. */
export class PartRefused extends Error {
  override name = "PartRefused";
  readonly code: string;
  constructor(action: string, code: string, reason: string) {
    super(`${action}: ${code}: ${reason}`);
    this.code = code;
  }
}

const targets: Record<JsonService, string> = {
  dynamodb: "DynamoDB_20120810",
  sqs: "AmazonSQS",
  kms: "TrentService",
};

const agent = new Agent({ keepAlive: true });

export interface PartClient {
  /** Calls an operation of a JSON service. */
  call(service: JsonService, operation: string, input: object, signal?: AbortSignal): Promise<Record<string, unknown>>;
  /** Calls an operation of SNS, whose answer is XML. */
  callTopics(operation: string, input: Record<string, string>): Promise<string>;
}

/** The few calls that the embedded cloud itself makes to its parts, without an SDK's start-up time. */
export function openClient(urls: Record<JsonService | "sns", string>, { accessKey, region }: Credentials): PartClient {
  const headersFor = (service: JsonService | "sns") => {
    const date = new Date().toISOString().replace(/[-:]|\.\d+/g, "");
    return {
      "x-amz-date": date,
      authorization: `AWS4-HMAC-SHA256 Credential=${accessKey}/${date.slice(0, 8)}/${region}/${service}/aws4_request, SignedHeaders=host, Signature=none`,
    };
  };
  return {
    async call(service, operation, input, signal) {
      const { status, body } = await post(
        urls[service],
        {
          ...headersFor(service),
          "content-type": service === "kms" ? "application/x-amz-json-1.1" : "application/x-amz-json-1.0",
          "x-amz-target": `${targets[service]}.${operation}`,
        },
        JSON.stringify(input),
        signal,
      );
      const answer = JSON.parse(body || "{}");
      if (status === 200) return answer;
      const code = String(answer.__type).split("#").at(-1) ?? "";
      throw new PartRefused(`${service}:${operation}`, code, answer.message ?? answer.Message ?? "");
    },
    async callTopics(operation, input) {
      const { status, body } = await post(
        urls.sns,
        { ...headersFor("sns"), "content-type": "application/x-www-form-urlencoded" },
        new URLSearchParams({ Action: operation, ...input }).toString(),
      );
      if (status === 200) return body;
      const [, code = "", reason = ""] = /<Code>(\w+)<\/Code>\s*<Message>([^<]*)/.exec(body) ?? [];
      throw new PartRefused(`sns:${operation}`, code, reason);
    },
  };
}

function post(
  url: string,
  headers: Record<string, string>,
  body: string,
  signal?: AbortSignal,
): Promise<{ status: number; body: string }> {
  return new Promise((resolve, reject) => {
    const outgoing = request(url, { method: "POST", agent, headers, ...(signal && { signal }) }, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("error", reject);
      response.on("end", () => resolve({ status: response.statusCode ?? 0, body: Buffer.concat(chunks).toString() }));
    });
    outgoing.on("error", reject);
    outgoing.end(body);
  });
}
