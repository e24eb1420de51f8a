import { describe, expect, it } from "vitest";
import { dealFairly } from "../../../shared/delivery/deal-fairly.ts";

const line = (tenant: string, name: string, count: number) => ({
  tenant,
  waiting: Array.from({ length: count }, (_, index) => `${name}${index + 1}`),
});

describe("dealing out what waits", () => {
  it("gives to one tenant after the other, and of each to one endpoint after the other, each in its order", () => {
    const lines = [line("acme", "a", 3), line("acme", "b", 1), line("other", "c", 2)];
    expect(dealFairly(lines, 100)).toEqual(["a1", "c1", "b1", "c2", "a2", "a3"]);
  });

  it("gives everybody a first before anybody has a second, however much waits for one", () => {
    const lines = [
      line("acme", "flood", 10_000),
      ...Array.from({ length: 20 }, (_, index) => line(`t${index}`, `t${index}-`, 2)),
    ];
    const dealt = dealFairly(lines, 30);
    expect(dealt).toHaveLength(30);
    expect(dealt.slice(0, 21)).toEqual(["flood1", ...Array.from({ length: 20 }, (_, index) => `t${index}-1`)]);
    expect(dealFairly(lines, 45)).toEqual(
      expect.arrayContaining(Array.from({ length: 20 }, (_, index) => `t${index}-2`)),
    );
  });

  it("does not count a tenant's endpoints for it", () => {
    const many = Array.from({ length: 500 }, (_, index) => line("many", `m${index}-`, 5));
    const dealt = dealFairly([...many, line("one", "o", 5)], 10);
    expect(dealt.filter((name) => name.startsWith("o"))).toHaveLength(5);
  });

  it("ends where nothing is left, and deals nothing where none may be", () => {
    expect(dealFairly([line("acme", "a", 0)], 5)).toEqual([]);
    expect(dealFairly([], 5)).toEqual([]);
    expect(dealFairly([line("acme", "a", 3)], 0)).toEqual([]);
  });
});
