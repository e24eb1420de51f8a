import type { PublishBatchCommand, SNSClient } from "@aws-sdk/client-sns";
import { describe, expect, it } from "vitest";
import { decisionMessage } from "../../../shared/contracts/messages.ts";
import { publishDecision } from "../../../shared/queue/decision-events.ts";
import { topic } from "../../../shared/queue/topic.ts";
import { exampleCase, NOW, PLANTED } from "../domain/examples.ts";

type Entry = NonNullable<PublishBatchCommand["input"]["PublishBatchRequestEntries"]>[number];

function fakeSns(fails: (entry: Entry, request: number) => boolean | "all" = () => false) {
  const requests: Entry[][] = [];
  const client = {
    async send({ input }: PublishBatchCommand) {
      const entries = input.PublishBatchRequestEntries ?? [];
      requests.push(entries);
      if (entries.some((entry) => fails(entry, requests.length) === "all")) throw new Error("SNS is down");
      return { Failed: entries.filter((entry) => fails(entry, requests.length)).map(({ Id }) => ({ Id })) };
    },
  } as unknown as SNSClient;
  return { client, requests };
}
const settled = async (all: Promise<void>[]) => (await Promise.allSettled(all)).map(({ status }) => status);

describe("a topic", () => {
  it.each([1, 9, 10, 11, 20, 37])("publishes %i messages in as few requests as there can be", async (count) => {
    const { client, requests } = fakeSns();
    const { publish } = topic(client, "arn:t");
    await Promise.all(Array.from({ length: count }, (_, index) => publish({ index }, { tenant: "acme" })));
    expect(requests).toHaveLength(Math.ceil(count / 10));
    expect(requests.flat().map(({ Message = "" }) => JSON.parse(Message).index)).toEqual(
      Array.from({ length: count }, (_, index) => index),
    );
    for (const entries of requests) expect(new Set(entries.map(({ Id }) => Id)).size).toBe(entries.length);
  });

  it("does not mix a later message into a request that has gone", async () => {
    const { client, requests } = fakeSns();
    const { publish } = topic(client, "arn:t");
    await publish({ index: 0 }, {});
    await publish({ index: 1 }, {});
    expect(requests.map((entries) => entries.length)).toEqual([1, 1]);
  });

  it("lets a refused message fail alone", async () => {
    const { client } = fakeSns(({ Message = "" }) => JSON.parse(Message).index % 10 === 4);
    const { publish } = topic(client, "arn:t");
    const statuses = await settled(Array.from({ length: 15 }, (_, index) => publish({ index }, {})));
    expect(statuses).toEqual(Array.from({ length: 15 }, (_, index) => (index % 10 === 4 ? "rejected" : "fulfilled")));
  });

  it("fails all of a request that was not taken, and nobody else", async () => {
    const { client } = fakeSns((_, request) => (request === 1 ? "all" : false));
    const { publish } = topic(client, "arn:t");
    const statuses = await settled(Array.from({ length: 12 }, (_, index) => publish({ index }, {})));
    expect(statuses).toEqual([...Array(10).fill("rejected"), "fulfilled", "fulfilled"]);
    await expect(publish({ index: 12 }, {})).resolves.toBeUndefined();
  });

  it("sends ASCII, and routing as attributes", async () => {
    const { client, requests } = fakeSns();
    await topic(client, "arn:t").publish({ a: "😀\u0000\ud800" }, { action: "flag", tenant: "acme" });
    const [entry] = requests.flat();
    expect(entry?.Message).toMatch(/^[\x20-\x7e]+$/);
    expect(entry?.MessageAttributes).toEqual({
      action: { DataType: "String", StringValue: "flag" },
      tenant: { DataType: "String", StringValue: "acme" },
    });
  });
});

describe("a published message", () => {
  it("is of its tenant's group, so that queues can deliver fairly", async () => {
    const { client, requests } = fakeSns();
    const { publish } = topic(client, "arn:t");
    await Promise.all([publish({}, { tenant: "acme" }), publish({}, { tenant: "other" }), publish({}, {})]);
    expect(requests.flat().map(({ MessageGroupId }) => MessageGroupId)).toEqual(["acme", "other", undefined]);
  });
});

describe("the event of a decision", () => {
  const decision = {
    id: "decision-1",
    outcome: "overturn",
    reason: "honest_criticism",
    by: "key:1",
    at: NOW.toISOString(),
    note: PLANTED,
  } as const;

  it("fits its contract and leaves the note behind", async () => {
    const { client, requests } = fakeSns();
    await publishDecision(topic(client, "arn:t"), { ...exampleCase(), state: "decided", version: 2, decision });
    const message = requests.flat()[0]?.Message ?? "";
    expect(decisionMessage.parse(JSON.parse(message))).toMatchObject({
      tenant: "acme",
      action: "flag",
      labels: ["insult"],
      decision: { outcome: "overturn" },
    });
    expect(message).not.toContain(PLANTED);
    expect(requests.flat()[0]?.MessageAttributes).toMatchObject({ outcome: { StringValue: "overturn" } });
  });

  it("is not made of a case that nobody decided", async () => {
    const { client, requests } = fakeSns();
    await expect(publishDecision(topic(client, "arn:t"), exampleCase())).rejects.toThrow();
    expect(requests).toEqual([]);
  });
});
