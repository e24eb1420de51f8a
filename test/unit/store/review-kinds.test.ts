import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { AUTHOR, ENTITIES, TARGET } from "../../../shared/store/review-kinds.ts";
import { markOf, marksAfter, NOTHING, pack } from "../../../shared/store/state-row.ts";

const MINUTE = 28_500_000;
const targetEvent = fc.record({
  at: fc.integer({ min: MINUTE - 90 * 1440, max: MINUTE }),
  rating: fc.constantFrom(1, 2, 2.5, 3, 4, 5),
  firstReview: fc.boolean(),
  verified: fc.boolean(),
  deviation: fc.integer({ min: 0, max: 40 }).map((tenths) => tenths / 10),
  trust: fc.integer({ min: 0, max: 100 }).map((percent) => percent / 100),
});
const coming = fc.record({ event: targetEvent, suspected: fc.boolean() });

describe("a target's state", () => {
  it("is the same whatever the order in which its reviews come, and however they are put together", () => {
    fc.assert(
      fc.property(fc.array(coming, { maxLength: 40 }), fc.integer({ min: 1, max: 7 }), (events, size) => {
        const whole = TARGET.after(undefined, events);
        const shuffled = events.toSorted((a, b) => a.event.rating - b.event.rating || a.event.at - b.event.at);
        const parts = Array.from({ length: Math.ceil(events.length / size) }, (_, part) =>
          shuffled.slice(part * size, (part + 1) * size),
        );
        const grown = parts.reduce<unknown>((state, part) => TARGET.after(state, part), undefined);
        expect(TARGET.parse(grown)).toEqual(TARGET.parse(whole));
      }),
    );
  });

  it("is without a review that goes as if it had never come, the times of first and last apart, in the same batch too", () => {
    fc.assert(
      fc.property(fc.array(coming, { maxLength: 20 }), coming, (events, edited) => {
        const recent = { ...edited, event: { ...edited.event, at: MINUTE } };
        const kept = [...events, { ...recent, event: { ...recent.event, rating: 3 } }];
        const without = TARGET.parse(TARGET.after(undefined, kept));
        const together = TARGET.parse(TARGET.after(undefined, [{ ...recent, goes: true }, ...kept, recent]));
        expect(together).toEqual(without);
      }),
    );
  });

  it("survives being written and read", () => {
    const state = TARGET.after(undefined, [{ event: { at: MINUTE, rating: 4, firstReview: true } }]);
    expect(TARGET.parse(JSON.parse(JSON.stringify(state)))).toEqual(state);
    expect(() => TARGET.parse({ all: 1 })).toThrow();
  });
});

describe("an author with 100,000 reviews", () => {
  it("is counted to the last one, in a state of one write unit or two", () => {
    const BATCH = 10;
    let state: unknown;
    let marks = NOTHING.marks;
    for (let from = 0; from < 100_000; from += BATCH) {
      const events = Array.from({ length: BATCH }, (_, index) => ({
        event: { at: MINUTE + from + index, rating: 1 + ((from + index) % 5), targetId: `t${from + index}` },
      }));
      state = AUTHOR.after(state, events);
      // Ten batches a second: more marks than a row keeps.
      const names = events.map((_, index) => markOf(`r${from + index}`));
      marks = marksAfter(marks, names, new Date(from * 10));
    }
    expect(AUTHOR.parse(JSON.parse(JSON.stringify(state)))).toMatchObject({
      count: 100_000,
      ratings: [20_000, 20_000, 20_000, 20_000, 20_000],
    });
    expect(pack(state).length).toBeLessThan(1_200);
    expect(marks.length).toBeLessThanOrEqual(1_024 * 8);
  }, 60_000);
});

describe("a device's state", () => {
  it("is the very same where its author is known", () => {
    const event = { author: 7, target: 9 };
    const state = ENTITIES.device.after(undefined, [event]);
    expect(ENTITIES.device.after(state, [event])).toBe(state);
    const stored = JSON.parse(JSON.stringify(state));
    expect(ENTITIES.device.after(stored, [event])).toBe(stored);
    expect(ENTITIES.device.after(stored, [{ author: 8, target: 9 }])).not.toBe(stored);
  });
});
