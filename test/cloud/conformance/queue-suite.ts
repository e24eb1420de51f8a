import { type Message, ReceiveMessageCommand } from "@aws-sdk/client-sqs";
import type { SQSRecord } from "aws-lambda";
import { expect, it } from "vitest";
import {
  type ItemMessage,
  itemMessage,
  MAX_MESSAGE_BYTES,
  verdictMessage,
} from "../../../shared/contracts/messages.ts";
import { ACTIONS } from "../../../shared/domain/verdict.ts";
import { itemQueue } from "../../../shared/queue/item-queue.ts";
import { ownQueue } from "../../../shared/queue/own-queue.ts";
import { topic } from "../../../shared/queue/topic.ts";
import { examplePost, exampleVerdict, NOW } from "../../unit/domain/examples.ts";
import { drain, type Queues } from "./queues.ts";

const messageOf = (id: string, text: string, tenant = "acme"): ItemMessage => ({
  v: 1,
  tenant,
  ref: { kind: "post", id, revision: "r1" },
  digest: "d".repeat(43),
  receivedAt: NOW.toISOString(),
  item: examplePost({ id, text }),
});
const byId = (messages: readonly ItemMessage[]) => [...messages].sort((a, b) => (a.ref.id < b.ref.id ? -1 : 1));
const read = ({ Body = "" }: Message): ItemMessage => itemMessage.parse(JSON.parse(Body));

/** What SQS refuses, what the embedded queue refuses, and what people write. */
const HARD = [
  "😀 👩‍👧",
  "\u0000\u0001\u001f",
  "\ud800 alone",
  "\udc00",
  "\ufffe\uffff",
  "a\u2028\u2029",
  "\u007f\u0085",
  '"\\/\b',
  "مرحبا",
  "Ａ",
];

