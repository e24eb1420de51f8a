import { describe, expect, it } from "vitest";
import { oneAtATime } from "../../../shared/runtime/one-at-a-time.ts";

describe("one at a time", () => {
  it("lets jobs of one key follow each other in order, and jobs of different keys overlap", async () => {
    const run = oneAtATime();
    const log: string[] = [];
    const gate = Promise.withResolvers<void>();
    const job = (name: string, wait: Promise<void>) => async () => {
      log.push(`${name} begins`);
      await wait;
      log.push(`${name} ends`);
      return name;
    };
    const jobs = [
      run("a", job("a1", gate.promise)),
      run("a", job("a2", Promise.resolve())),
      run("b", job("b1", Promise.resolve())),
    ];
    expect(await jobs[2]).toBe("b1");
    expect(log).toEqual(["a1 begins", "b1 begins", "b1 ends"]);
    gate.resolve();
    expect(await Promise.all(jobs)).toEqual(["a1", "a2", "b1"]);
    expect(log.slice(3)).toEqual(["a1 ends", "a2 begins", "a2 ends"]);
  });

  it("goes on after a job that failed, and tells only its own caller", async () => {
    const run = oneAtATime();
    const failing = run("a", async () => {
      throw new Error("no");
    });
    const next = run("a", async () => "yes");
    await expect(failing).rejects.toThrow("no");
    expect(await next).toBe("yes");
  });
});
