import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { listOpenCases } from "../../../functions/list-cases/list-open-cases.ts";
import { routes } from "../../../shared/contracts/routes.ts";
import type { Case } from "../../../shared/domain/case.ts";
import { LANES } from "../../../shared/domain/verdict.ts";
import { exampleCase, NOW } from "../domain/examples.ts";
import { inFairOrder, MODERATOR, memoryCases } from "./ports.ts";

type Query = { queue?: string; lane?: (typeof LANES)[number]; limit?: string; cursor?: string };

async function page(stored: readonly Case[], query: Query, caller = MODERATOR) {
  const list = listOpenCases(memoryCases(...stored));
  const result = await list({
    caller,
    params: {},
    query: { queue: "default", limit: "50", ...query },
    body: undefined,
    now: NOW,
  });
  return result.ok ? routes["list-cases"].answer.schema.parse(result.value) : result.problem;
}

async function all(stored: readonly Case[], query: Query): Promise<{ ids: string[]; pages: number[] }> {
  const ids: string[] = [];
  const pages: number[] = [];
  for (let cursor: string | undefined; ; ) {
    const found = await page(stored, { ...query, ...(cursor ? { cursor } : {}) });
    if (!("cases" in found)) throw new Error(found.type);
    ids.push(...found.cases.map(({ id }) => id));
    pages.push(found.cases.length);
    cursor = found.cursor;
    if (pages.length > 500) throw new Error("the pages go round in a circle");
    if (!cursor) return { ids, pages };
  }
}

const waiting = (index: number, lane: (typeof LANES)[number], minutes: number): Case =>
  exampleCase(`post-${index}`, { lane }, new Date(NOW.getTime() - minutes * 60_000));

describe("listing open cases", () => {
  it("shows every case once, in fair order, whatever the page", async () => {
    const spread = fc.array(fc.tuple(fc.constantFrom(...LANES), fc.nat({ max: 6 })), { maxLength: 40, size: "max" });
    await fc.assert(
      fc.asyncProperty(spread, fc.integer({ min: 1, max: 12 }), async (lanesAndMinutes, limit) => {
        const stored = lanesAndMinutes.map(([lane, minutes], index) => waiting(index, lane, minutes));
        const { ids, pages } = await all(stored, { limit: String(limit) });
        expect(ids).toEqual(inFairOrder(stored).map(({ id }) => id));
        expect(pages.slice(0, -1).every((size) => size === limit)).toBe(true);
        if (stored.length > 0) expect(pages.at(-1)).toBeGreaterThan(0);
      }),
      { numRuns: 60 },
    );
  });

  it("stays within one lane where one is asked for", async () => {
    const stored = LANES.flatMap((lane, index) => [waiting(index, lane, 1), waiting(index + 10, lane, 2)]);
    const { ids } = await all(stored, { lane: "medium", limit: "1" });
    expect(ids).toEqual(inFairOrder(stored.filter(({ lane }) => lane === "medium")).map(({ id }) => id));
  });

  it("shows neither another tenant's cases nor another queue's nor decided ones", async () => {
    const stored = [
      waiting(1, "low", 1),
      exampleCase("post-2", { tenant: "other" }),
      exampleCase("post-3", { queue: "appeals" }),
      { ...waiting(4, "low", 1), state: "decided" as const },
    ];
    expect((await all(stored, {})).ids).toEqual([waiting(1, "low", 1).id]);
    expect((await all(stored, { queue: "appeals" })).ids).toHaveLength(1);
  });

  it("tells how long a case has waited, and nothing of its author's reach", async () => {
    const found = await page([waiting(1, "low", 90)], {});
    expect(found).toMatchObject({
      cases: [{ ageSeconds: 5_400, labels: [{ label: "insult", title: "insult", probability: 0.9 }] }],
    });
    expect(JSON.stringify(found)).not.toMatch(/author|followers/);
  });

  it.each(["0", "201", "999", "-1", "1.5", "x"])("has no limit of %s in its contract", (limit) => {
    expect(routes["list-cases"].query.safeParse({ limit }).success).toBe(false);
    expect(routes["list-cases"].query.safeParse({ limit: "200" }).success).toBe(true);
  });

  it.each([
    "x",
    "~",
    "bG93",
    Buffer.from("low~").toString("base64url"),
    Buffer.from(`low~${"9".repeat(1_400)}`).toString("base64url"),
    Buffer.from("nolane~2026-11-22T12:00:00.000Z#aaaaaaaaaaaaaaaaaaaaaa").toString("base64url"),
    "😀",
  ])("refuses the cursor %#, which is not one of ours", async (cursor) => {
    expect(await page([waiting(1, "low", 1)], { cursor })).toMatchObject({
      status: 422,
      errors: [{ pointer: "query:/cursor" }],
    });
  });
});
