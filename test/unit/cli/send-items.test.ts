import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { MAX_LINE_BYTES } from "../../../cli/items/read-lines.ts";
import { type Outcome, sendItems } from "../../../cli/items/send-items.ts";
import { type Behaviour, fakeIntake, problemAnswer, takeGood } from "./fake-intake.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const items = (count: number, text = "hello", bad: readonly number[] = []) =>
  Array.from({ length: count }, (_, index) => ({
    line: index + 1,
    value: { kind: "post", id: `${bad.includes(index + 1) ? "bad" : "good"}-${index + 1}`, text },
  }));

async function run(list: ReturnType<typeof items>, behaviour?: Behaviour, patience = 30) {
  const intake = fakeIntake(behaviour);
  const outcomes: Outcome[] = [];
  const waits: string[] = [];
  const sending = sendItems(list, {
    url: "http://api.example",
    token: "t",
    answered: (outcome) => outcomes.push(outcome),
    waiting: (why) => waits.push(why),
    batch: 100,
    parallel: 4,
    pause: 0,
    patience,
  }).then(
    () => undefined,
    (error: Error) => error,
  );
  let ended = false;
  void sending.finally(() => {
    ended = true;
  });
  while (!ended) await vi.advanceTimersByTimeAsync(250);
  const failure = await sending;
  return { intake, outcomes: outcomes.toSorted((a, b) => a.line - b.line), waits, failure };
}

describe("the sender", () => {
  it("sends all in batches of at most 100 and answers for each once", async () => {
    const { intake, outcomes, failure } = await run(items(450, "hi", [7, 431]));
    expect(failure).toBeUndefined();
    expect(intake.requests.every((ids) => ids.length <= 100)).toBe(true);
    expect(intake.taken).toHaveLength(448);
    expect(outcomes.map(({ line }) => line)).toEqual(Array.from({ length: 450 }, (_, index) => index + 1));
    expect(outcomes[0]).toEqual({ line: 1, accepted: { kind: "post", id: "good-1", revision: "r1" } });
    expect(outcomes[6]).toEqual({ line: 7, refused: "/text: missing (send a string)" });
    expect(outcomes[430]).toHaveProperty("refused");
  });

  it("names each place where all of a request are refused", async () => {
    const { outcomes } = await run(
      items(
        12,
        "hi",
        Array.from({ length: 12 }, (_, index) => index + 1),
      ),
    );
    expect(outcomes.map((one) => ("refused" in one ? one.refused : ""))).toEqual(
      new Array(12).fill("/text: missing (send a string)"),
    );
  });

  it("keeps requests under the limit of a body, and refuses what is over it alone", async () => {
    const big = "x".repeat(900_000);
    const { intake, outcomes } = await run([
      ...items(11, big),
      { line: 12, value: { kind: "post", id: "huge", text: "x".repeat(MAX_LINE_BYTES) } },
    ]);
    expect(intake.requests.map((ids) => ids.length)).toEqual([5, 5, 1]);
    expect(outcomes[11]).toEqual({ line: 12, refused: expect.stringContaining("bytes of one request") });
  });

  it("sends again what got no answer or a server's fault", async () => {
    const { intake, outcomes, failure, waits } = await run(items(3), (list, request) =>
      request === 1 ? undefined : request === 2 ? problemAnswer("unexpected") : takeGood(list),
    );
    expect(failure).toBeUndefined();
    expect(intake.requests).toHaveLength(3);
    expect(outcomes.every((one) => "accepted" in one)).toBe(true);
    expect(waits).toEqual(["nothing answers; trying again", "intake answers 500; trying again"]);
  });

  it("waits for as long as a full quota asks it to", async () => {
    const started = Date.now();
    const { intake, outcomes, waits } = await run(items(3), (list, request) =>
      request === 1 ? problemAnswer("over_quota", [], { "retry-after": "42" }) : takeGood(list),
    );
    expect(Date.now() - started).toBeGreaterThanOrEqual(42_000);
    expect([intake.requests.length, outcomes.length]).toEqual([2, 3]);
    expect(waits).toEqual(["the tenant's quota of this minute is used up; going on in 42 s"]);
  });

  it("gives up on a quota that never has room", async () => {
    const { failure, outcomes } = await run(items(3), () => problemAnswer("over_quota", [], { "retry-after": "1" }));
    expect(failure?.message).toMatch(/quota/);
    expect(outcomes).toEqual([]);
  });

  it("sends again only what the queue could not take", async () => {
    const { intake, outcomes } = await run(items(3), async (list, request) => {
      if (request > 1) return takeGood(list);
      const { results } = (await takeGood(list).json()) as { results: unknown[] };
      const refusal = {
        status: "refused",
        index: 1,
        problem: { type: "urn:touchstone:problem:unavailable", title: "t", status: 503, detail: "d" },
      };
      return new Response(JSON.stringify({ results: [results[0], refusal, results[2]] }), { status: 202 });
    });
    expect(intake.requests).toEqual([["good-1", "good-2", "good-3"], ["good-2"]]);
    expect(outcomes.every((one) => "accepted" in one)).toBe(true);
  });

  it("halves a request that is too large", async () => {
    const { intake, outcomes } = await run(items(4), (list) =>
      list.length > 1 ? problemAnswer("too_large") : takeGood(list),
    );
    expect(intake.taken).toHaveLength(4);
    expect(outcomes.every((one) => "accepted" in one)).toBe(true);
  });

  it("stops where nothing answers for too long", async () => {
    const { failure } = await run(items(3), () => undefined, 5);
    expect([failure?.name, failure?.message]).toEqual([
      "SendFailed",
      "nothing has answered for 5 s; is it still running?",
    ]);
  });

  it("stops at once where the key is refused, and asks no more", async () => {
    const { failure, intake } = await run(items(3_000), () => problemAnswer("revoked_key"));
    expect(failure?.message).toBe("intake answered 401: as the test says");
    expect(intake.requests.length).toBeLessThanOrEqual(5);
  });

  it("stops where something else answers", async () => {
    const { failure } = await run(items(1), () => new Response('{"hello":1}', { status: 404 }));
    expect(failure?.message).toBe("what answers at http://api.example is not Touchstone (status 404)");
  });
});
