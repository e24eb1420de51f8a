import { describe, expect, test } from "vitest";
import { eventsOf, failuresIn, messagesOf, recordOf } from "../../../local/mapping/records.ts";

const received = (id: string) => ({
  MessageId: id,
  ReceiptHandle: `handle ${id}`,
  Body: "{}",
  MD5OfBody: "99914b932bd37a50b983c5e7c90ae93b",
});

describe("a message becomes a record", () => {
  test("in the form of Lambda's event", () => {
    const [message] = messagesOf({
      Messages: [
        {
          ...received("m1"),
          MD5OfMessageAttributes: "abc",
          Attributes: { ApproximateReceiveCount: "2", SentTimestamp: "1", MessageGroupId: "acme" },
          MessageAttributes: {
            action: { DataType: "String", StringValue: "flag" },
            digest: { DataType: "Binary", BinaryValue: "AAE=" },
          },
        },
      ],
    });
    if (message === undefined) throw new Error("no message was read");
    expect(recordOf(message, "arn:aws:sqs:eu-west-1:000000000000:posts")).toEqual({
      messageId: "m1",
      receiptHandle: "handle m1",
      body: "{}",
      attributes: { ApproximateReceiveCount: "2", SentTimestamp: "1", MessageGroupId: "acme" },
      messageAttributes: {
        action: { stringValue: "flag", stringListValues: [], binaryListValues: [], dataType: "String" },
        digest: { binaryValue: "AAE=", stringListValues: [], binaryListValues: [], dataType: "Binary" },
      },
      md5OfBody: "99914b932bd37a50b983c5e7c90ae93b",
      md5OfMessageAttributes: "abc",
      eventSource: "aws:sqs",
      eventSourceARN: "arn:aws:sqs:eu-west-1:000000000000:posts",
      awsRegion: "eu-west-1",
    });
  });

  test("and an empty answer becomes none", () => {
    expect(messagesOf({})).toEqual([]);
  });
});

describe("a batch becomes", () => {
  const arn = "arn:aws:sqs:eu-west-1:000000000000:posts";
  const batch = messagesOf({ Messages: ["a", "b", "c"].map((id) => ({ ...received(id), Body: `{"é":"${id}"}` })) });
  const whole = JSON.stringify({ Records: batch.map((message) => recordOf(message, arn)) });
  const idsUnder = (most: number) =>
    eventsOf(batch, arn, most).map(({ event, messages }) => {
      const ids = (JSON.parse(event).Records as { messageId: string }[]).map(({ messageId }) => messageId);
      expect(messages.map(({ MessageId }) => MessageId)).toEqual(ids);
      return ids;
    });

  test("one event where it fits", () => {
    expect(eventsOf(batch, arn, 1_000_000).map(({ event }) => event)).toEqual([whole]);
    expect(eventsOf([], arn, 1_000_000)).toEqual([]);
  });

  test("as many as it takes where it does not", () => {
    const bytes = Buffer.byteLength(whole);
    expect(idsUnder(bytes - 1)).toEqual([["a", "b"], ["c"]]);
    expect(idsUnder(Math.ceil(bytes / 2))).toEqual([["a"], ["b"], ["c"]]);
    // What no invocation takes is handed over all the same, and refused by the function.
    expect(idsUnder(1)).toEqual([["a"], ["b"], ["c"]]);
  });
});

describe("what a batch failed on", () => {
  const batch = messagesOf({ Messages: [received("a"), received("b")] });
  const failed = (answer: unknown) => [...failuresIn(JSON.stringify(answer), batch, true)];

  test.each([[null], [{}], [{ batchItemFailures: [] }], [{ batchItemFailures: null }], [""]])(
    "nothing: %j",
    (answer) => {
      expect(failed(answer)).toEqual([]);
    },
  );

  test("what the answer names", () => {
    expect(failed({ batchItemFailures: [{ itemIdentifier: "b" }] })).toEqual(["b"]);
  });

  test.each([
    [{ batchItemFailures: [{ itemIdentifier: "c" }] }],
    [{ batchItemFailures: [{ itemIdentifier: "a" }, { itemIdentifier: "" }] }],
    [{ batchItemFailures: [{ itemIdentifier: null }] }],
    [{ batchItemFailures: [{ id: "a" }] }],
    [{ batchItemFailures: "a" }],
    ["some words"],
  ])("everything, where the answer is not sound: %j", (answer) => {
    expect(failed(answer)).toEqual(["a", "b"]);
  });

  test("nothing, where the mapping does not ask for failures", () => {
    expect(failuresIn(JSON.stringify({ batchItemFailures: [{ itemIdentifier: "a" }] }), batch, false).size).toBe(0);
  });
});
