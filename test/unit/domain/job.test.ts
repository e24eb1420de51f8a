import { describe, expect, it } from "vitest";
import { type Job, jobId, newJobId, type Part, partsOf, progressOf } from "../../../shared/domain/job.ts";

const NOW = new Date("2026-11-22T12:00:00.000Z");
const asked: Job = {
  tenant: "acme",
  kind: "backtest",
  id: newJobId(NOW),
  by: "key:1",
  at: "2026-11-22T11:59:00.000Z",
  since: "2026-11-20T18:00:00.000Z",
  until: "2026-11-22T12:00:00.000Z",
  about: {},
};

const part = (number: number, more: Partial<Part> = {}): Part => ({
  part: number,
  done: false,
  items: 0,
  failures: 0,
  updatedAt: NOW,
  ...more,
});

describe("the parts of a job", () => {
  it("are the UTC days of its window, without gap or overlap", () => {
    expect(partsOf(asked).map(({ from, to }) => [from.toISOString(), to.toISOString()])).toEqual([
      ["2026-11-20T18:00:00.000Z", "2026-11-21T00:00:00.000Z"],
      ["2026-11-21T00:00:00.000Z", "2026-11-22T00:00:00.000Z"],
      ["2026-11-22T00:00:00.000Z", "2026-11-22T12:00:00.000Z"],
    ]);
    expect(partsOf({ since: "2026-11-21T00:00:00Z", until: "2026-11-22T00:00:00Z" })).toHaveLength(1);
  });
});

describe("how far a job is", () => {
  const stateOf = (known: readonly Part[], more: Partial<Job> = {}, now = NOW) =>
    progressOf({ ...asked, ...more }, known, now).state;

  it("is waiting, running, done or cancelled", () => {
    expect(stateOf([])).toBe("waiting");
    expect(stateOf([part(0)])).toBe("running");
    // All parts are done and not yet put together.
    expect(stateOf([0, 1, 2].map((number) => part(number, { done: true })))).toBe("running");
    expect(stateOf([part(0)], { cancelled: { by: "key:1", at: asked.at } })).toBe("cancelled");
    const done = progressOf({ ...asked, done: { at: asked.at, items: 42 } }, [], NOW);
    expect(done).toEqual({ state: "done", parts: 3, done: 3, items: 42, stalled: [] });
  });

  it("is stalled by a part that failed five times, with the reason, and by one that gives no sign", () => {
    const dead = part(1, { failures: 5, reason: "policy_not_usable" });
    expect(progressOf(asked, [part(0, { done: true }), dead], NOW)).toMatchObject({
      state: "stalled",
      stalled: [{ day: "2026-11-21", reason: "policy_not_usable" }],
    });
    expect(stateOf([part(1, { failures: 4, reason: "failed.Error" })])).toBe("running");
    const later = new Date(NOW.getTime() + 1_000_000);
    expect(progressOf(asked, [part(0, { updatedAt: later })], later).stalled).toEqual([
      { day: "2026-11-21", reason: "no_sign_of_life" },
      { day: "2026-11-22", reason: "no_sign_of_life" },
    ]);
  });
});

it("ids sort by the time at which they were made, and fit their schema", () => {
  const earlier = newJobId(new Date("2026-11-21T00:00:00Z"));
  const later = newJobId(NOW);
  expect(earlier < later).toBe(true);
  for (const id of [earlier, later, `${later}-run`]) expect(jobId.parse(id)).toBe(id);
});
