import { describe, expect, test } from "vitest";
import type { Answer, Call } from "../../../local/gate/call.ts";
import type { Interceptor } from "../../../local/gate/gate.ts";
import { deliveries } from "../../../local/hostile/deliveries.ts";
import { injectedFaults } from "../../../local/hostile/injected-faults.ts";
import type { HostileInput } from "../../../local/hostile/options.ts";
import { outages } from "../../../local/hostile/outages.ts";
import { partialMessages } from "../../../local/hostile/partial-messages.ts";
import { topicLimit } from "../../../local/hostile/topic-limit.ts";

import { answer, form, hostility, json, operation, parsed } from "./hostile-calls.ts";

describe("outages", () => {
  const ofSeed = async (seed: number) => {
    const passed: boolean[] = [];
    const intercept = outages(hostility({ seed, outages: 0.3, lostAnswers: 0.2 }));
    const ends: string[] = [];
    for (let call = 0; call < 400; call += 1) {
      let seen = false;
      const end = await intercept(json("dynamodb", "PutItem", { TableName: "t" }), async () => {
        seen = true;
        return answer();
      }).then(
        ({ status }) => String(status),
        (error: Error) => error.name,
      );
      passed.push(seen);
      ends.push(`${seen} ${end}`);
    }
    return ends;
  };

  test("come as often as asked for, before and after the part, as faults and as resets", async () => {
    const ends = await ofSeed(1);
    const share = (end: string) => ends.filter((one) => one === end).length / ends.length;
    expect(share("true 200")).toBeCloseTo(0.5, 1);
    expect(share("false 500")).toBeCloseTo(0.15, 1);
    expect(share("false ConnectionLost")).toBeCloseTo(0.15, 1);
    expect(share("true 500")).toBeCloseTo(0.1, 1);
    expect(share("true ConnectionLost")).toBeCloseTo(0.1, 1);
  });

  test("are the same for the same seed", async () => {
    expect(await ofSeed(7)).toEqual(await ofSeed(7));
    expect(await ofSeed(7)).not.toEqual(await ofSeed(8));
  });
});

describe("injected faults", () => {
  const put = json("dynamodb", "PutItem", { TableName: "state-Cases-1", Item: { id: "poison-1" } });
  const status = async (fault: NonNullable<HostileInput["faults"]>[number], call = put) =>
    (await injectedFaults(hostility({ faults: [fault] }))(call, async () => answer())).status;

  test("hit the calls that fit everything named, and no others", async () => {
    expect(await status({ match: { resource: "Cases" }, effect: "refuse" })).toBe(500);
    expect(await status({ match: { resource: "Cases", operations: ["GetItem"] }, effect: "refuse" })).toBe(200);
    expect(await status({ match: { service: "sqs" }, effect: "refuse" })).toBe(200);
    expect(await status({ match: { contains: "poison-1" }, effect: "throttle" })).toBe(400);
    expect(await status({ match: { contains: "poison-2" }, effect: "throttle" })).toBe(200);
    expect(
      await status(
        { match: { resource: "decisions" }, effect: "refuse" },
        form({ Action: "Publish", TopicArn: "arn:decisions" }),
      ),
    ).toBe(500);
  });

  test("of a full disk stop writes and let reads pass", async () => {
    const fault = { match: { service: "dynamodb" }, effect: "disk-full" } as const;
    expect(await status(fault)).toBe(500);
    expect(await status(fault, json("dynamodb", "GetItem", { TableName: "t" }))).toBe(200);
  });

  test("reset and delay", async () => {
    await expect(status({ match: {}, effect: "reset" })).rejects.toThrow(
      expect.objectContaining({ name: "ConnectionLost" }),
    );
    const before = performance.now();
    expect(await status({ match: {}, effect: "delay", ms: 30 })).toBe(200);
    expect(performance.now() - before).toBeGreaterThan(25);
  });
});

