import { describe, expect, it } from "vitest";
import { isGivenUp, MOST_ATTEMPTS, nextAttempt, readRetryAfter } from "../../../shared/delivery/retry-schedule.ts";

const START = new Date("2026-11-23T00:00:00Z");
const HOUR = 3_600_000;

/** When each attempt is made where all fail at once. */
function attemptsOf(random: number): Date[] {
  const made = [START];
  for (let next: Date | undefined = START; next; ) {
    next = nextAttempt(made.length, next, random, undefined);
    if (next) made.push(next);
  }
  return made;
}

describe("ten attempts over about three days", () => {
  it.each([0, 0.5, 1])("with the chance %f", (random) => {
    const made = attemptsOf(random);
    expect(made).toHaveLength(MOST_ATTEMPTS);
    expect(made).toHaveLength(10);
    const hours = ((made.at(-1)?.getTime() ?? 0) - START.getTime()) / HOUR;
    expect(hours).toBeGreaterThan(60);
    expect(hours).toBeLessThan(84);
    // The next is always further away, and the whole ends before a delivery is given up.
    const waits = made.slice(1).map((at, index) => at.getTime() - (made[index]?.getTime() ?? 0));
    expect(waits).toEqual([...waits].sort((a, b) => a - b));
    expect(made.every((at) => !isGivenUp(START, at))).toBe(true);
  });

  it("is later where the receiver wants it, never sooner, and a day later at most", () => {
    const seconds = (retryAfter: number) =>
      ((nextAttempt(1, START, 0.5, retryAfter)?.getTime() ?? 0) - START.getTime()) / 1000;
    expect([seconds(0), seconds(120), seconds(1_000_000)]).toEqual([5, 120, 86_400]);
  });

  it("does not bring back together what failed together", () => {
    const at = [0, 0.3, 0.9].map((random) => nextAttempt(4, START, random, undefined)?.getTime());
    expect(new Set(at).size).toBe(3);
  });
});

describe("Retry-After", () => {
  it.each([
    ["120", 120],
    [" 0 ", 0],
    ["Mon, 23 Nov 2026 00:01:00 GMT", 60],
    ["Sunday, 22-Nov-26 23:59:00 GMT", undefined],
    ["-5", undefined],
    ["1.5", undefined],
    ["soon", undefined],
    ["2027", 2027],
    ["99999999999999", undefined],
    [undefined, undefined],
  ])("%j is %j seconds", (header, seconds) => {
    expect(readRetryAfter(header, START)).toBe(seconds);
  });
});
