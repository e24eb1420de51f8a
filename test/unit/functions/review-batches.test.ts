import { describe, expect, it } from "vitest";
import type { ItemMessage } from "../../../shared/contracts/messages.ts";
import { exampleReview } from "../domain/example-items.ts";
import { ago, messageOf, praise, reviewWorld as world } from "./review-world.ts";
import { Life } from "./state-ports.ts";

describe("a review that was edited", () => {
  const edit = (revision: string, rating: number, more: Record<string, unknown> = {}) =>
    exampleReview({ revision, rating, ...more });
  const stars = async (it: ReturnType<typeof world>) => (await it.target())?.all.ratings;

  it("counts once, as it was said last", async () => {
    const it = world();
    await it.step(await messageOf(edit("r1", 5), ago(300)));
    await it.step(await messageOf(edit("r2", 1), ago(200)));
    await it.step(await messageOf(edit("r3", 2), ago(100)));
    const target = await it.target();
    expect(target?.all).toMatchObject({ ratings: [0, 1, 0, 0, 0], ratingSum: 200, firstTime: 1 });
    expect(it.verdicts.rows.size).toBe(3);
    // Of what it took the place of only the last step is kept.
    const { counted } = [...it.verdicts.rows.values()].at(-1) ?? {};
    expect(counted).toMatchObject({ id: "review-1#r3", replaces: { id: "review-1#r2" } });
    expect(JSON.stringify(counted)).not.toContain("review-1#r1");
    // What its author is known for is one review, too.
    expect(it.states.rows.get("acme#author#author-1")?.state).toMatchObject({ count: 1, ratings: [0, 1, 0, 0, 0] });
  });

  it("is taken from the suspected, and from the target that it was about before", async () => {
    const it = world();
    await it.step(await messageOf(praise(), ago(300)));
    expect((await it.target())?.suspected.ratings).toEqual([0, 0, 0, 0, 1]);
    await it.step(await messageOf(edit("r2", 3, { target: { id: "hotel-2" } }), ago(200)));
    expect(await it.target()).toMatchObject({
      all: { ratings: [0, 0, 0, 0, 0] },
      suspected: { ratings: [0, 0, 0, 0, 0] },
    });
    expect(await it.target("hotel-2")).toMatchObject({ all: { ratings: [0, 0, 1, 0, 0] } });
  });

  it("counts as its newest revision though the older one comes later, which still has its verdict", async () => {
    const it = world();
    await it.step(await messageOf(edit("r2", 1), ago(200)));
    await it.step(await messageOf(edit("r1", 5), ago(300)));
    expect(await stars(it)).toEqual([1, 0, 0, 0, 0]);
    expect([...it.verdicts.rows.values()].map(({ verdict }) => verdict?.ref.revision)).toEqual(["r2", "r1"]);
  });

  it("waits where the older revision may be under way, and counts once when it comes again", async () => {
    const it = world();
    const [first, second] = [edit("r1", 5), edit("r2", 1)];
    for (const [review, at] of [
      [first, ago(3)],
      [second, ago(2)],
    ] as const) {
      const { ref, digest } = await messageOf(review);
      await it.verdicts.receive({ tenant: "acme", ref, digest, receivedAt: at });
    }
    const messages = [await messageOf(second, ago(2)), await messageOf(first, ago(3))] as const;
    const results = await Promise.allSettled(messages.map((message) => it.step(message)));
    expect(results.map(({ status }) => status)).toEqual(["rejected", "fulfilled"]);
    // The older one saw the newer one's receipt: it has its verdict and is not counted.
    expect(await it.target()).toBeUndefined();
    await it.step(messages[0]);
    expect(await stars(it)).toEqual([1, 0, 0, 0, 0]);
  });

  it("counts once wherever its steps and those of the revision before it were cut off", async () => {
    const [first, second] = [await messageOf(edit("r1", 5), ago(300)), await messageOf(edit("r2", 1), ago(200))];
    const lives = new Life();
    await world().stepOf(lives)(first);
    for (let most = 5; most <= lives.calls; most += 1) {
      for (let more = 4; more <= lives.calls + 2; more += 1) {
        const it = world();
        await it
          .stepOf(new Life(most))(first)
          .catch(() => undefined);
        await it
          .stepOf(new Life(more))(second)
          .catch(() => undefined);
        await it.step(second);
        await it.step(first);
        expect(await stars(it), `cut off after ${most} and ${more} calls`).toEqual([1, 0, 0, 0, 0]);
      }
    }
  });
});

