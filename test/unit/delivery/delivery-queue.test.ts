import type { SendMessageBatchCommand, SQSClient } from "@aws-sdk/client-sqs";
import { describe, expect, it } from "vitest";
import { deliveryQueue } from "../../../shared/delivery/delivery-queue.ts";

const message = (tenant: string, index: number) => ({
  v: 1 as const,
  tenant,
  subscription: `sub_${String(index).padStart(12, "0")}`,
  delivery: `msg_${String(index).padStart(22, "0")}`,
  version: 1,
});

function opened() {
  const entries: { readonly MessageGroupId?: string | undefined; readonly DelaySeconds?: number | undefined }[][] = [];
  const send = async ({ input }: SendMessageBatchCommand) => {
    entries.push(input.Entries ?? []);
    return {};
  };
  return { queue: deliveryQueue({ send } as unknown as SQSClient, "https://queue.example.com/"), entries };
}

describe("the queues of deliveries", () => {
  it("have a group for each endpoint, of no other tenant", async () => {
    const { queue, entries } = opened();
    for (const tenant of ["acme", "other"])
      await queue.send(Array.from({ length: 100 }, (_, index) => message(tenant, index)));
    expect(new Set(entries.flat().map(({ MessageGroupId }) => MessageGroupId)).size).toBe(200);
  });

  it("keep an endpoint in its group", async () => {
    const { queue, entries } = opened();
    for (let time = 0; time < 5; time += 1) await queue.send([message("acme", 7)]);
    expect(new Set(entries.flat().map(({ MessageGroupId }) => MessageGroupId)).size).toBe(1);
  });

  it("send with one request what comes at the same time, and fail only for whoever was refused", async () => {
    const requests: number[] = [];
    const send = async ({ input }: SendMessageBatchCommand) => {
      const { Entries = [] } = input;
      requests.push(Entries.length);
      const refused = Entries.filter(({ MessageBody = "" }) => MessageBody.includes('"tenant":"refused"'));
      return { Failed: refused.map(({ Id = "" }) => ({ Id, SenderFault: true })) };
    };
    const queue = deliveryQueue({ send } as unknown as SQSClient, "https://queue.example.com/");
    const sent = await Promise.allSettled(
      ["acme", "refused", "acme", "other"].map((tenant, index) => queue.send([message(tenant, index)])),
    );
    expect(requests).toEqual([4]);
    expect(sent.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled", "fulfilled"]);
  });

  it("fail for all of a request that failed", async () => {
    const send = () => Promise.reject(new Error("no connection"));
    const queue = deliveryQueue({ send } as unknown as SQSClient, "https://queue.example.com/");
    await expect(queue.send([message("acme", 1), message("acme", 2)])).rejects.toThrow("no connection");
  });

  it("send ten with a request, each held back for its time, a quarter of an hour at most", async () => {
    const { queue, entries } = opened();
    const messages = Array.from({ length: 25 }, (_, index) => message("acme", index));
    await queue.send(messages, (index) => index * 100.5);
    expect(entries.map(({ length }) => length)).toEqual([10, 10, 5]);
    const delays = entries.flat().map(({ DelaySeconds }) => DelaySeconds);
    expect(delays.slice(0, 3)).toEqual([undefined, 101, 201]);
    expect(delays.at(-1)).toBe(900);
  });
});
