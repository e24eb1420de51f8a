import { describe, expect, test } from "vitest";
import { sealsOf } from "../../../local/gate/sealing.ts";
import { key, keyAlias } from "../../../local/template/kinds/keys.ts";
import { queue, subscription, topic } from "../../../local/template/kinds/queues.ts";
import { readStacks } from "../../../local/template/read.ts";

const world = {
  partition: "aws",
  account: "000000000000",
  region: "us-east-1",
  queuesUrl: "http://127.0.0.1:1",
  apiUrl: "http://127.0.0.1:2",
};
type Resources = Record<string, { Type: string; [attribute: string]: unknown }>;
const stack = (Resources: Resources, Outputs = {}, name = "one") => ({
  name,
  template: { Resources, Outputs },
  assets: {},
});
const read = (...stacks: ReturnType<typeof stack>[]) => readStacks(stacks, world);
const output = (Value: unknown) =>
  read(stack({ Q: { Type: "AWS::SQS::Queue" } }, { Answer: { Value } })).outputs.Answer;

describe("intrinsics", () => {
  const queueArn = "arn:aws:sqs:us-east-1:000000000000:one-Q";
  test.each([
    [{ Ref: "Q" }, "http://127.0.0.1:1/000000000000/one-Q"],
    [{ "Fn::GetAtt": ["Q", "Arn"] }, queueArn],
    [{ "Fn::GetAtt": "Q.QueueName" }, "one-Q"],
    [{ "Fn::Join": ["-", ["a", { Ref: "AWS::Region" }, 3]] }, "a-us-east-1-3"],
    [{ "Fn::Sub": `\${AWS::StackName} \${Q.Arn} \${!kept}` }, `one ${queueArn} \${kept}`],
    [
      { "Fn::Sub": [`\${mine}/\${Q}`, { mine: { Ref: "AWS::AccountId" } }] },
      "000000000000/http://127.0.0.1:1/000000000000/one-Q",
    ],
    [{ "Fn::Select": [5, { "Fn::Split": [":", { "Fn::GetAtt": ["Q", "Arn"] }] }] }, "one-Q"],
    [{ "Fn::Select": ["1", ["a", { Ref: "AWS::NoValue" }, "c"]] }, "c"],
  ])("%j", (value, expected) => {
    expect(output(value)).toBe(expected);
  });

  test.each([
    [{ "Fn::Base64": "a" }, /one\/Answer.*Fn::Base64/],
    [{ "Fn::If": ["Condition", 1, 2] }, /Fn::If/],
    [{ Ref: "Missing" }, /Missing is not in stack one/],
    [{ "Fn::GetAtt": ["Q", "Colour"] }, /Q has no attribute Colour/],
    [{ "Fn::ImportValue": "nowhere" }, /no earlier stack exports nowhere/],
  ])("%j is refused", (value, message) => {
    expect(() => output(value)).toThrow(message);
  });

  test("pass values from stack to stack, and keep exports out of the outputs", () => {
    const first = stack(
      { Q: { Type: "AWS::SQS::Queue" } },
      { Hidden: { Value: { Ref: "Q" }, Export: { Name: "url" } } },
    );
    const second = stack({}, { Url: { Value: { "Fn::ImportValue": "url" } } }, "two");
    expect(read(first, second).outputs).toEqual({ Url: "http://127.0.0.1:1/000000000000/one-Q" });
  });
});

