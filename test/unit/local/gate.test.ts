import { describe, expect, test } from "vitest";
import type { Call } from "../../../local/gate/call.ts";
import type { Interceptor } from "../../../local/gate/gate.ts";
import { openGate } from "../../../local/gate/gate.ts";
import { readPolicy } from "../../../local/gate/policy.ts";
import { requestOf } from "../../../local/gate/requests.ts";

const naming = {
  partition: "aws",
  account: "000000000000",
  region: "us-east-1",
  keyArn: (reference: { key: string } | { ciphertext: string }) =>
    "key" in reference ? `arn:key/${reference.key}` : `arn:sealed-by/${reference.ciphertext}`,
};
const authorization = (key: string) =>
  `AWS4-HMAC-SHA256 Credential=${key}/20260101/us-east-1/x/aws4_request, SignedHeaders=host, Signature=0`;

const json = (service: Call["service"], target: string, input: object, key = "FN"): Call => ({
  service,
  headers: { "x-amz-target": target, authorization: authorization(key) },
  body: JSON.stringify(input),
});
const form = (input: Record<string, string>): Call => ({
  service: "sns",
  headers: { authorization: authorization("FN") },
  body: new URLSearchParams(input).toString(),
});

describe("what a call asks for", () => {
  const table = "arn:aws:dynamodb:us-east-1:000000000000:table/cases";
  const posts = "arn:aws:sqs:us-east-1:000000000000:posts";
  const topic = "arn:aws:sns:us-east-1:000000000000:verdicts";
  const url = "http://127.0.0.1:1/000000000000/posts";
  test.each([
    [json("dynamodb", "DynamoDB_20120810.GetItem", { TableName: "cases" }), "dynamodb:GetItem", [table]],
    [json("dynamodb", "DynamoDB_20120810.GetItem", { TableName: table }), "dynamodb:GetItem", [table]],
    [
      json("dynamodb", "DynamoDB_20120810.Query", { TableName: "cases", IndexName: "lanes" }),
      "dynamodb:Query",
      [`${table}/index/lanes`],
    ],
    [
      json("dynamodb", "DynamoDB_20120810.BatchGetItem", { RequestItems: { cases: {}, other: {} } }),
      "dynamodb:BatchGetItem",
      [table, table.replace("cases", "other")],
    ],
    [json("dynamodb", "DynamoDB_20120810.ListTables", {}), "dynamodb:ListTables", ["*"]],
    [json("sqs", "AmazonSQS.SendMessageBatch", { QueueUrl: url }), "sqs:SendMessage", [posts]],
    [json("sqs", "AmazonSQS.DeleteMessageBatch", { QueueUrl: url }), "sqs:DeleteMessage", [posts]],
    [json("sqs", "AmazonSQS.ChangeMessageVisibilityBatch", { QueueUrl: url }), "sqs:ChangeMessageVisibility", [posts]],
    [json("sqs", "AmazonSQS.GetQueueUrl", { QueueName: "posts" }), "sqs:GetQueueUrl", [posts]],
    [form({ Action: "Publish", TopicArn: topic }), "sns:Publish", [topic]],
    [form({ Action: "PublishBatch", TopicArn: topic }), "sns:Publish", [topic]],
    [form({ Action: "ListTopics" }), "sns:ListTopics", ["*"]],
    [json("kms", "TrentService.GenerateDataKey", { KeyId: "content" }), "kms:GenerateDataKey", ["arn:key/content"]],
    [json("kms", "TrentService.Decrypt", { CiphertextBlob: "abc" }), "kms:Decrypt", ["arn:sealed-by/abc"]],
    [json("comprehend", "Comprehend_20171127.DetectToxicContent", {}), "comprehend:DetectToxicContent", ["*"]],
  ])("%o", (call, action, resources) => {
    expect(requestOf(call, naming)).toMatchObject({ action, resources });
  });

  test("names the encryption context as IAM does", () => {
    const call = json("kms", "TrentService.Decrypt", { KeyId: "k", EncryptionContext: { Tenant: "acme" } });
    expect(requestOf(call, naming)?.circumstances).toMatchObject({ "kms:encryptioncontext:tenant": "acme" });
  });

  test("follows the last of a repeated parameter, as the part does", () => {
    const call = { ...form({}), body: "Action=Publish&TopicArn=arn:granted&TopicArn=arn:other" };
    expect(requestOf(call, naming)?.resources).toEqual(["arn:other"]);
  });
});

