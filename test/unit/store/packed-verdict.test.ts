import { deflateRawSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { packVerdict, unpackVerdict } from "../../../shared/store/packed-verdict.ts";
import { exampleVerdict } from "../domain/examples.ts";

describe("a packed verdict", () => {
  it("comes out as it went in, whatever it holds", () => {
    fc.assert(
      fc.property(fc.json(), (json) => {
        const value: unknown = JSON.parse(json);
        expect(JSON.stringify(unpackVerdict(packVerdict(value)))).toBe(JSON.stringify(value));
      }),
    );
  });

  it("is smaller by a third at least than without the dictionary, and what was written so is still read", () => {
    const value = { verdict: exampleVerdict() };
    const before = deflateRawSync(JSON.stringify(value));
    expect(packVerdict(value).length).toBeLessThan((before.length * 2) / 3);
    expect(unpackVerdict(before)).toEqual(value);
  });

  // A change of the dictionary would make every stored verdict unreadable.
  it("is read by the dictionary that it was written with", () => {
    const written = "B8NeTCQm54KrcywRg+5tYtNAbG0tAA==";
    expect(unpackVerdict(Buffer.from(written, "base64"))).toEqual({
      verdict: {
        tenant: "acme",
        status: "complete",
        action: "flag",
        models: ["text-lexicon@1", "text-links@1"],
      },
    });
  });
});
