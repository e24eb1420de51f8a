import { describe, expect, it } from "vitest";
import { checkReports, reportTopics } from "../../../local/gate/mail-reports.ts";
import { readStacks } from "../../../local/template/read.ts";

const world = {
  partition: "aws",
  account: "000000000000",
  region: "us-east-1",
  queuesUrl: "http://127.0.0.1:1",
  apiUrl: "http://127.0.0.1:2",
};

/** A topic that hears of bounces, sealed with a key; who may do what of it, where asked for. */
function declare({ publisher = "ses.amazonaws.com", sealer = "ses.amazonaws.com", account = world.account } = {}) {
  const allowed = (who: string, Action: string | string[], Resource: unknown) => ({
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Principal: { Service: who },
        Action,
        Resource,
        Condition: { StringEquals: { "aws:SourceAccount": account } },
      },
    ],
  });
  const Resources = {
    Key: {
      Type: "AWS::KMS::Key",
      Properties: { KeyPolicy: allowed(sealer, ["kms:Decrypt", "kms:GenerateDataKey"], "*") },
    },
    Topic: { Type: "AWS::SNS::Topic", Properties: { KmsMasterKeyId: { "Fn::GetAtt": ["Key", "Arn"] } } },
    TopicPolicy: {
      Type: "AWS::SNS::TopicPolicy",
      Properties: {
        Topics: [{ Ref: "Topic" }],
        PolicyDocument: allowed(publisher, "sns:Publish", { Ref: "Topic" }),
      },
    },
    Rules: { Type: "AWS::SES::ConfigurationSet", Properties: { Name: "rules" } },
    Reports: {
      Type: "AWS::SES::ConfigurationSetEventDestination",
      Properties: {
        ConfigurationSetName: { Ref: "Rules" },
        EventDestination: {
          Enabled: true,
          MatchingEventTypes: ["bounce", "complaint"],
          SnsDestination: { TopicARN: { Ref: "Topic" } },
        },
      },
    },
  };
  const declarations = readStacks([{ name: "one", template: { Resources }, assets: {} }], world);
  return { check: () => checkReports(declarations, world), topics: reportTopics(declarations, "rules") };
}

describe("reports on mails", () => {
  it("go to the topic of their configuration set, which SES may use", () => {
    const { check, topics } = declare();
    expect(check).not.toThrow();
    expect(topics).toEqual(["arn:aws:sns:us-east-1:000000000000:one-Topic"]);
  });

  it.each([
    ["whose topic does not let SES in", { publisher: "sns.amazonaws.com" }, "lets SES publish to it"],
    ["that lets in another account's SES", { account: "111111111111" }, "lets SES publish to it"],
    ["whose key SES may not use", { sealer: "sns.amazonaws.com" }, "does not grant kms:Decrypt to SES"],
  ])("are refused at the start where they go to one %s", (_, changes, message) => {
    expect(declare(changes).check).toThrow(message);
  });
});
