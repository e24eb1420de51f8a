import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { type Lock, missingEntries } from "../../../scripts/lock-entries.ts";

describe("package-lock.json", () => {
  it("holds every platform's optional packages, so that npm ci takes it everywhere (else: npm run lock)", () => {
    const lock = JSON.parse(readFileSync("package-lock.json", "utf8")) as Lock;
    expect(Object.keys(lock.packages).length).toBeGreaterThan(100);
    expect(missingEntries(lock)).toEqual({});
  });

  it("is completed from the packages' names", () => {
    const packages = {
      "node_modules/tool": {
        dev: true,
        optionalDependencies: { "@tool/cli-linux-x64-musl": "1.2.3", "@tool/cli-darwin-arm64": "1.2.3" },
      },
      "node_modules/@tool/cli-darwin-arm64": { version: "1.2.3" },
    };
    expect(missingEntries({ packages })).toEqual({
      "node_modules/@tool/cli-linux-x64-musl": {
        version: "1.2.3",
        dev: true,
        optional: true,
        cpu: ["x64"],
        libc: ["musl"],
        os: ["linux"],
      },
    });
  });

  it("refuses to guess a platform", () => {
    const packages = { "node_modules/tool": { optionalDependencies: { helper: "1.0.0" } } };
    expect(() => missingEntries({ packages })).toThrow("helper");
  });
});
