import { describe, expect, it } from "vitest";
import { readConfig } from "../../../shared/runtime/config.ts";

describe("configuration", () => {
  it("holds what was asked for and nothing else", () => {
    expect(readConfig(["A", "B"], { A: "1", B: "2", C: "3" })).toEqual({ A: "1", B: "2" });
  });
  it("names everything that is missing or empty at once, and no value", () => {
    expect(() => readConfig(["A", "B", "C"], { A: "secret", B: "" })).toThrow(/^missing environment variables: B, C$/);
  });
});
