import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { gather } from "../../../shared/analyzers/comprehend/gather.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const opened = (lingerMs: number, fails = false) => {
  const groups: (readonly string[])[] = [];
  const ask = gather<string, string>(lingerMs, async (asked) => {
    groups.push(asked);
    if (fails) throw new Error("no");
    return asked.map((one) => `${one}!`);
  });
  return { groups, ask };
};

describe("what is asked under one key", () => {
  it("within the time is answered together, each asker its own", async () => {
    const { groups, ask } = opened(10);
    const answers = Promise.all([ask("a", "1"), ask("b", "2"), ask("a", "3")]);
    await vi.advanceTimersByTimeAsync(9);
    expect(groups).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    expect(await answers).toEqual(["1!", "2!", "3!"]);
    expect(groups).toEqual([["1", "3"], ["2"]]);
    const late = ask("a", "4");
    await vi.advanceTimersByTimeAsync(10);
    expect(await late).toBe("4!");
    expect(groups).toHaveLength(3);
  });

  it("is answered at once where there is nobody to wait for", async () => {
    const { groups, ask } = opened(0);
    expect(await ask("a", "1")).toBe("1!");
    expect(groups).toEqual([["1"]]);
  });

  it("fails together", async () => {
    const { ask } = opened(5, true);
    const answers = Promise.allSettled([ask("a", "1"), ask("a", "2")]);
    await vi.advanceTimersByTimeAsync(5);
    expect((await answers).map(({ status }) => status)).toEqual(["rejected", "rejected"]);
  });
});
