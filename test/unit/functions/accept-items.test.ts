import { describe, expect, it } from "vitest";
import { type AcceptItems, acceptItems } from "../../../functions/intake/accept-items.ts";
import { itemMessage } from "../../../shared/contracts/messages.ts";
import { routes } from "../../../shared/contracts/routes.ts";
import { exampleKeys, exampleVerdict, NOW, PLANTED, wirePost } from "../domain/examples.ts";
import { memoryQueue, memoryQuotas, memoryVerdicts, PLATFORM, settingsOf } from "./ports.ts";

function intake(more: Partial<AcceptItems> = {}) {
  const ports = {
    settingsOf: settingsOf(),
    quotas: memoryQuotas(),
    keys: exampleKeys(),
    verdicts: memoryVerdicts(),
    queue: memoryQueue(),
  };
  const accept = acceptItems({ ...ports, ...more });
  const send = (items: unknown[], caller = PLATFORM) =>
    accept({ caller, params: {}, query: {}, body: { items }, now: NOW });
  return { ...ports, send };
}
const post = (id: string, more: Record<string, unknown> = {}) => wirePost({ id, ...more });

async function resultsOf(answered: ReturnType<ReturnType<typeof intake>["send"]>) {
  const result = await answered;
  if (!result.ok) throw new Error(result.problem.type);
  return routes.intake.answer.schema.parse(result.value).results;
}
async function problemOf(answered: ReturnType<ReturnType<typeof intake>["send"]>) {
  const result = await answered;
  if (result.ok) throw new Error("it was accepted");
  return result.problem;
}

describe("handing in items", () => {
  it("accepts each with a receipt and a message that its scorer can read", async () => {
    const { send, verdicts, queue, quotas } = intake();
    const results = await resultsOf(send([post("a", { revision: "r1" }), post("b")]));
    expect(results).toEqual([
      { status: "accepted", id: "a", revision: "r1" },
      { status: "accepted", id: "b", revision: expect.stringMatching(/^c\./) },
    ]);
    expect(verdicts.rows.size).toBe(2);
    expect(queue.taken.map(({ ref }) => ref.id)).toEqual(["a", "b"]);
    for (const message of queue.taken)
      expect(itemMessage.parse(message)).toMatchObject({ tenant: "acme", receivedAt: NOW.toISOString() });
    expect(quotas.used).toBe(2);
  });

  it("takes the good and refuses the bad, in the order sent", async () => {
    const { send, queue } = intake();
    const results = await resultsOf(
      send([
        post("a"),
        PLANTED,
        post("b", { text: "" }),
        post("c"),
        post("d", { [PLANTED]: PLANTED }),
        { kind: PLANTED },
        post("e#"),
      ]),
    );
    expect(results.map((one) => (one.status === "accepted" ? one.id : one.index))).toEqual(["a", 1, 2, "c", 4, 5, 6]);
    const refused = results.filter((one) => one.status === "refused");
    for (const { index, problem } of refused)
      expect(problem.errors?.[0]?.pointer).toMatch(new RegExp(`^/items/${index}`));
    expect(refused[1]?.problem.errors?.[0]).toMatchObject({
      pointer: "/items/2/text",
      fix: expect.stringContaining("not empty"),
    });
    expect(JSON.stringify(results)).not.toContain(PLANTED);
    expect(queue.taken).toHaveLength(2);
  });

  it("refuses a request of which nothing can be taken, place by place", async () => {
    const { send, quotas, queue } = intake();
    const problem = await problemOf(send([post("a", { text: 7 }), post("b", { author: {} })]));
    expect(problem).toMatchObject({ status: 422, type: "urn:touchstone:problem:none_accepted" });
    expect(problem.errors?.map(({ pointer }) => pointer)).toEqual(["/items/0/text", "/items/1/author/id"]);
    expect(quotas.used + queue.taken.length).toBe(0);
  });

  it("refuses a single item by its own problem", async () => {
    const { send } = intake();
    expect(await problemOf(send([post("a", { text: "" })]))).toMatchObject({
      status: 422,
      type: "urn:touchstone:problem:invalid_request",
    });
    await send([post("a", { revision: "r" })]);
    expect(await problemOf(send([post("a", { revision: "r", text: "other" })]))).toMatchObject({
      status: 409,
      errors: [{ pointer: "/items/0" }],
    });
  });

  it("takes every kind", async () => {
    const { kind: _, ...rest } = wirePost({ target: { id: "p" }, rating: 4 });
    const account = { id: "account-1" };
    const follow = {
      kind: "follow",
      id: "f",
      createdAt: rest.createdAt,
      account,
      followers: [{ id: "u", followedAt: rest.createdAt }],
    };
    const audience = { kind: "audience", id: "f", createdAt: rest.createdAt, account, followerCount: 3 };
    const { send, queue } = intake();
    const results = await resultsOf(send([{ ...rest, kind: "review" }, follow, audience]));
    expect(results.map(({ status }) => status)).toEqual(Array(3).fill("accepted"));
    expect(queue.taken.map(({ ref }) => ref.kind)).toEqual(["review", "follow", "audience"]);
    for (const message of queue.taken) expect(itemMessage.parse(message)).toEqual(message);
  });
});

