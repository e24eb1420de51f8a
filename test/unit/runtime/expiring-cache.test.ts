import { describe, expect, it, vi } from "vitest";
import { expiringCache } from "../../../shared/runtime/expiring-cache.ts";

function clockAt(start: number) {
  let now = start;
  return { clock: () => new Date(now), pass: (seconds: number) => (now += seconds * 1000) };
}
const { clock: still } = clockAt(0);

describe("an expiring cache", () => {
  it("shares one load among calls at the same time, key by key", async () => {
    const load = vi.fn(async (key: string) => `${key}!`);
    const cached = expiringCache(load, 10, still);
    expect(await Promise.all([cached("a"), cached("a"), cached("b"), cached("a")])).toEqual(["a!", "a!", "b!", "a!"]);
    expect(load).toHaveBeenCalledTimes(2);
  });

  it("loads again when the time is over, not before", async () => {
    const { clock, pass } = clockAt(1_000);
    let version = 0;
    const cached = expiringCache(async () => (version += 1), 10, clock);
    expect(await cached("a")).toBe(1);
    pass(9.999);
    expect(await cached("a")).toBe(1);
    pass(0.001);
    expect(await cached("a")).toBe(2);
  });

  it("does not remember a failure, and all who waited for it hear of it", async () => {
    const load = vi.fn().mockRejectedValueOnce(new Error("down")).mockResolvedValue("up");
    const cached = expiringCache(load as (key: string) => Promise<string>, 10, still);
    const both = await Promise.allSettled([cached("a"), cached("a")]);
    expect(both.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
    expect(await cached("a")).toBe("up");
    expect(load).toHaveBeenCalledTimes(2);
  });

  it("does not forget a good answer when an older load fails late", async () => {
    const { clock, pass } = clockAt(0);
    const old = Promise.withResolvers<string>();
    const load = vi.fn().mockReturnValueOnce(old.promise).mockResolvedValue("new");
    const cached = expiringCache(load as (key: string) => Promise<string>, 10, clock);
    const slow = cached("a");
    pass(11);
    expect(await cached("a")).toBe("new");
    old.reject(new Error("too late"));
    await expect(slow).rejects.toThrow("too late");
    expect(await cached("a")).toBe("new");
    expect(load).toHaveBeenCalledTimes(2);
  });

  it("lets nobody wait within the grace, loads once beside, and gives the new answer from then on", async () => {
    const { clock, pass } = clockAt(0);
    const beside = Promise.withResolvers<string>();
    const load = vi.fn().mockResolvedValueOnce("old").mockReturnValueOnce(beside.promise);
    const cached = expiringCache(load as (key: string) => Promise<string>, 10, clock, 100, 10);
    await cached("a");
    pass(10);
    expect(await Promise.all([cached("a"), cached("a")])).toEqual(["old", "old"]);
    expect(load).toHaveBeenCalledTimes(2);
    beside.resolve("new");
    await beside.promise;
    expect(await cached("a")).toBe("new");
    pass(9);
    expect(await cached("a")).toBe("new");
    expect(load).toHaveBeenCalledTimes(2);
  });

  it("waits once the grace is over, and what was being loaded before does not take the place of it", async () => {
    const { clock, pass } = clockAt(0);
    const frozen = Promise.withResolvers<string>();
    const load = vi.fn().mockResolvedValueOnce("old").mockReturnValueOnce(frozen.promise).mockResolvedValue("new");
    const cached = expiringCache(load as (key: string) => Promise<string>, 10, clock, 100, 10);
    await cached("a");
    pass(12);
    expect(await cached("a")).toBe("old");
    pass(8);
    expect(await cached("a")).toBe("new");
    frozen.resolve("of long ago");
    await frozen.promise;
    expect(await cached("a")).toBe("new");
    expect(load).toHaveBeenCalledTimes(3);
  });

  it("tries again beside when that failed", async () => {
    const { clock, pass } = clockAt(0);
    const load = vi.fn().mockResolvedValueOnce("old").mockRejectedValueOnce(new Error("down")).mockResolvedValue("new");
    const cached = expiringCache(load as (key: string) => Promise<string>, 10, clock, 100, 10);
    await cached("a");
    pass(11);
    expect(await cached("a")).toBe("old");
    await new Promise(setImmediate);
    expect(await cached("a")).toBe("old");
    await new Promise(setImmediate);
    expect(await cached("a")).toBe("new");
    expect(load).toHaveBeenCalledTimes(3);
  });

  it("holds no more keys than it may; the oldest goes", async () => {
    const load = vi.fn(async (key: string) => key);
    const cached = expiringCache(load, 10, still, 2);
    for (const key of ["a", "b", "c"]) await cached(key);
    await cached("b");
    await cached("c");
    expect(load).toHaveBeenCalledTimes(3);
    await cached("a");
    expect(load).toHaveBeenCalledTimes(4);
  });
});
