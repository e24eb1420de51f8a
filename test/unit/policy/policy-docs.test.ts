import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { policyPages, withPart } from "../../../scripts/policy-docs.ts";

describe("the documentation of policies", () => {
  it.each([...policyPages()])(
    "docs/%s says what the code does: run `npm run openapi` where it does not",
    (path, text) => {
      expect(readFileSync(new URL(`../../../docs/${path}`, import.meta.url), "utf8")).toBe(text);
    },
  );

  it("has tables only where a page has a place for them", () => {
    expect(withPart("a\n<!-- x -->\nold\n<!-- /x -->\nb", "x", "new")).toBe("a\n<!-- x -->\nnew\n<!-- /x -->\nb");
    expect(() => withPart("a", "x", "new")).toThrow("no place for x");
  });
});