describe("the same revision", () => {
  it("with other content is refused, in one batch and across batches", async () => {
    const { send, queue } = intake();
    const [first, second] = await resultsOf(
      send([post("a", { revision: "r", text: "clean" }), post("a", { revision: "r", text: "abuse" })]),
    );
    expect(first?.status).toBe("accepted");
    expect(second).toMatchObject({ status: "refused", index: 1, problem: { status: 409 } });
    const [again, fine] = await resultsOf(send([post("a", { revision: "r", text: "abuse" }), post("b")]));
    expect(again).toMatchObject({ status: "refused", problem: { status: 409 } });
    expect(fine?.status).toBe("accepted");
    expect(queue.taken).toHaveLength(2);
  });

  it("is the one that stands first in the batch, however long its receipt takes", async () => {
    const verdicts = memoryVerdicts();
    let turn = 0;
    const receive: typeof verdicts.receive = async (receipt) => {
      turn += 1;
      if (turn === 1) await new Promise((resolve) => setTimeout(resolve, 5));
      return verdicts.receive(receipt);
    };
    const { send } = intake({ verdicts: { receive } });
    const twice = [post("a", { revision: "r", text: "first" }), post("a", { revision: "r", text: "second" })];
    expect((await resultsOf(send(twice))).map(({ status }) => status)).toEqual(["accepted", "refused"]);
  });

  it("of another item, or an edit under a revision of its own, is no conflict", async () => {
    const { send } = intake();
    const all = [
      post("a", { revision: "r" }),
      post("b", { revision: "r", text: "x" }),
      post("a", { text: "x" }),
      post("a", { text: "y" }),
    ];
    expect((await resultsOf(send(all))).map(({ status }) => status)).toEqual(Array(4).fill("accepted"));
  });

  it("sent again is queued again while it waits for its verdict, not once it has one", async () => {
    const { send, verdicts, queue } = intake();
    const one = post("a", { revision: "r" });
    await send([one]);
    expect(await resultsOf(send([one]))).toEqual([{ status: "accepted", id: "a", revision: "r" }]);
    expect(queue.taken).toHaveLength(2);
    const { ref, digest } = queue.taken[0] ?? { ref: exampleVerdict().ref, digest: "" };
    await verdicts.record(exampleVerdict({ ref, digest }), 1);
    expect(await resultsOf(send([one]))).toEqual([{ status: "accepted", id: "a", revision: "r" }]);
    expect(queue.taken).toHaveLength(2);
  });
});

describe("what is refused for other reasons", () => {
  it("over the quota nothing is taken, and the answer says when to come back", async () => {
    const { send, verdicts, queue, quotas } = intake({ settingsOf: settingsOf({ itemsPerMinute: 2 }) });
    const refused = await send([post("a"), post("b"), post("c")]);
    expect(refused).toMatchObject({ ok: false, problem: { status: 429 }, retryAfterSeconds: 17 });
    expect([verdicts.rows.size, queue.taken.length, quotas.used]).toEqual([0, 0, 0]);
  });

  it("an item that fits no schema costs no quota", async () => {
    const { send } = intake({ settingsOf: settingsOf({ itemsPerMinute: 1 }) });
    expect((await resultsOf(send([post("a"), {}]))).map(({ status }) => status)).toEqual(["accepted", "refused"]);
  });

  it("what the queue did not take is refused one by one, and accepted when sent again", async () => {
    let down = true;
    const queue = memoryQueue(({ ref }) =>
      ref.id === "b" && down ? "unavailable" : ref.id === "c" ? "too_large" : "sent",
    );
    const { send } = intake({ queue });
    const results = await resultsOf(send([post("a"), post("b"), post("c")]));
    expect(results).toMatchObject([
      { status: "accepted" },
      { index: 1, problem: { status: 503 } },
      { index: 2, problem: { status: 413 } },
    ]);
    down = false;
    expect(await resultsOf(send([post("b")]))).toMatchObject([{ status: "accepted" }]);
    expect(queue.taken.map(({ ref }) => ref.id)).toEqual(["a", "b"]);
  });

  it("a tenant that nobody has set up is turned away", async () => {
    const { send, queue } = intake();
    expect(await problemOf(send([post("a")], { ...PLATFORM, tenant: "nobody" }))).toMatchObject({ status: 403 });
    expect(queue.taken).toEqual([]);
  });

  it("a private item enters the queue sealed", async () => {
    const { send, queue } = intake();
    await send([post("a", { channel: { id: "dm", visibility: "private", surface: "message" }, text: PLANTED })]);
    expect(queue.taken).toHaveLength(1);
    expect(JSON.stringify(queue.taken)).not.toContain(PLANTED);
  });
});
