import { describe, expect, it } from "vitest";
import { consoleHeaders } from "../../../shared/contracts/console-headers.ts";

const directives = (connect: readonly string[]): Map<string, string> =>
  new Map(
    (consoleHeaders({ connect })["content-security-policy"] ?? "").split("; ").map((one) => {
      const [name = "", ...sources] = one.split(" ");
      return [name, sources.join(" ")];
    }),
  );

describe("headers of the console", () => {
  it("let nothing run, be styled or be fetched that did not come with it", () => {
    const policy = directives([]);
    expect(policy.get("default-src")).toBe("'none'");
    for (const name of ["script-src", "style-src", "connect-src"])
      expect([name, policy.get(name)]).toEqual([name, "'self'"]);
    for (const name of ["base-uri", "form-action", "frame-ancestors"])
      expect([name, policy.get(name)]).toEqual([name, "'none'"]);
    expect(policy.get("require-trusted-types-for")).toBe("'script'");
    expect(policy.get("trusted-types")).toBe("'none'");
    expect([...policy.values()].join(" ")).not.toMatch(/unsafe|\*|https?:/);
  });

  it("let it ask the identity provider, and nobody else", () => {
    expect(directives(["https://issuer.example/pool/", "https://tokens.example"]).get("connect-src")).toBe(
      "'self' https://issuer.example/pool/ https://tokens.example",
    );
  });

  it("are one line each, with names in lower case", () => {
    for (const [name, value] of Object.entries(consoleHeaders({ connect: ["https://a.example"] }))) {
      expect(name).toMatch(/^[a-z-]+$/);
      expect(value).toMatch(/^[\x20-\x7e]+$/);
    }
  });
});
