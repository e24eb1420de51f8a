import { expect, test } from "vitest";
import { groupsOf } from "../../../local/parts/message-groups.ts";

const sqs = (operation: string, input: object) =>
  Object.fromEntries(groupsOf({ headers: { "x-amz-target": `AmazonSQS.${operation}` }, body: JSON.stringify(input) }));
const sns = (form: Record<string, string>) =>
  Object.fromEntries(groupsOf({ headers: {}, body: new URLSearchParams(form).toString() }));

test("groups are found wherever messages are sent", () => {
  expect(sqs("SendMessage", { MessageBody: "one", MessageGroupId: "acme" })).toEqual({ one: "acme" });
  const Entries = [{ MessageBody: "one", MessageGroupId: "acme" }, { MessageBody: "two" }];
  expect(sqs("SendMessageBatch", { Entries })).toEqual({ one: "acme" });
  expect(sns({ Action: "Publish", Message: "one", MessageGroupId: "acme" })).toEqual({ one: "acme" });
  const batch = {
    "PublishBatchRequestEntries.member.1.Message": "one & only",
    "PublishBatchRequestEntries.member.1.MessageGroupId": "acme",
    "PublishBatchRequestEntries.member.2.Message": "two",
  };
  expect(sns(batch)).toEqual({ "one & only": "acme" });
});

test("and nowhere else", () => {
  expect(sqs("ReceiveMessage", { MessageSystemAttributeNames: ["MessageGroupId"] })).toEqual({});
  expect(sqs("SendMessage", { MessageBody: "the MessageGroupId" })).toEqual({});
  expect(sns({ Action: "Publish", Message: "the MessageGroupId" })).toEqual({});
});
