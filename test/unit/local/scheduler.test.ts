import { afterEach, describe, expect, test, vi } from "vitest";
import { openScheduler } from "../../../local/scheduler/scheduler.ts";

afterEach(() => vi.useRealTimers());

const plan = (expression: string, run = async () => {}) => ({
  name: "a",
  expression,
  timezone: "UTC",
  enabled: true,
  run,
});

describe("a schedule", () => {
  test.each([
    ["rate(1 minute)", 10],
    ["rate(5 minutes)", 2],
    ["cron(0/2 * * * ? *)", 5],
  ])("%s runs at its times", async (expression, times) => {
    vi.useFakeTimers({ now: new Date("2026-01-01T00:00:30Z") });
    const run = vi.fn(async () => {});
    const scheduler = openScheduler([plan(expression, run)]);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(run).not.toHaveBeenCalled();
    scheduler.start();
    await vi.advanceTimersByTimeAsync(600_000);
    scheduler.stop();
    await vi.advanceTimersByTimeAsync(600_000);
    expect(run).toHaveBeenCalledTimes(times);
  });

  test("counts the days of the week as AWS does", async () => {
    // A Saturday; AWS's day 1 is Sunday.
    vi.useFakeTimers({ now: new Date("2026-01-03T12:00:00Z") });
    const run = vi.fn(async () => {});
    const scheduler = openScheduler([plan("cron(0 0 ? * 1 *)", run)]);
    scheduler.start();
    await vi.advanceTimersByTimeAsync(13 * 3_600_000);
    scheduler.stop();
    expect(run).toHaveBeenCalledTimes(1);
  });

  test("runs when it is ticked, enabled or not", async () => {
    const run = vi.fn(async () => {});
    const scheduler = openScheduler([{ ...plan("rate(1 hour)", run), enabled: false }]);
    await scheduler.tick("a");
    expect(run).toHaveBeenCalledTimes(1);
    await expect(scheduler.tick("b")).rejects.toThrow("no schedule is named b");
  });

  test.each([
    ["rate(1 fortnight)"],
    ["rate(0 minutes)"],
    ["at(2026-01-01T00:00:00)"],
    ["cron(0 0 L * ? *)"],
    ["cron(0 0 1 1 ? 2027)"],
  ])("%s is refused", (expression) => {
    expect(() => openScheduler([plan(expression)])).toThrow(expression);
  });
});
