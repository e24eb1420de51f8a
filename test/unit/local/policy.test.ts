import { describe, expect, test } from "vitest";
import { judge, readPolicy } from "../../../local/gate/policy.ts";
import { TemplateRefused } from "../../../local/template/world.ts";

const table = "arn:aws:dynamodb:us-east-1:000000000000:table/cases";
const read = (...statements: object[]) => readPolicy({ Version: "2012-10-17", Statement: statements }, "a test");

describe("an IAM policy", () => {
  test("grants what it names and nothing else", () => {
    const policy = read({ Effect: "Allow", Action: "dynamodb:GetItem", Resource: table });
    expect(judge(policy, "dynamodb:GetItem", table)).toBe("allowed");
    expect(judge(policy, "dynamodb:PutItem", table)).toBe("not granted");
    expect(judge(policy, "dynamodb:GetItem", `${table}2`)).toBe("not granted");
    expect(judge([], "dynamodb:GetItem", table)).toBe("not granted");
  });

  test("lets an explicit Deny win, whatever the order", () => {
    const allow = { Effect: "Allow", Action: "*", Resource: "*" };
    const deny = { Effect: "Deny", Action: "dynamodb:Delete*", Resource: table };
    for (const policy of [read(allow, deny), read(deny, allow)]) {
      expect(judge(policy, "dynamodb:DeleteItem", table)).toBe("explicitly denied");
      expect(judge(policy, "dynamodb:GetItem", table)).toBe("allowed");
    }
  });

  test("tells a table from its indexes", () => {
    const onTable = read({ Effect: "Allow", Action: "dynamodb:Query", Resource: table });
    expect(judge(onTable, "dynamodb:Query", `${table}/index/lanes`)).toBe("not granted");
    const onIndexes = read({ Effect: "Allow", Action: "dynamodb:Query", Resource: `${table}/index/*` });
    expect(judge(onIndexes, "dynamodb:Query", `${table}/index/lanes`)).toBe("allowed");
    expect(judge(onIndexes, "dynamodb:Query", table)).toBe("not granted");
  });

  test("matches actions in any case and resources in their own, with * and ?", () => {
    const policy = read({ Effect: "Allow", Action: ["SQS:sendmessage"], Resource: "arn:aws:sqs:*:*:post?" });
    expect(judge(policy, "sqs:SendMessage", "arn:aws:sqs:us-east-1:1:posts")).toBe("allowed");
    expect(judge(policy, "sqs:SendMessage", "arn:aws:sqs:us-east-1:1:Posts")).toBe("not granted");
    expect(judge(policy, "sqs:SendMessage", "arn:aws:sqs:us-east-1:1:post")).toBe("not granted");
  });

  test("takes a dot for a dot", () => {
    const policy = read({ Effect: "Allow", Action: "a.b:c", Resource: "*" });
    expect(judge(policy, "aXb:c", "anything")).toBe("not granted");
  });

  test("reads NotAction and NotResource", () => {
    const policy = read({ Effect: "Allow", NotAction: "dynamodb:*", NotResource: "arn:secret*" });
    expect(judge(policy, "sqs:SendMessage", "arn:open")).toBe("allowed");
    expect(judge(policy, "dynamodb:GetItem", "arn:open")).toBe("not granted");
    expect(judge(policy, "sqs:SendMessage", "arn:secret:1")).toBe("not granted");
  });

  test("takes a single statement without a list", () => {
    const policy = readPolicy({ Statement: { Effect: "Allow", Action: "*", Resource: "*" } }, "a test");
    expect(judge(policy, "kms:Decrypt", "anything")).toBe("allowed");
  });
});

describe("a condition", () => {
  const under = (condition: object) => read({ Effect: "Allow", Action: "*", Resource: "*", Condition: condition });
  const verdict = (condition: object, circumstances: Record<string, string>) =>
    judge(under(condition), "kms:Decrypt", "a key", circumstances) === "allowed";

  test.each([
    [{ StringEquals: { "kms:ViaService": "dynamodb.us-east-1.amazonaws.com" } }, {}, false],
    [{ StringEquals: { "kms:EncryptionContext:tenant": ["a", "b"] } }, { "kms:encryptioncontext:tenant": "b" }, true],
    [{ StringEquals: { "kms:EncryptionContext:tenant": "a" } }, { "kms:encryptioncontext:tenant": "A" }, false],
    [{ StringEqualsIgnoreCase: { k: "a" } }, { k: "A" }, true],
    [{ StringNotEquals: { k: "a" } }, {}, true],
    [{ StringNotEquals: { k: ["a", "b"] } }, { k: "b" }, false],
    [{ StringLike: { k: "a*" } }, { k: "abc" }, true],
    [{ StringNotLike: { k: "a*" } }, { k: "abc" }, false],
    [{ ArnLike: { k: "arn:aws:sns:*:*:topic" } }, { k: "arn:aws:sns:us-east-1:1:topic" }, true],
    [{ ArnNotEquals: { k: "arn:x" } }, { k: "arn:x" }, false],
    [{ Bool: { "aws:SecureTransport": "true" } }, { "aws:securetransport": "true" }, true],
    [{ Bool: { "aws:SecureTransport": false } }, { "aws:securetransport": "true" }, false],
    [{ StringEqualsIfExists: { k: "a" } }, {}, true],
    [{ StringEqualsIfExists: { k: "a" } }, { k: "b" }, false],
    [{ Null: { k: "true" } }, {}, true],
    [{ Null: { k: "false" } }, {}, false],
    [{ StringEquals: { k: "a" }, StringLike: { j: "b*" } }, { k: "a", j: "c" }, false],
  ])("%j with %j holds: %s", (condition, circumstances, holds) => {
    expect(verdict(condition, circumstances as Record<string, string>)).toBe(holds);
  });

  test("with an unknown operator is refused when it is read", () => {
    expect(() => under({ IpAddress: { "aws:SourceIp": "10.0.0.0/8" } })).toThrow(/a test.*IpAddress/);
  });

  test("with a policy variable is refused when it is read", () => {
    expect(() => read({ Effect: "Allow", Action: "*", Resource: `arn:\${aws:username}` })).toThrow(TemplateRefused);
  });

  test("cannot hide behind an element that is not known", () => {
    expect(() => read({ Effect: "Allow", Action: "*", Resource: "*", NotPrincipal: "*" })).toThrow(TemplateRefused);
  });
});
