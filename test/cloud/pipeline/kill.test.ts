import { afterAll, expect, it } from "vitest";
import { allItems, aPost, apiOf, eventually } from "./api.ts";
import { Touchstone } from "./touchstone.ts";

const touchstone = new Touchstone();
afterAll(() => touchstone.end());

const BATCHES = 40;
const BATCH = 25;
const textOf = (n: number): string =>
  n % 5 === 0 ? `you are an idiot and a loser, number ${n}` : `what a day, number ${n}`;

it("killed by kill -9 in mid-stream and started again, every accepted post has one verdict and every flagged one a case", async () => {
  const first = await touchstone.start();
  const platform = apiOf(first, first.tokens.platform);
  const accepted = new Set<string>();
  let killed: Promise<unknown> | undefined;
  await Promise.all(
    Array.from({ length: BATCHES }, async (_, batch) => {
      const items = Array.from({ length: BATCH }, (__, n) =>
        aPost(`kill-${batch * BATCH + n}`, textOf(batch * BATCH + n)),
      );
      const answer = await platform("POST", "/v1/items", { items }).catch(() => undefined);
      for (const result of answer?.json?.results ?? []) if (result.status === "accepted") accepted.add(result.id);
      // In mid-stream: some requests are answered, others are under way, and scoring has begun.
      if (accepted.size > (BATCHES * BATCH) / 4) killed ??= touchstone.stop("SIGKILL");
    }),
  );
  await killed;
  expect(killed).toBeDefined();
  expect(accepted.size).toBeGreaterThan((BATCHES * BATCH) / 4);
  expect(accepted.size).toBeLessThan(BATCHES * BATCH);

  const again = await touchstone.start();
  const reader = apiOf(again, again.tokens.platform);
  const flagged = new Set<string>();
  for (const id of accepted) {
    // The messages that were in flight come back when their visibility time-out is over.
    const { json } = await eventually(
      () => reader("GET", `/v1/verdicts/post/${id}`),
      (answer) => answer.json?.pending?.length === 0,
      200,
    );
    expect(json.verdicts, id).toHaveLength(1);
    if (json.verdicts[0].action !== "allow") flagged.add(id);
  }
  expect(flagged.size).toBeGreaterThan(0);
  const moderator = apiOf(again, again.tokens.moderator);
  const cases = await eventually(
    () => allItems(moderator),
    (found) => [...flagged].every((id) => found.some(({ ref }) => ref.id === id)),
    200,
  );
  const items = cases.map(({ ref }) => `${ref.id}#${ref.revision}`);
  expect(new Set(items).size).toBe(items.length);
}, 400_000);
