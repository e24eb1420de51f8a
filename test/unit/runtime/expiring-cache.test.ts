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