describe("the gate", () => {
  const answer = { status: 200, headers: {}, body: "the part's answer" };
  const open = (interceptors: Interceptor[] = []) => {
    const reached: Call[] = [];
    const lines: string[] = [];
    const policy = {
      Statement: [
        { Effect: "Allow", Action: ["dynamodb:GetItem", "dynamodb:Query"], Resource: "*" },
        {
          Effect: "Allow",
          Action: "kms:Decrypt",
          Resource: "arn:key/mine",
          Condition: { StringEquals: { "kms:ViaService": "dynamodb.us-east-1.amazonaws.com" } },
        },
      ],
    };
    const table = (name: string) => `arn:aws:dynamodb:us-east-1:000000000000:table/${name}`;
    const gate = openGate({
      naming,
      seals: { [table("sealed")]: "arn:key/mine", [table("foreign")]: "arn:key/foreign" },
      principals: new Map([
        ["FN", { name: "intake", arn: "arn:intake", statements: readPolicy(policy, "a test") }],
        ["OP", { name: "operator", arn: "arn:operator", statements: undefined }],
      ]),
      part: async (call) => {
        reached.push(call);
        return answer;
      },
      interceptors,
      log: (line) => lines.push(line),
    });
    return { gate, reached, lines };
  };

  test("passes and counts what the role grants", async () => {
    const { gate, reached } = open();
    const call = json("dynamodb", "DynamoDB_20120810.GetItem", { TableName: "cases" });
    expect(await gate.handle(call)).toEqual(answer);
    expect(await gate.handle(call)).toEqual(answer);
    expect(reached).toEqual([call, call]);
    expect(gate.counts()).toEqual({ intake: { "dynamodb:GetItem": 2 } });
  });

  test.each([
    [
      json("dynamodb", "DynamoDB_20120810.PutItem", { TableName: "cases", Item: { word: { S: "secret words" } } }),
      400,
      "AccessDeniedException",
    ],
    [
      json("kms", "TrentService.Decrypt", { KeyId: "content", CiphertextBlob: "secret words" }),
      400,
      "AccessDeniedException",
    ],
    [
      json("sqs", "AmazonSQS.SendMessage", { QueueUrl: "http://x/0/posts", MessageBody: "secret words" }),
      403,
      "AccessDenied",
    ],
    [form({ Action: "Publish", TopicArn: "arn:topic", Message: "secret words" }), 403, "AuthorizationError"],
    [
      json("comprehend", "Comprehend_20171127.DetectToxicContent", { TextSegments: [{ Text: "secret words" }] }),
      400,
      "AccessDeniedException",
    ],
  ])("refuses as the service does, without content: %#", async (call, status, code) => {
    const { gate, reached, lines } = open();
    const refusal = await gate.handle(call);
    expect(refusal.status).toBe(status);
    expect(refusal.body).toContain(code);
    expect(reached).toEqual([]);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(/^refused: intake may not \S+ on \S+$/);
    expect(`${refusal.body}${lines}`).not.toContain("secret");
    expect(gate.counts()).toEqual({});
  });

  test("asks for the right to use a sealed table's key through DynamoDB", async () => {
    const { gate, reached, lines } = open();
    const get = (TableName: string, more = {}) =>
      gate.handle(json("dynamodb", "DynamoDB_20120810.Query", { TableName, ...more }));
    expect((await get("sealed")).status).toBe(200);
    expect((await get("sealed", { IndexName: "lanes" })).status).toBe(200);
    expect((await get("foreign", { IndexName: "lanes" })).body).toContain("AccessDeniedException");
    expect(lines).toEqual(["refused: intake may not kms:Decrypt on arn:key/foreign"]);
    expect(reached).toHaveLength(2);
    // The right through DynamoDB is no right to use the key by itself.
    expect((await gate.handle(json("kms", "TrentService.Decrypt", { KeyId: "mine" }))).status).toBe(400);
  });

  test("lets the operator do everything and strangers nothing", async () => {
    const { gate, reached } = open();
    const target = "DynamoDB_20120810.DeleteTable";
    expect((await gate.handle(json("dynamodb", target, { TableName: "cases" }, "OP"))).status).toBe(200);
    expect((await gate.handle(json("dynamodb", target, { TableName: "cases" }, "NOBODY"))).body).toContain(
      "UnrecognizedClientException",
    );
    expect(reached).toHaveLength(1);
  });

  test("keeps what it cannot read from the part", async () => {
    const { gate, reached } = open();
    const nameless = json("sqs", "SendMessage", { QueueUrl: "http://x/0/posts" }, "OP");
    expect((await gate.handle(nameless)).body).toContain("SerializationException");
    expect((await gate.handle({ ...nameless, body: "{" })).status).toBe(400);
    expect(reached).toEqual([]);
  });

  test("sends granted calls through its interceptors, in order", async () => {
    const steps: string[] = [];
    const note =
      (name: string): Interceptor =>
      async (call, next) => {
        steps.push(name);
        return await next(call);
      };
    const { gate } = open([note("first"), note("second"), async () => ({ ...answer, status: 503 })]);
    const call = json("dynamodb", "DynamoDB_20120810.GetItem", { TableName: "cases" });
    expect((await gate.handle(call)).status).toBe(503);
    await gate.handle(json("dynamodb", "DynamoDB_20120810.PutItem", { TableName: "cases" }));
    expect(steps).toEqual(["first", "second"]);
  });
});