describe("resources", () => {
  test("are read with their references resolved", () => {
    const declared = read(
      stack({
        Dead: { Type: "AWS::SQS::Queue", Properties: { QueueName: "dead" } },
        Work: {
          Type: "AWS::SQS::Queue",
          Properties: { RedrivePolicy: { deadLetterTargetArn: { "Fn::GetAtt": ["Dead", "Arn"] }, maxReceiveCount: 5 } },
        },
      }),
    );
    const [dead, work] = declared.of(queue);
    expect(dead?.name).toBe("dead");
    expect(work?.properties.RedrivePolicy).toEqual({
      deadLetterTargetArn: "arn:aws:sqs:us-east-1:000000000000:dead",
      maxReceiveCount: 5,
    });
    expect(declared.of(topic)).toEqual([]);
  });

  test("keep their names and key ids from start to start, and get other ones in another stack", () => {
    const keys = { K: { Type: "AWS::KMS::Key", Properties: { KeyPolicy: {} } } };
    const id = (name: string) => read(stack(keys, {}, name)).of(key)[0]?.ref;
    expect(id("one")).toBe(id("one"));
    expect(id("one")).not.toBe(id("two"));
    expect(id("one")).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/);
  });

  test("with long names are cut to what the service takes, each to its own", () => {
    const long = "L".repeat(100);
    const resources = { [`${long}1`]: { Type: "AWS::SQS::Queue" }, [`${long}2`]: { Type: "AWS::SQS::Queue" } };
    const names = read(stack(resources))
      .of(queue)
      .map(({ name }) => name);
    expect(new Set(names).size).toBe(2);
    for (const name of names) expect(name).toHaveLength(80);
  });

  test("of a type that is not known are refused by name", () => {
    const resources = { Store: { Type: "AWS::EFS::FileSystem" } };
    expect(() => read(stack(resources))).toThrow("one/Store (AWS::EFS::FileSystem): this resource type is not known");
  });

  test.each([
    [
      { Q: { Type: "AWS::SQS::Queue", Properties: { FifoQueue: true } } },
      /one\/Q \(AWS::SQS::Queue\): FifoQueue: not known/,
    ],
    [
      { S: { Type: "AWS::SNS::Subscription", Properties: { TopicArn: "t", Protocol: "email", Endpoint: "e" } } },
      /one\/S .*Protocol/,
    ],
    [
      {
        T: {
          Type: "AWS::DynamoDB::Table",
          Properties: {
            KeySchema: [],
            AttributeDefinitions: [],
            BillingMode: "PAY_PER_REQUEST",
            StreamSpecification: { StreamViewType: "NEW_IMAGE" },
          },
        },
      },
      /StreamSpecification: not known/,
    ],
    [
      {
        M: {
          Type: "AWS::Lambda::EventSourceMapping",
          Properties: { EventSourceArn: "a", FunctionName: "f", FilterCriteria: { Filters: [] } },
        },
      },
      /FilterCriteria: not known/,
    ],
    [{ Q: { Type: "AWS::SQS::Queue", Condition: "InEurope" } }, /Resources\.Q\.Condition: not known/],
  ])("with something that is not known are refused: %#", (resources, message) => {
    expect(() => read(stack(resources as Resources))).toThrow(message);
  });

  test("in a template with parameters of its own are refused", () => {
    const template = { Parameters: { Colour: { Type: "String" } }, Resources: {} };
    expect(() => readStacks([{ name: "one", template, assets: {} }], world)).toThrow(/Parameters\.Colour: not known/);
  });

  test("that have no effect here are listed with the reason", () => {
    const { inert } = read(stack({ A: { Type: "AWS::CloudWatch::Alarm", Properties: { Anything: 1 } } }));
    expect(inert).toEqual([{ resource: "one/A (AWS::CloudWatch::Alarm)", reason: expect.stringMatching(/\w/) }]);
  });

  test("are sealed with the key that they name, by its ARN, id or alias", () => {
    const sealed = (KmsMasterKeyId: unknown) => ({ Type: "AWS::SNS::Topic", Properties: { KmsMasterKeyId } });
    const declared = read(
      stack({
        K: { Type: "AWS::KMS::Key", Properties: { KeyPolicy: {} } },
        A: { Type: "AWS::KMS::Alias", Properties: { AliasName: "alias/a", TargetKeyId: { Ref: "K" } } },
        ByArn: sealed({ "Fn::GetAtt": ["K", "Arn"] }),
        ById: sealed({ Ref: "K" }),
        ByAlias: sealed({ Ref: "A" }),
        ByAws: sealed("alias/aws/sns"),
      }),
    );
    const arn = declared.of(key)[0]?.attributes.Arn;
    const topicArn = (name: string) => `arn:aws:sns:us-east-1:000000000000:one-${name}`;
    expect(sealsOf(declared)).toEqual({
      [topicArn("ByArn")]: arn,
      [topicArn("ById")]: arn,
      [topicArn("ByAlias")]: arn,
    });
  });

  test("find each other by alias and subscription", () => {
    const declared = read(
      stack({
        K: { Type: "AWS::KMS::Key", Properties: { KeyPolicy: {} } },
        A: {
          Type: "AWS::KMS::Alias",
          Properties: { AliasName: "alias/a", TargetKeyId: { "Fn::GetAtt": ["K", "Arn"] } },
        },
        T: { Type: "AWS::SNS::Topic", Properties: {} },
        S: {
          Type: "AWS::SNS::Subscription",
          Properties: { TopicArn: { Ref: "T" }, Protocol: "sqs", Endpoint: "arn:queue", FilterPolicy: { kind: ["a"] } },
        },
      }),
    );
    expect(declared.of(keyAlias)[0]?.properties.TargetKeyId).toBe(declared.of(key)[0]?.attributes.Arn);
    expect(declared.of(subscription)[0]?.properties).toMatchObject({ TopicArn: declared.of(topic)[0]?.ref });
  });
});
