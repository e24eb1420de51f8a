import type { SendMessageBatchCommand, SQSClient } from "@aws-sdk/client-sqs";
import { describe, expect, it } from "vitest";
import { type ItemMessage, MAX_MESSAGE_BYTES } from "../../../shared/contracts/messages.ts";
import { itemQueue } from "../../../shared/queue/item-queue.ts";
import { toAsciiJson } from "../../../shared/runtime/read-json.ts";
import { examplePost, NOW } from "../domain/examples.ts";

interface Batch {
  readonly url: string | undefined;
  readonly ids: string[];
  readonly bytes: number;
  readonly groups: (string | undefined)[];
}

/** An SQS that takes all, or what `answers` says of the nth batch. */
function fakeSqs(...answers: readonly ("all" | "down" | readonly string[])[]) {
  const batches: Batch[] = [];
  const client = {
    async send({ input }: SendMessageBatchCommand) {
      const entries = input.Entries ?? [];
      const turn = answers[batches.length] ?? "all";
      batches.push({
        url: input.QueueUrl,
        ids: entries.map(({ Id }) => Id ?? ""),
        bytes: entries.reduce((sum, { MessageBody = "" }) => sum + Buffer.byteLength(MessageBody), 0),
        groups: entries.map(({ MessageGroupId }) => MessageGroupId),
      });
      if (turn === "down") throw new Error("SQS is down");
      const failed = turn === "all" ? [] : turn;
      return {
        Successful: entries.filter(({ Id }) => !failed.includes(Id ?? "")),
        Failed: entries.filter(({ Id }) => failed.includes(Id ?? "")).map(({ Id }) => ({ Id, SenderFault: true })),
      };
    },
  } as unknown as SQSClient;
  return { client, batches };
}

const message = (text: string, tenant = "acme"): ItemMessage => ({
  v: 1,
  tenant,
  ref: { kind: "post", id: "post-1", revision: "r1" },
  digest: "d".repeat(43),
  receivedAt: NOW.toISOString(),
  item: examplePost({ text }),
});
const overhead = toAsciiJson(message("x")).length - 1;
/** A message of exactly so many bytes; its text is longer than intake lets in, which is none of the queue's business. */
const messageOf = (bytes: number): ItemMessage => {
  const whole = message("x");
  return { ...whole, item: { ...examplePost(), text: "x".repeat(bytes - overhead) } };
};

describe("sending items", () => {
  it("goes ten to a request, to the queue of the kind, grouped by tenant", async () => {
    const { client, batches } = fakeSqs();
    const results = await itemQueue(client, { post: "https://posts" }).send(
      Array.from({ length: 23 }, (_, index) => message("hi", `tenant-${index % 2}`)),
    );
    expect(results).toEqual(Array(23).fill("sent"));
    expect(batches.map(({ ids }) => ids.length)).toEqual([10, 10, 3]);
    expect(new Set(batches.flatMap(({ ids }) => ids)).size).toBe(23);
    expect(new Set(batches.map(({ url }) => url))).toEqual(new Set(["https://posts"]));
    expect(batches[0]?.groups.slice(0, 3)).toEqual(["tenant-0", "tenant-1", "tenant-0"]);
  });

  it("cuts a request at 1 MiB", async () => {
    const { client, batches } = fakeSqs();
    const half = MAX_MESSAGE_BYTES / 2;
    const sizes = [half, half, half, half + 1, 2_000, MAX_MESSAGE_BYTES];
    expect(await itemQueue(client, { post: "q" }).send(sizes.map(messageOf))).toEqual(Array(6).fill("sent"));
    expect(batches.map(({ bytes }) => bytes)).toEqual([MAX_MESSAGE_BYTES, half, half + 2_001, MAX_MESSAGE_BYTES]);
  });

  it("refuses what no message can hold, and only that", async () => {
    const { client, batches } = fakeSqs();
    const sent = await itemQueue(client, { post: "q" }).send([
      messageOf(2_000),
      messageOf(MAX_MESSAGE_BYTES + 1),
      messageOf(2_000),
    ]);
    expect(sent).toEqual(["sent", "too_large", "sent"]);
    expect(batches.map(({ ids }) => ids)).toEqual([["0", "2"]]);
  });

  it("says of each message whether it was taken, also when a whole request failed", async () => {
    const { client } = fakeSqs(["3", "7"], "down", "all");
    const results = await itemQueue(client, { post: "q" }).send(Array.from({ length: 25 }, () => message("hi")));
    const lost = new Set([3, 7, ...Array.from({ length: 10 }, (_, index) => 10 + index)]);
    expect(results).toEqual(Array.from({ length: 25 }, (_, index) => (lost.has(index) ? "unavailable" : "sent")));
  });

  it("sends nothing where there is nothing", async () => {
    const { client, batches } = fakeSqs();
    expect(await itemQueue(client, { post: "q" }).send([])).toEqual([]);
    expect(batches).toEqual([]);
  });
});