describe("a review of many that come together", () => {
  const many = (count: number, more: (index: number) => Record<string, unknown> = () => ({})) =>
    Promise.all(
      Array.from({ length: count }, (_, index) =>
        messageOf(exampleReview({ id: `review-${index}`, author: { id: `author-${index}` }, ...more(index) })),
      ),
    );

  it("is judged with those before it known, in the order of their own times", async () => {
    const it = world();
    // The last is the earliest.
    const messages = await many(4, (index) => ({ createdAt: `2026-11-22T11:5${8 - index}:00Z` }));
    await Promise.all(messages.map((message) => it.step(message)));
    const known = new Map([...it.verdicts.rows.values()].map(({ verdict }) => [verdict?.ref.id, verdict?.features]));
    expect(messages.map(({ ref }) => known.get(ref.id)?.target_reviews ?? 0)).toEqual([3, 2, 1, 0]);
    expect(messages.map(({ ref }) => known.get(ref.id)?.text_by_others ?? 0)).toEqual([3, 2, 1, 0]);
  });

  it("is counted with them in one change of their target", async () => {
    const it = world();
    const life = new Life();
    const alone = new Life();
    await world().stepOf(alone)(await messageOf(exampleReview({ text: undefined })));
    const step = it.stepOf(life);
    const silent = await many(10, () => ({ text: undefined }));
    await Promise.all(silent.map((message) => step(message)));
    expect((await it.target())?.all.ratings).toEqual([0, 0, 0, 0, 10]);
    // Each has its revisions, its verdict, its author and its settling; the rest is shared.
    expect(life.calls).toBe(10 * 4 + (alone.calls - 4));
  });

  it("fails alone where it alone is wrong", async () => {
    const it = world();
    const messages = await many(3);
    const wrong = { ...(messages[1] as ItemMessage), tenant: "nobody" };
    const results = await Promise.allSettled(
      [messages[0], wrong, messages[2]].map((one) => it.step(one as ItemMessage)),
    );
    expect(results.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
    expect((await it.target())?.all.ratings).toEqual([0, 0, 0, 0, 2]);
  });

  it("is counted once though it is there twice", async () => {
    const it = world();
    const message = await messageOf(exampleReview());
    await Promise.all([it.step(message), it.step({ ...message }), it.step({ ...message })]);
    expect((await it.target())?.all.ratings).toEqual([0, 0, 0, 0, 1]);
  });

  it("leaves the others counted where its author's state cannot be written", async () => {
    const it = world();
    const { count } = it.states;
    const broken = {
      ...it.states,
      count: async (...args: Parameters<typeof count>) => {
        if (args[1].id === "author-1") throw new Error("contended");
        await count(...args);
      },
    };
    const step = it.stepOf(new Life(), {}, broken);
    const messages = await many(3);
    const results = await Promise.allSettled(messages.map((message) => step(message)));
    expect(results.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
    await it.step(messages[1] as ItemMessage);
    expect((await it.target())?.all.ratings).toEqual([0, 0, 0, 0, 3]);
    expect(it.states.rows.get("acme#author#author-1")?.state).toMatchObject({ count: 1 });
  });

  it("is noted with them in one call, and wherever the step was cut off before it ends", async () => {
    const messages = await many(3);
    const lives = new Life();
    const step = world().stepOf(lives);
    await Promise.all(messages.map((message) => step(message)));
    for (let most = 0; most <= lives.calls; most += 1) {
      const it = world();
      const dying = it.stepOf(new Life(most));
      const done = await Promise.allSettled(messages.map((message) => dying(message)));
      const notedBefore = new Set(it.notes.calls.flatMap(({ noted }) => noted.map(({ made }) => made.ref.id)));
      // A message is deleted only once its verdict is noted.
      for (const [index, { status }] of done.entries())
        if (status === "fulfilled") expect(notedBefore, `cut off after ${most}`).toContain(messages[index]?.ref.id);
      await Promise.all(messages.map((message) => it.step(message)));
      const noted = it.notes.calls.flatMap((call) => call.noted);
      const verdicts = [...it.verdicts.rows.values()].map(({ verdict }) => verdict);
      expect(verdicts).toHaveLength(3);
      for (const verdict of verdicts) expect(noted.map(({ made }) => made)).toContainEqual(verdict);
      const firsts = noted.filter(({ isFirst }) => isFirst).map(({ made }) => made.ref.id);
      expect(new Set(firsts).size, `cut off after ${most}`).toBe(firsts.length);
    }
    const it = world();
    await Promise.all(messages.map((message) => it.step(message)));
    expect(it.notes.calls.map(({ noted }) => noted.length)).toEqual([3]);
  });
});