describe("batches of messages", () => {
  const intercept = partialMessages(hostility({ failedEntries: 0.5 }));

  test("of SQS: each entry is taken or refused", async () => {
    const Entries = Array.from({ length: 10 }, (_, index) => ({ Id: `${index}`, MessageBody: "x" }));
    let taken: string[] = [];
    const made = await intercept(json("sqs", "SendMessageBatch", { QueueUrl: "q", Entries }), async (passed) => {
      taken = JSON.parse(passed.body).Entries.map(({ Id }: { Id: string }) => Id);
      return answer({ Successful: taken.map((Id) => ({ Id })) });
    });
    const refused = parsed(made).Failed.map(({ Id }: { Id: string }) => Id);
    expect(refused.length).toBeGreaterThan(0);
    expect([...taken, ...refused].sort()).toEqual(Entries.map(({ Id }) => Id));
    expect(parsed(made).Failed[0].SenderFault).toBe(false);
  });

  test("of SNS: likewise, with the entries that are taken numbered anew", async () => {
    const entries = Array.from({ length: 10 }, (_, index) => [
      [`PublishBatchRequestEntries.member.${index + 1}.Id`, `id-${index}`],
      [`PublishBatchRequestEntries.member.${index + 1}.Message`, `text ${index}`],
    ]).flat();
    let sent = new URLSearchParams();
    const call = form({ Action: "PublishBatch", TopicArn: "arn", ...Object.fromEntries(entries) });
    const made = await intercept(call, async (passed) => {
      sent = new URLSearchParams(passed.body);
      return { ...answer(), body: "<PublishBatchResult><Successful></Successful><Failed/></PublishBatchResult>" };
    });
    const refused = [...made.body.matchAll(/<Failed>.*?<\/Failed>/gs)].join("").match(/id-\d/g) ?? [];
    const taken = [...sent].filter(([name]) => name.endsWith(".Id")).map(([, id]) => id);
    expect(refused.length).toBeGreaterThan(0);
    expect([...taken, ...refused].sort()).toEqual(Array.from({ length: 10 }, (_, index) => `id-${index}`));
    expect(sent.get(`PublishBatchRequestEntries.member.${taken.length}.Message`)).toBe(
      taken.at(-1)?.replace("id-", "text "),
    );
    expect(sent.get("TopicArn")).toBe("arn");
  });

  test("of SNS: 256 KB together is too much", async () => {
    const half = "x".repeat(140_000);
    const call = (second: string) =>
      form({
        Action: "PublishBatch",
        "PublishBatchRequestEntries.member.1.Message": half,
        "PublishBatchRequestEntries.member.2.Message": second,
      });
    const status = async (one: Call) => (await topicLimit(one, async () => answer())).status;
    expect(await status(call("x"))).toBe(200);
    expect(await status(call(half))).toBe(400);
  });
});

describe("deliveries", () => {
  /** A queue without visibility: what is received is in flight until it is deleted. */
  const open = (twice: number, late: number) => {
    const waiting = Array.from({ length: 10 }, (_, index) => ({ id: `${index}`, body: `body ${index}`, delay: 0 }));
    const deleted: string[] = [];
    let sent = 0;
    const part = async (call: Call): Promise<Answer> => {
      const input = JSON.parse(call.body);
      if (operation(call) === "SendMessage") {
        sent += 1;
        waiting.push({ id: `copy-${sent}`, body: input.MessageBody, delay: input.DelaySeconds });
        return answer({ MessageId: `copy-${sent}` });
      }
      if (operation(call) === "DeleteMessage") {
        deleted.push(input.ReceiptHandle);
        return answer();
      }
      const Messages = waiting.splice(0).map(({ id, body }) => ({
        MessageId: id,
        ReceiptHandle: `handle-${id}`,
        Body: body,
        Attributes: { ApproximateReceiveCount: "1" },
      }));
      return answer(Messages.length > 0 ? { Messages } : {});
    };
    const intercept: Interceptor = deliveries(hostility({ deliveries: { twice, late, laterSeconds: 3 } }));
    const receive = async () => {
      const made = await intercept(json("sqs", "ReceiveMessage", { QueueUrl: "q" }), part);
      return (parsed(made).Messages ?? []).map(({ Body }: { Body: string }) => Body) as string[];
    };
    return { receive, waiting, deleted };
  };
  const bodies = Array.from({ length: 10 }, (_, index) => `body ${index}`);

  test("come twice, later, out of order, and not a third time", async () => {
    const { receive, waiting } = open(1, 0);
    const first = await receive();
    expect([...first].sort()).toEqual(bodies);
    expect(first).not.toEqual(bodies);
    expect(waiting.every(({ delay }) => delay >= 1 && delay <= 3)).toBe(true);
    expect((await receive()).sort()).toEqual(bodies);
    expect(await receive()).toEqual([]);
  });

  test("come late, once", async () => {
    const { receive, deleted } = open(0, 1);
    expect(await receive()).toEqual([]);
    expect(deleted).toHaveLength(10);
    expect((await receive()).sort()).toEqual(bodies);
    expect(await receive()).toEqual([]);
  });
});
