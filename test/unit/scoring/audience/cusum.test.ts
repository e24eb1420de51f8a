import { describe, expect, it } from "vitest";
import { cusumRuns, poissonSteps, risingSteps } from "../../../../shared/scoring/audience/cusum.ts";

const hours = (...values: number[]): Float64Array => Float64Array.from(values);

describe("the sum over hours of clipped z", () => {
  const runs = (...z: number[]) => cusumRuns(risingSteps(hours(...z)), 10);

  it("alarms at no single hour, however high, and at three of them", () => {
    expect(runs(0, 0, 1_000, 0, 0)).toEqual([]);
    expect(runs(0, 0, 1_000, 1_000, 0)).toEqual([]);
    expect(runs(0, 0, 1_000, 1_000, 1_000, 0, 0)).toEqual([{ start: 2, end: 5 }]);
  });

  it("alarms at a small rise that lasts, and does not at what is usual", () => {
    expect(runs(...Array.from({ length: 30 }, () => 1))).toEqual([{ start: 0, end: 30 }]);
    expect(runs(...Array.from({ length: 300 }, (_, index) => (index % 3) - 1))).toEqual([]);
  });

  it("tells two rises apart that have quiet hours between them", () => {
    const rise = [4, 4, 4, 4];
    const quiet = [-4, -4, -4, -4];
    expect(runs(...rise, ...quiet, ...rise, ...quiet)).toEqual([
      { start: 0, end: 4 },
      { start: 8, end: 12 },
    ]);
  });
});

describe("the sum over Poisson counts", () => {
  it("alarms where four times the expected come, and not where the expected do", () => {
    const expected = new Float64Array(50).fill(0.5);
    const counts = expected.map((_, index) => (index >= 20 && index < 26 ? 3 : index % 2));
    expect(cusumRuns(poissonSteps(counts, expected, 4), 11)).toEqual([{ start: 20, end: 26 }]);
    expect(
      cusumRuns(
        poissonSteps(
          expected.map((_, index) => index % 2),
          expected,
          4,
        ),
        11,
      ),
    ).toEqual([]);
  });
});
