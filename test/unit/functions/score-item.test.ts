import { describe, expect, it } from "vitest";
import { type ScoreItem, scoreItem } from "../../../functions/score/score-item.ts";
import { itemMessage } from "../../../shared/contracts/messages.ts";
import { routes } from "../../../shared/contracts/routes.ts";
import { item } from "../../../shared/domain/item.ts";
import { builtInPolicies } from "../../../shared/policy/compiled-policies.ts";
import { exampleKeys, examplePost, exampleVerdict, NOW } from "../domain/examples.ts";
import { memoryQueue, memoryQuotas, memoryVerdicts, PLATFORM, settingsOf } from "./ports.ts";

function scoring(more: Partial<ScoreItem> = {}) {
  const ports = {
    settingsOf: settingsOf(),
    policiesOf: async () => builtInPolicies,
    quotas: memoryQuotas(),
    keys: exampleKeys(),
    verdicts: memoryVerdicts(),
    queue: memoryQueue(),
    judge: async (_, { tenant, ref, digest }) => exampleVerdict({ tenant, ref, digest }),
  } satisfies ScoreItem;
  const score = scoreItem({ ...ports, ...more });
  const send = (store: "true" | "false", item: ReturnType<typeof examplePost> = examplePost()) =>
    score({ caller: PLATFORM, params: {}, query: { store }, body: { item }, now: NOW });
  return { ...ports, send };
}

describe("scoring one item now", () => {
  it("answers with the explained verdict and leaves nothing behind", async () => {
    const { send, verdicts, queue, quotas } = scoring();
    const result = await send("false");
    if (!result.ok) throw new Error(result.problem.type);
    expect(routes.score.answer.schema.parse(result.value)).toMatchObject({
      action: "flag",
      explanation: [{ label: "insult", title: "insult", why: [expect.stringMatching(/\w+.*\.$/)], laws: [] }],
    });
    expect([verdicts.rows.size, queue.taken.length, quotas.used]).toEqual([0, 0, 1]);
  });

  it("with store sends the item with that very verdict to the one writer", async () => {
    const { send, queue, verdicts } = scoring();
    const result = await send("true", examplePost({ revision: "r1" }));
    if (!result.ok) throw new Error(result.problem.type);
    const [message] = queue.taken;
    const { explanation: _, decided: __, ...answered } = result.value;
    expect(itemMessage.parse(message).verdict).toEqual({ tenant: "acme", ...answered });
    expect(verdicts.rows.size).toBe(1);
  });

  it("with store repeats nothing that has its verdict, and refuses other content", async () => {
    const { send, queue, verdicts } = scoring();
    const item = examplePost({ revision: "r1" });
    await send("true", item);
    const { ref, digest } = queue.taken[0] ?? exampleVerdict();
    await verdicts.record(exampleVerdict({ ref, digest }), 1);
    expect((await send("true", item)).ok).toBe(true);
    expect(queue.taken).toHaveLength(1);
    expect(await send("true", examplePost({ revision: "r1", text: "other" }))).toMatchObject({
      ok: false,
      problem: { status: 409, errors: [{ pointer: "/item/revision" }] },
    });
  });

  it("says so where the queue did not take it", async () => {
    expect(await scoring({ queue: memoryQueue(() => "unavailable") }).send("true")).toMatchObject({
      problem: { status: 503 },
    });
    expect(await scoring({ queue: memoryQueue(() => "too_large") }).send("true")).toMatchObject({
      problem: { status: 413 },
    });
  });

  it("does not judge an audience by one message", async () => {
    const { queue, ...ports } = scoring();
    const follow = item.parse({
      kind: "follow",
      id: "f",
      createdAt: NOW.toISOString(),
      account: { id: "account-1" },
      followers: [{ id: "u", followedAt: NOW.toISOString() }],
    });
    const score = scoreItem({ ...ports, queue });
    expect(
      await score({ caller: PLATFORM, params: {}, query: { store: "true" }, body: { item: follow }, now: NOW }),
    ).toMatchObject({
      ok: false,
      problem: { status: 422, errors: [{ pointer: "/item/kind" }] },
    });
    expect(queue.taken).toEqual([]);
  });

  it("counts against the quota", async () => {
    const { send } = scoring({ settingsOf: settingsOf({ itemsPerMinute: 1 }) });
    expect((await send("false")).ok).toBe(true);
    expect(await send("false")).toMatchObject({ ok: false, problem: { status: 429 }, retryAfterSeconds: 17 });
  });
});
