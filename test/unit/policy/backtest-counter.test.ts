import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { backtestTally } from "../../../shared/domain/backtest.ts";
import { ACTIONS, type Action } from "../../../shared/domain/verdict.ts";
import { type Answer, backtestCounter, type Counted, OTHERS } from "../../../shared/policy/backtest-counter.ts";
import { MOST_SAMPLED, MOST_SEVERE } from "../../../shared/policy/backtest-sample.ts";

const answer = (action: Action, queue = "default", rule = action === "allow" ? "none" : "insult"): Answer => ({
  action,
  queue,
  policy: { id: "house-rules", version: 2, rule },
});

const item = (id: string, more: Partial<Counted["facts"]> = {}, day = "2026-11-20"): Counted => ({
  ref: { kind: "post", id, revision: "r1" },
  scoredAt: `${day}T10:00:00.000Z`,
  facts: { kind: "post", surface: "comment", language: "en-GB", labels: [], ...more },
});

interface Row {
  readonly item: Counted;
  readonly before: Answer;
  readonly active: Answer;
  readonly candidate: Answer;
}

const names = fc.constantFrom("default", "brand", "constructor");
const answers = fc.tuple(fc.constantFrom(...ACTIONS), names).map(([action, queue]) => answer(action, queue));
const rows: fc.Arbitrary<readonly Row[]> = fc
  .array(
    fc.record({
      day: fc.constantFrom("2026-11-20", "2026-11-21"),
      language: fc.constantFrom("en", "de-AT", ""),
      severity: fc.nat(7),
      before: answers,
      active: answers,
      candidate: answers,
    }),
    { maxLength: 60 },
  )
  .map((all) =>
    all.map(({ day, language, severity, ...views }, index) => ({
      item: item(`p-${index}`, { language, labels: [{ label: "insult", probability: 0.9, severity }] }, day),
      ...views,
    })),
  );

const counted = (all: readonly Row[]) => {
  const counter = backtestCounter();
  for (const row of all) counter.count(row.item, row.before, row.active, row.candidate);
  return counter.tally();
};

describe("counting a backtest", () => {
  it("counts actions, moves, rules and groups of each view", () => {
    const tally = counted([
      { item: item("a"), before: answer("flag"), active: answer("flag"), candidate: answer("allow") },
      { item: item("b"), before: answer("allow"), active: answer("hold"), candidate: answer("hold") },
      {
        item: item("c", { language: "de" }),
        before: answer("allow"),
        active: answer("allow"),
        candidate: answer("block"),
      },
    ]);
    expect(tally).toMatchObject({ items: 3, changed: 2, drifted: 1 });
    expect(tally.actions).toEqual({ before: [2, 1, 0, 0], active: [1, 1, 1, 0], candidate: [1, 0, 1, 1] });
    expect(tally.moves.active[4]).toBe(1);
    expect(tally.moves.active[3]).toBe(1);
    expect(tally.rules).toEqual({ "house-rules/insult": { before: 1, active: 2, candidate: 2 } });
    expect(Object.keys(tally.by.language)).toEqual(["de", "en"]);
    expect(tally.by.language.en).toMatchObject({ changed: 1, candidate: [1, 0, 1, 0] });
    expect(tally.load["2026-11-20"]?.default).toEqual({
      before: 1,
      active: 2,
      candidate: 2,
      gained: { before: 2, active: 1 },
      lost: { before: 1, active: 1 },
    });
    expect(tally.sample.map(({ ref }) => ref.id).sort()).toEqual(["a", "c"]);
  });

  it("counts a move from one queue to another as lost there and gained here", () => {
    const tally = counted([
      { item: item("a"), before: answer("flag"), active: answer("flag"), candidate: answer("flag", "brand") },
    ]);
    expect(tally.changed).toBe(1);
    expect(tally.load["2026-11-20"]?.default?.lost).toEqual({ before: 1, active: 1 });
    expect(tally.load["2026-11-20"]?.brand?.gained).toEqual({ before: 1, active: 1 });
  });

  it("keeps what the candidate's rule looked at", () => {
    const candidate: Answer = {
      ...answer("flag"),
      policy: {
        ...answer("flag").policy,
        matched: [
          { rule: "other", values: { links: 3 } },
          { rule: "insult", values: { probability: 0.7 } },
        ],
      },
    };
    const [kept] = counted([{ item: item("a"), before: answer("allow"), active: answer("allow"), candidate }]).sample;
    expect(kept?.candidate.values).toEqual({ probability: 0.7 });
    expect(kept?.active.values).toBeUndefined();
  });

  it("counts decisions for each view that would have had a person look", () => {
    const counter = backtestCounter();
    counter.countDecision(true, { before: true, active: true, candidate: false });
    counter.countDecision(false, { before: true, active: false, candidate: true });
    expect(counter.tally().decided).toEqual({
      all: { items: 2, upheld: 1 },
      before: { items: 2, upheld: 1 },
      active: { items: 1, upheld: 1 },
      candidate: { items: 1, upheld: 0 },
    });
  });

  it("comes to the same in parts as all at once, in whatever order, and is what is stored", () => {
    fc.assert(
      fc.property(rows, fc.nat(60), (all, cut) => {
        const whole = counted(all);
        const parts = backtestCounter();
        for (const part of [all.slice(cut), all.slice(0, cut)]) parts.add(counted(part.toReversed()));
        expect(parts.tally()).toEqual(whole);
        expect(backtestTally.parse(JSON.parse(JSON.stringify(whole)))).toEqual(whole);
      }),
      { numRuns: 60 },
    );
  });

  it("stays as small as it is, however many items and names come", () => {
    const counter = backtestCounter();
    const count = (from: number, to: number): void => {
      for (let index = from; index < to; index++)
        counter.count(
          item(`p-${index}`, { surface: `surface-${index}` }),
          answer("allow"),
          answer("allow"),
          answer("flag", `queue-${index}`),
        );
    };
    count(0, 3_000);
    const tally = counter.tally();
    expect(tally.items).toBe(3_000);
    expect(tally.sample).toHaveLength(MOST_SAMPLED);
    expect(tally.severest).toHaveLength(MOST_SEVERE);
    expect(tally.by.surface[OTHERS]?.changed).toBe(2_500);
    count(3_000, 6_000);
    const size = (value: unknown): number => JSON.stringify(value).length;
    expect(size(counter.tally())).toBeLessThan(size(tally) * 1.05);
  });
});
