import { describe, expect, it } from "vitest";
import { verdictMessage } from "../../../shared/contracts/messages.ts";
import { exampleReview } from "../domain/example-items.ts";
import { exampleVerdict, NOW, PLANTED } from "../domain/examples.ts";
import { messageOf, praise, reviewWorld as world } from "./review-world.ts";
import { Life } from "./state-ports.ts";

describe("a review from the queue", () => {
  it("gets its verdict, is counted in its target, its author and its bands, and its event is published", async () => {
    const it = world();
    await it.step(await messageOf(praise()));
    const [row] = it.verdicts.rows.values();
    expect(row).toMatchObject({ state: "scored", owing: false, verdict: { action: "flag", targetId: "hotel-1" } });
    expect(await it.target()).toMatchObject({
      all: { ratings: [0, 0, 0, 0, 1], firstTime: 1 },
      suspected: { ratings: [0, 0, 0, 0, 1] },
    });
    expect([...it.states.rows.keys()].sort()).toEqual([
      "acme#author#author-1",
      expect.stringMatching(/^acme#device#/),
      "acme#target#hotel-1",
    ]);
    expect(it.bands.bands.size).toBe(6);
    const [event] = it.topic.published;
    expect(verdictMessage.parse(event?.message).verdict).toEqual(row?.verdict);
    expect([...it.contents.rows.values()]).toMatchObject([{ author: "author-1", said: { excerpt: false } }]);
  });

  it("that is honest counts for its target and not among the suspected, and is neither kept nor published", async () => {
    const it = world();
    await it.step(await messageOf(exampleReview()));
    expect(await it.target()).toMatchObject({
      all: { ratings: [0, 0, 0, 0, 1] },
      suspected: { ratings: [0, 0, 0, 0, 0] },
    });
    expect([it.topic.published.length, it.contents.rows.size]).toEqual([0, 0]);
  });

  it("is judged by what came before it, and not by itself", async () => {
    const it = world();
    for (const id of ["review-1", "review-2"])
      await it.step(await messageOf(praise({ id, author: { id: `of-${id}` } })));
    const texts = [...it.verdicts.rows.values()].map(({ verdict }) => verdict?.features.text_by_others ?? 0);
    expect(texts).toEqual([0, 1]);
  });

  it("that comes again is published again with its first verdict, and counted once", async () => {
    const it = world();
    const message = await messageOf(praise());
    for (let round = 0; round < 3; round += 1) await it.step(message);
    expect(await it.target()).toMatchObject({ all: { ratings: [0, 0, 0, 0, 1] } });
    const published = it.topic.published.map(({ message: one }) => verdictMessage.parse(one).verdict);
    expect(published).toHaveLength(3);
    expect(new Set(published.map((one) => JSON.stringify(one))).size).toBe(1);
  });

  it("that comes again is not counted anew though its mark has left the states", async () => {
    const it = world();
    const message = await messageOf(praise());
    await it.step(message);
    it.states.rows.clear();
    await it.step(message);
    expect(it.states.rows.size).toBe(0);
  });

  it("is counted by its repeat where the process died between the verdict and the states", async () => {
    const it = world();
    const message = await messageOf(praise());
    // revisions, the states, the bands, record: the next call would be the first that counts.
    const life = new Life(4);
    await expect(it.stepOf(life)(message)).rejects.toThrow("killed");
    expect([...it.verdicts.rows.values()]).toMatchObject([{ owing: true }]);
    expect(it.states.rows.size).toBe(0);
    await it.step(message);
    expect([...it.verdicts.rows.values()]).toMatchObject([{ owing: false }]);
    expect(await it.target()).toMatchObject({ all: { ratings: [0, 0, 0, 0, 1] }, suspected: { firstTime: 1 } });
  });

  it("killed after any of its calls and sent again ends where an undisturbed one does", async () => {
    const message = await messageOf(praise());
    const whole = world();
    const life = new Life();
    await whole.stepOf(life)(message);
    const end = async (it: ReturnType<typeof world>) => ({
      target: await it.target(),
      states: it.states.rows,
      bands: it.bands.bands,
      verdicts: it.verdicts.rows,
      contents: it.contents.rows,
    });
    expect(life.calls).toBeGreaterThan(7);
    for (let most = 0; most < life.calls; most += 1) {
      const it = world();
      await expect(it.stepOf(new Life(most))(message)).rejects.toThrow("killed");
      // And once more, a call later.
      await it
        .stepOf(new Life(most + 1))(message)
        .catch(() => undefined);
      await it.step(message);
      expect(await end(it), `killed after ${most} calls`).toEqual(await end(whole));
      expect(it.topic.published.length, `killed after ${most} calls`).toBeGreaterThan(0);
    }
  });

  it("with other content under a known revision is a conflict, and counts nowhere", async () => {
    const it = world();
    await it.step(await messageOf(praise()));
    const edited = await messageOf(praise({ text: PLANTED.repeat(9), rating: 1 }));
    await expect(it.step(edited)).rejects.toMatchObject({ code: "revision_conflict" });
    expect(await it.target()).toMatchObject({ all: { ratings: [0, 0, 0, 0, 1] } });
    expect(it.topic.published).toHaveLength(1);
  });

  it("brings the verdict that was made at the door, and is suspected by that one", async () => {
    const it = world();
    const message = await messageOf(praise());
    const verdict = exampleVerdict({ ref: message.ref, digest: message.digest, action: "allow" });
    await it.step({ ...message, verdict });
    expect(it.judgements()).toBe(0);
    expect(await it.target()).toMatchObject({
      all: { ratings: [0, 0, 0, 0, 1] },
      suspected: { ratings: [0, 0, 0, 0, 0] },
    });
  });

  it("of an author who has asked to be forgotten leaves nothing behind", async () => {
    const it = world();
    await it.stepOf(new Life(), { "author-1": NOW })(await messageOf(praise()));
    const { verdicts, states, bands, topic, contents } = it;
    expect(
      [verdicts.rows, states.rows, bands.bands, contents.rows].map(({ size }) => size).concat(topic.published.length),
    ).toEqual([0, 0, 0, 0, 0]);
  });
});
