import { describe, expect, it } from "vitest";
import { together } from "../../../shared/runtime/together.ts";

const done = (value: number): PromiseSettledResult<number> => ({ status: "fulfilled", value });

describe("calls of one turn", () => {
  it("are answered as one batch, each by its own answer, and later ones by another", async () => {
    const batches: (readonly number[])[] = [];
    const double = together(async (inputs: readonly number[]) => {
      batches.push(inputs);
      return inputs.map((input) => done(2 * input));
    });
    expect(await Promise.all([double(1), double(2), Promise.resolve().then(() => double(3))])).toEqual([2, 4, 6]);
    expect(await double(4)).toBe(8);
    expect(batches).toEqual([[1, 2, 3], [4]]);
  });

  it("fail one by one, or all where the batch itself fails or does not answer", async () => {
    const odd = together(async (inputs: readonly number[]) =>
      inputs.map((input) =>
        input % 2 === 0 ? done(input) : { status: "rejected" as const, reason: new Error("odd") },
      ),
    );
    const results = await Promise.allSettled([odd(1), odd(2), odd(3)]);
    expect(results.map(({ status }) => status)).toEqual(["rejected", "fulfilled", "rejected"]);
    const broken = together<number, number>(() => Promise.reject(new Error("down")));
    await expect(Promise.all([broken(1), broken(2)])).rejects.toThrow("down");
    const silent = together<number, number>(async () => []);
    await expect(silent(1)).rejects.toThrow("no answer");
  });
});
