import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from "aws-lambda";
import { describe, expect, it, vi } from "vitest";
import * as z from "zod";

vi.hoisted(() => {
  process.env.POWERTOOLS_METRICS_NAMESPACE = "Touchstone";
  process.env.POWERTOOLS_SERVICE_NAME = "test";
});

import type { OwnQueue } from "../../../shared/queue/own-queue.ts";
import { queueStack } from "../../../shared/runtime/queue-stack.ts";
import { Unprocessable } from "../../../shared/runtime/unprocessable.ts";
import { PLANTED } from "../domain/examples.ts";
import { captureOutput } from "./captured-output.ts";

const schema = z.strictObject({ say: z.string(), wrong: z.enum(["surprise", "useless", "outage"]).optional() });

const record = (messageId: string, body: unknown, receives = 1): SQSRecord =>
  ({
    messageId,
    receiptHandle: `receipt of ${messageId}`,
    body: typeof body === "string" ? body : JSON.stringify(body),
    attributes: {
      ApproximateReceiveCount: String(receives),
      ApproximateFirstReceiveTimestamp: "1",
      SentTimestamp: "1",
      SenderId: "x",
    },
    messageAttributes: {},
    md5OfBody: "",
    eventSource: "aws:sqs",
    eventSourceARN: "arn:aws:sqs:eu-west-1:000000000000:posts",
    awsRegion: "eu-west-1",
  }) as SQSRecord;

class QuotingError extends Error {
  override readonly name = "QuotingError";
}

async function consume(records: SQSRecord[], more: { buryFails?: boolean; delayFails?: boolean } = {}) {
  const output = captureOutput();
  const said: string[] = [];
  const bury = vi.fn<OwnQueue["bury"]>(async () => {
    if (more.buryFails) throw new QuotingError(PLANTED);
  });
  const delay = vi.fn<OwnQueue["delay"]>(async () => {
    if (more.delayFails) throw new QuotingError(PLANTED);
  });
  const handler = queueStack(schema, { bury, delay }, async ({ say, wrong }) => {
    if (wrong === "surprise") throw new QuotingError(`cannot read ${say}`);
    if (wrong === "outage") throw Object.assign(new Error(PLANTED), { $fault: "server" });
    if (wrong === "useless") throw new Unprocessable("of_no_use");
    said.push(say);
  });
  const answered = (await handler(
    { Records: records } as SQSEvent,
    { awsRequestId: "request-1" } as Context,
  )) as SQSBatchResponse;
  return { said, bury, delay, output, failed: answered.batchItemFailures.map(({ itemIdentifier }) => itemIdentifier) };
}

describe("the queue stack", () => {
  it("hands on every message and reports no failure", async () => {
    const { said, failed, bury, delay } = await consume([record("1", { say: "a" }), record("2", { say: "b" })]);
    expect(said.sort()).toEqual(["a", "b"]);
    expect(failed).toEqual([]);
    expect(bury).not.toHaveBeenCalled();
    expect(delay).not.toHaveBeenCalled();
  });

  it("returns only what failed, also when everything failed", async () => {
    const wrong = { say: "x", wrong: "surprise" };
    const mixed = await consume([record("1", { say: "a" }), record("2", wrong), record("3", { say: "c" })]);
    expect(mixed.failed).toEqual(["2"]);
    expect(mixed.said.sort()).toEqual(["a", "c"]);
    expect((await consume([record("1", wrong), record("2", wrong)])).failed.sort()).toEqual(["1", "2"]);
  });

  it("does not remember the failures of the batch before", async () => {
    const handler = queueStack(schema, { bury: async () => {}, delay: async () => {} }, async ({ wrong }) => {
      if (wrong) throw new Unprocessable("of_no_use");
    });
    captureOutput();
    const run = (body: unknown) => handler({ Records: [record("1", body)] } as SQSEvent, {} as Context);
    expect(await run({ say: "x", wrong: "useless" })).toEqual({ batchItemFailures: [{ itemIdentifier: "1" }] });
    expect(await run({ say: "x" })).toEqual({ batchItemFailures: [] });
  });

  it.each([
    [1, 2],
    [2, 4],
    [3, 8],
    [4, 16],
  ])("after failure %i waits %i seconds", async (receives, seconds) => {
    const failing = record("1", { say: "x", wrong: "surprise" }, receives);
    const { failed, delay, bury } = await consume([failing]);
    expect(failed).toEqual(["1"]);
    expect(delay).toHaveBeenCalledExactlyOnceWith(failing, seconds);
    expect(bury).not.toHaveBeenCalled();
  });

  it.each([
    [1, 5],
    [2, 15],
    [3, 45],
    [4, 90],
  ])("after failure %i by a service's fault waits %i seconds or a little more", async (receives, seconds) => {
    const { delay } = await consume([record("1", { say: "x", wrong: "outage" }, receives)]);
    const waited = delay.mock.calls[0]?.[1] ?? 0;
    expect(waited).toBeGreaterThanOrEqual(seconds);
    expect(waited).toBeLessThanOrEqual(seconds * 1.2 + 1);
  });

  it.each([
    ["failed.QuotingError", { say: PLANTED, wrong: "surprise" }],
    ["of_no_use", { say: PLANTED, wrong: "useless" }],
    ["message_not_json", `{"say": ${PLANTED}`],
    ["message_does_not_fit_schema", { say: PLANTED, [PLANTED]: 1 }],
    ["message_does_not_fit_schema", { say: 7 }],
  ])("buries the fifth failure with its reason, %s, and lets it go", async (reason, body) => {
    const failing = record("1", body, 5);
    const { failed, bury, delay } = await consume([failing, record("2", { say: "b" })]);
    expect(failed).toEqual([]);
    expect(bury).toHaveBeenCalledExactlyOnceWith(failing, reason);
    expect(delay).not.toHaveBeenCalled();
  });

  it("keeps a message that could not be buried", async () => {
    const { failed } = await consume([record("1", "no", 5)], { buryFails: true });
    expect(failed).toEqual(["1"]);
  });

  it("reports the failure even if it could not be delayed", async () => {
    const { failed, output } = await consume([record("1", { say: "x", wrong: "useless" })], { delayFails: true });
    expect(failed).toEqual(["1"]);
    expect(output.lines()).toContainEqual(expect.objectContaining({ message: "no delay", error: "QuotingError" }));
  });

  it("writes no word of a message into its logs, and says what can be said", async () => {
    const { output } = await consume(
      [
        record("1", `{"say": "${PLANTED}`),
        record("2", { say: PLANTED, wrong: "surprise" }, 5),
        record("3", { say: PLANTED, wrong: "useless" }),
        record("4", { [PLANTED]: PLANTED, say: PLANTED }),
        record("5", { say: PLANTED }),
      ],
      { buryFails: true, delayFails: true },
    );
    expect(output.text()).not.toContain(PLANTED);
    const lines = output.lines();
    expect(lines).toContainEqual(
      expect.objectContaining({
        message: "dead letter",
        messageId: "2",
        receives: 5,
        reason: "failed.QuotingError",
        requestId: "request-1",
      }),
    );
    expect(lines).toContainEqual(
      expect.objectContaining({ message: "will be tried again", messageId: "1", reason: "message_not_json" }),
    );
    expect(lines).toContainEqual(expect.objectContaining({ Handled: 1, DeadLetter: 1 }));
  });
});