/** What queues and topics promise. */
export function queueSuite(queues: () => Queues): void {
  it("bring every item through unchanged, whatever was written, of every tenant", async () => {
    const { sqs, createQueue } = queues();
    const url = await createQueue();
    const sent = Array.from({ length: 25 }, (_, index) =>
      messageOf(`post-${index}`, HARD[index] ?? "plain", `tenant-${index % 3}`),
    );
    expect(await itemQueue(sqs, { post: url }).send(sent)).toEqual(Array(25).fill("sent"));
    const received = await drain(sqs, url, 25);
    expect(byId(received.map(read))).toEqual(byId(sent));
  });

  it("bring the longest text through with its widest escapes", async () => {
    const { sqs, createQueue } = queues();
    const url = await createQueue();
    const long = messageOf("post-1", `${"\u0000\ud800".repeat(49_999)}ok`);
    expect(await itemQueue(sqs, { post: url }).send([long])).toEqual(["sent"]);
    expect((await drain(sqs, url, 1)).map(read)).toEqual([long]);
  });

  it("take messages that fill a request to its last byte, and refuse one byte more before it is sent", async () => {
    const { sqs, createQueue } = queues();
    const url = await createQueue();
    const whole = messageOf("post-1", "x");
    const filled = (bytes: number): ItemMessage => ({
      ...whole,
      item: { ...examplePost(), text: "x".repeat(bytes - JSON.stringify(messageOf("post-1", "x")).length + 1) },
    });
    const sizes = [MAX_MESSAGE_BYTES, MAX_MESSAGE_BYTES + 1, MAX_MESSAGE_BYTES / 2, MAX_MESSAGE_BYTES / 2];
    expect(await itemQueue(sqs, { post: url }).send(sizes.map(filled))).toEqual(["sent", "too_large", "sent", "sent"]);
    expect((await drain(sqs, url, 3)).map(({ Body = "" }) => Body.length).sort((a, b) => b - a)).toEqual([
      MAX_MESSAGE_BYTES,
      MAX_MESSAGE_BYTES / 2,
      MAX_MESSAGE_BYTES / 2,
    ]);
  });

  it("say that a queue which is not there took nothing, and nothing else", async () => {
    const { sqs, createQueue } = queues();
    const url = await createQueue();
    const queue = itemQueue(sqs, { post: url, review: `${url}-not-there` });
    const lost = { ...messageOf("review-1", "x"), ref: { kind: "review", id: "review-1", revision: "r1" } as const };
    expect(await queue.send([messageOf("post-1", "x"), lost, messageOf("post-2", "x")])).toEqual([
      "sent",
      "unavailable",
      "sent",
    ]);
    expect(await drain(sqs, url, 2)).toHaveLength(2);
  });

  /** One message in flight, as Lambda hands it to a function. */
  const inFlight = async (url: string): Promise<SQSRecord> => {
    const { Messages } = await queues().sqs.send(
      new ReceiveMessageCommand({ QueueUrl: url, WaitTimeSeconds: 5, MessageSystemAttributeNames: ["All"] }),
    );
    const [message] = Messages ?? [];
    if (!message) throw new Error("there is no message");
    const { MessageId: messageId, ReceiptHandle: receiptHandle, Body: body, Attributes: attributes } = message;
    return { messageId, receiptHandle, body, attributes } as SQSRecord;
  };

  it("bury a message whole, with its reason, beside its queue", async () => {
    const { sqs, createQueue } = queues();
    const [url, dead] = [await createQueue(), await createQueue()];
    const sent = messageOf("post-1", HARD.join(""));
    await itemQueue(sqs, { post: url }).send([sent]);
    await ownQueue(sqs, url, dead).bury(await inFlight(url), "failed.TypeError");
    const [buried] = await drain(sqs, dead, 1);
    expect(buried && read(buried)).toEqual(sent);
    expect(buried?.MessageAttributes).toMatchObject({
      reason: { StringValue: "failed.TypeError", DataType: "String" },
      receives: { StringValue: "1", DataType: "Number" },
      firstReceived: { StringValue: expect.stringMatching(/^\d{13}$/), DataType: "Number" },
    });
  });

  it("keep a message in its tenant's group, when it is published or buried too", async () => {
    const { sqs, sns, createQueue, createTopic, subscribe } = queues();
    const [url, dead, arn] = [await createQueue(), await createQueue(), await createTopic()];
    await itemQueue(sqs, { post: url }).send([messageOf("post-1", "x", "tenant-1")]);
    const record = await inFlight(url);
    await ownQueue(sqs, url, dead).bury(record, "failed.TypeError");
    expect(record.attributes.MessageGroupId).toBe("tenant-1");
    expect((await inFlight(dead)).attributes.MessageGroupId).toBe("tenant-1");
    await subscribe(arn, url, { kind: ["post"] });
    await topic(sns, arn).publish({}, { kind: "post", tenant: "tenant-2" });
    expect((await inFlight(url)).attributes.MessageGroupId).toBe("tenant-2");
  });

  it("bring a delayed message back soon and counted, not after the whole visibility timeout", async () => {
    const { sqs, createQueue } = queues();
    const [url, dead] = [await createQueue(60), await createQueue()];
    await itemQueue(sqs, { post: url }).send([messageOf("post-1", "x")]);
    const record = await inFlight(url);
    const started = Date.now();
    await ownQueue(sqs, url, dead).delay(record, 1);
    const again = await inFlight(url);
    expect(again.messageId).toBe(record.messageId);
    expect(again.attributes.ApproximateReceiveCount).toBe("2");
    expect(Date.now() - started).toBeGreaterThan(800);
    expect(Date.now() - started).toBeLessThan(6_000);
  });

  it("deliver from a topic, raw, what the filter lets pass, and each to whom it concerns", async () => {
    const { sqs, sns, createQueue, createTopic, subscribe } = queues();
    const [review, alerts, arn] = [await createQueue(), await createQueue(), await createTopic()];
    await subscribe(arn, review, { action: ["flag", "hold", "block"] });
    await subscribe(arn, alerts, { tenant: ["tenant-1"], action: ["allow"] });
    const verdicts = Array.from({ length: 24 }, (_, index) =>
      exampleVerdict({
        tenant: `tenant-${index % 3}`,
        action: ACTIONS[index % 4] ?? "allow",
        ref: { kind: "post", id: `post-${index}`, revision: "r1" },
      }),
    );
    const { publish } = topic(sns, arn);
    await Promise.all(
      verdicts.map((verdict) =>
        publish(
          { v: 1, verdict },
          { tenant: verdict.tenant, kind: "post", action: verdict.action, lane: verdict.lane },
        ),
      ),
    );
    const ids = (messages: readonly Message[]) =>
      messages.map(({ Body = "" }) => verdictMessage.parse(JSON.parse(Body)).verdict.ref.id).sort();
    const flagged = verdicts.filter(({ action }) => action !== "allow").map(({ ref }) => ref.id);
    expect(ids(await drain(sqs, review, flagged.length))).toEqual(flagged.sort());
    const wanted = verdicts
      .filter(({ action, tenant }) => action === "allow" && tenant === "tenant-1")
      .map(({ ref }) => ref.id);
    expect(ids(await drain(sqs, alerts, wanted.length))).toEqual(wanted.sort());
  });

  it("bring what was published through unchanged", async () => {
    const { sqs, sns, createQueue, createTopic, subscribe } = queues();
    const [url, arn] = [await createQueue(), await createTopic()];
    await subscribe(arn, url, { kind: ["post"] });
    const { publish } = topic(sns, arn);
    await Promise.all(HARD.map((text) => publish({ text }, { kind: "post" })));
    const texts = (await drain(sqs, url, HARD.length)).map(({ Body = "" }) => JSON.parse(Body).text);
    expect(texts.sort()).toEqual([...HARD].sort());
  });

  it("fail to publish to a topic that is not there", async () => {
    const { sns, createTopic } = queues();
    const arn = await createTopic();
    await expect(topic(sns, `${arn}-not-there`).publish({}, { kind: "post" })).rejects.toThrow();
  });
}
