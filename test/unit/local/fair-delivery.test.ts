import { describe, expect, test } from "vitest";
import { nextInFairOrder } from "../../../local/parts/fair-delivery.ts";

/** Messages are written `tenant` and a number, oldest first. */
const next = (waiting: string, most: number, inFlight: Record<string, number> = {}): string =>
  nextInFairOrder(waiting.split(" "), most, (message) => message[0] ?? "", new Map(Object.entries(inFlight))).join(" ");

describe("what a fair queue delivers next", () => {
  test("is the oldest where there is one tenant, or nobody is ahead", () => {
    expect(next("a1 a2 a3", 2)).toBe("a1 a2");
    expect(next("a1 b1 c1 a2", 3)).toBe("a1 b1 c1");
    expect(next("b1 a1", 10)).toBe("b1 a1");
  });

  test("is a quiet tenant's message, however many of another wait before it", () => {
    expect(next("a1 a2 a3 a4 a5 b1", 2)).toBe("a1 b1");
    expect(next("a1 a2 a3 a4 b1 b2 c1", 5)).toBe("a1 b1 c1 a2 b2");
  });

  test("is of who has fewest in flight", () => {
    expect(next("a1 a2 a3 b1 b2", 2, { a: 2 })).toBe("b1 b2");
    expect(next("a1 a2 a3 b1 b2", 3, { a: 1 })).toBe("b1 a1 b2");
    expect(next("a1 b1 c1", 1, { a: 5, b: 4, c: 5 })).toBe("b1");
  });

  test("goes back to the noisy one once nobody else waits", () => {
    expect(next("a1 a2 b1 a3", 4, { a: 9 })).toBe("b1 a1 a2 a3");
  });
});
