import { describe, expect, it } from "vitest";
import { apiKey, mintKey, parseAuthorization, verifyKey } from "../../../shared/domain/api-key.ts";
import { NOW } from "./examples.ts";

const minted = mintKey("acme", "platform", NOW, new Date("2026-12-01T00:00:00Z"));
const parse = (header: string | undefined) => parseAuthorization(header);
const parts = (token: string) => {
  const parsed = parse(`Bearer ${token}`);
  if ("refusal" in parsed) throw new Error(parsed.refusal);
  return parsed;
};

describe("an API key", () => {
  it("is let in by the token that was shown once", () => {
    expect(verifyKey(minted.key, parts(minted.token), NOW)).toEqual({
      tenant: "acme",
      actor: `key:${minted.key.id}`,
      role: "platform",
    });
  });

  it("is stored without its secret, in the shape of the directory", () => {
    expect(apiKey.parse(minted.key)).toEqual(minted.key);
    expect(JSON.stringify(minted.key)).not.toContain(parts(minted.token).secret);
  });

  it("parses for every secret that can be minted", () => {
    for (let round = 0; round < 200; round += 1) {
      const { key, token } = mintKey("a-b-1", "moderator", NOW);
      expect(verifyKey(key, parts(token), NOW)).toMatchObject({ tenant: "a-b-1", role: "moderator" });
    }
  });

  it("tells nobody whether the id or the secret was wrong", () => {
    const { secret } = parts(mintKey("acme", "platform", NOW).token);
    const wrong = { ...parts(minted.token), secret };
    expect(verifyKey(minted.key, wrong, NOW)).toEqual({ refusal: "unknown_key" });
    expect(verifyKey(undefined, parts(minted.token), NOW)).toEqual({ refusal: "unknown_key" });
    expect(verifyKey({ ...minted.key, revokedAt: NOW.toISOString() }, wrong, NOW)).toEqual({ refusal: "unknown_key" });
  });

  it("dies by revocation and, at its very second, by age", () => {
    const token = parts(minted.token);
    expect(verifyKey({ ...minted.key, revokedAt: NOW.toISOString() }, token, NOW)).toEqual({ refusal: "revoked_key" });
    expect(verifyKey(minted.key, token, new Date("2026-11-30T23:59:59.999Z"))).toHaveProperty("role");
    expect(verifyKey(minted.key, token, new Date("2026-12-01T00:00:00Z"))).toEqual({ refusal: "expired_key" });
  });

  it("with no secret hash of its own is not opened by the hash that stands in for unknown keys", () => {
    expect(verifyKey({ ...minted.key, secretHash: "0".repeat(64) }, parts(minted.token), NOW)).toEqual({
      refusal: "unknown_key",
    });
  });
});

describe("an Authorization header", () => {
  it.each([undefined, ""])("%j is missing", (header) => expect(parse(header)).toEqual({ refusal: "missing_key" }));
  it.each([
    "Bearer",
    "Basic dXNlcjpwYXNz",
    minted.token,
    `Bearer ${minted.token}x`,
    `Bearer ${minted.token.slice(0, -1)}`,
    `Bearer  ${minted.token}`,
    `Bearer ${minted.token} `,
    `Bearer ${minted.token}\n`,
    `Bearer ${minted.token.replace("acme", "acme#x")}`,
    `Bearer ${minted.token.replace("acme", "ACME")}`,
    `x Bearer ${minted.token}`,
  ])("%# is malformed", (header) => expect(parse(header)).toEqual({ refusal: "malformed_key" }));
});
