import type { Message } from "@aws-sdk/client-sqs";
import { describe, expect, it } from "vitest";
import { chooseQueues } from "../../../cli/dead-letters/choose-queues.ts";
import { causeOf, contentOf, readDeadLetter } from "../../../cli/dead-letters/dead-letter.ts";

const ref = { kind: "post", id: "p-1", revision: "r1" };
const buried = (body: unknown, reason = "revision_conflict"): Message => ({
  MessageId: "m-1",
  Body: typeof body === "string" ? body : JSON.stringify(body),
  Attributes: { SentTimestamp: "1795359600000" },
  MessageAttributes: {
    reason: { DataType: "String", StringValue: reason },
    receives: { DataType: "Number", StringValue: "5" },
  },
});

describe("a dead letter", () => {
  it("of an item or of a verdict says what it is about and why it died", () => {
    const facts = {
      tenant: "demo",
      ...ref,
      reason: "revision_conflict",
      receives: 5,
      deadSince: "2026-11-22T15:00:00.000Z",
    };
    expect(readDeadLetter(buried({ v: 1, tenant: "demo", ref, item: { text: "zephyrquill" } }))).toMatchObject(facts);
    expect(readDeadLetter(buried({ v: 1, verdict: { tenant: "demo", ref } }))).toMatchObject(facts);
  });

  it.each([
    ["no JSON", "zephyrquill {"],
    ["another thing", { hello: "zephyrquill" }],
    ["a bad ref", { tenant: "demo", ref: { ...ref, id: "a/\u001b" } }],
    ["nothing", ""],
  ])("that is %s has no item, and nothing of it is told", (_name, body) => {
    const read = readDeadLetter(buried(body));
    expect(read.kind).toBeUndefined();
    expect(JSON.stringify(read)).not.toMatch(/zephyrquill|u001b/);
  });

  it("of a backtest says which, and which of its days", () => {
    const day = { v: 1, tenant: "demo", kind: "backtest", job: "mwseuxjg-613f4bc2", part: 2, leg: 0 };
    expect(readDeadLetter(buried(day, "policy_not_usable"))).toMatchObject({
      ...{ tenant: "demo", kind: "backtest", id: "mwseuxjg-613f4bc2", revision: "day 3, stretch 1" },
      reason: "policy_not_usable",
    });
  });

  it("of a delivery or of an event names it, so that the log can be asked", () => {
    const delivery = {
      v: 1,
      tenant: "demo",
      subscription: "sub_2b7e151628ae",
      delivery: `msg_${"a".repeat(22)}`,
      version: 3,
    };
    const told = { tenant: "demo", kind: "delivery", id: delivery.delivery, revision: "version 3" };
    expect(readDeadLetter(buried(delivery))).toMatchObject(told);
    const opened = {
      v: 1,
      tenant: "demo",
      event: { type: "case.opened", case: "c".repeat(22), at: "2026-11-22T15:00:00.000Z" },
    };
    expect(readDeadLetter(buried(opened))).toMatchObject({ tenant: "demo", kind: "case.opened", id: "c".repeat(22) });
  });

  it("takes no words for a reason", () => {
    expect(readDeadLetter(buried({}, "you are \u001b[2J")).reason).toBeUndefined();
    expect(readDeadLetter({ Body: "{}" })).toMatchObject({
      reason: undefined,
      receives: undefined,
      deadSince: undefined,
    });
  });

  it("that a function never got to bury says that nothing was recorded", () => {
    expect(causeOf(readDeadLetter(buried({})))).toBe("revision_conflict");
    const moved = readDeadLetter({ MessageId: "m-1", Body: "{}" });
    expect(causeOf(moved)).toMatch(/^no reason recorded: the function ran out of time, crashed or /);
  });

  it("tells what people wrote to who asks", () => {
    expect(contentOf(buried({ item: { title: "T", text: "words" } }))).toBe("T\nwords");
    expect(contentOf(buried({ sealed: "AAAA" }))).toBe("(sealed: private)");
    expect(contentOf(buried("no JSON"))).toBe("no JSON");
  });
});

describe("the name of a queue", () => {
  const queues = ["posts", "review"].map((name) => ({ name, url: name, deadUrl: `${name}-dead` }));
  it("chooses it, with or without -dead; none chooses all; another is refused with their names", () => {
    expect(chooseQueues("redrive", queues, "posts-dead").map(({ name }) => name)).toEqual(["posts"]);
    expect(chooseQueues("redrive", queues, undefined)).toBe(queues);
    expect(() => chooseQueues("redrive", queues, "post")).toThrow(
      "redrive: there is no such queue; it is one of: posts, review",
    );
  });
});
