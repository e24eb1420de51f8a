import { createHmac } from "node:crypto";
import { type CryptoKey, exportJWK, exportSPKI, generateKeyPair, importJWK, type JWTPayload, SignJWT } from "jose";
import { beforeAll, describe, expect, it } from "vitest";
import { bearerToken, verifyAccessToken } from "../../../shared/identity/access-token.ts";
import { KeysUnavailable, signingKeys } from "../../../shared/identity/signing-keys.ts";
import { subjectOf } from "../../../shared/identity/subject-of.ts";

const ISSUER = "https://issuer.example/pool";
const CLIENT = "console";
const NOW = new Date("2026-11-23T01:00:00Z");
const seconds = Math.floor(NOW.getTime() / 1000);

let ours: { privateKey: CryptoKey; publicKey: CryptoKey };
let theirs: { privateKey: CryptoKey; publicKey: CryptoKey };
let verify: ReturnType<typeof verifyAccessToken>;

beforeAll(async () => {
  [ours, theirs] = await Promise.all([generateKeyPair("RS256", { extractable: true }), generateKeyPair("RS256")]);
  const keys = [{ ...(await exportJWK(ours.publicKey)), kid: "k1" }];
  verify = verifyAccessToken({
    issuer: ISSUER,
    client: CLIENT,
    keys: signingKeys(
      async () => ({ keys }),
      () => NOW,
    ),
  });
});

const GOOD: JWTPayload = {
  iss: ISSUER,
  sub: "6795a37a-e9cc-46e7-8fd8-039d6bb72843",
  client_id: CLIENT,
  token_use: "access",
  iat: seconds - 60,
  exp: seconds + 3_540,
};

interface Signing {
  readonly alg?: string;
  readonly kid?: string;
  readonly key?: CryptoKey | Uint8Array;
}
const sign = (claims: JWTPayload, { alg = "RS256", kid = "k1", key = ours.privateKey }: Signing = {}) =>
  new SignJWT(claims).setProtectedHeader({ alg, kid }).sign(key);
const without = (name: string): JWTPayload => Object.fromEntries(Object.entries(GOOD).filter(([one]) => one !== name));
const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString("base64url");

describe("an access token", () => {
  it("of the issuer for our client lets its subject in, under a digest", async () => {
    const found = await verify(await sign(GOOD), NOW);
    expect(found).toEqual({ subject: subjectOf(ISSUER, String(GOOD.sub)) });
    expect(JSON.stringify(found)).not.toContain(String(GOOD.sub));
  });

  it.each([
    ["of another issuer", { ...GOOD, iss: `${ISSUER}2` }, "invalid_token"],
    ["for another client", { ...GOOD, client_id: "other" }, "invalid_token"],
    ["that is an id token", { ...without("client_id"), token_use: "id", aud: CLIENT }, "invalid_token"],
    ["that is an id token with our client in it", { ...GOOD, token_use: "id" }, "invalid_token"],
    ["that does not say what it is for", without("token_use"), "invalid_token"],
    ["of nobody", without("sub"), "invalid_token"],
    ["of somebody without a name", { ...GOOD, sub: "" }, "invalid_token"],
    ["without an end", without("exp"), "invalid_token"],
    ["that has ended", { ...GOOD, exp: seconds - 6 }, "expired_token"],
    ["that begins later", { ...GOOD, nbf: seconds + 60 }, "invalid_token"],
  ])("%s is refused", async (_, claims, refusal) => {
    expect(await verify(await sign(claims as JWTPayload), NOW)).toEqual({ refusal });
  });

  it("is not refused for clocks that differ by seconds", async () => {
    expect(await verify(await sign({ ...GOOD, nbf: seconds + 4, exp: seconds - 3 }), NOW)).toHaveProperty("subject");
  });

  it("signed by another key under the name of ours is refused", async () => {
    expect(await verify(await sign(GOOD, { key: theirs.privateKey }), NOW)).toEqual({ refusal: "invalid_token" });
  });

  it("under the name of no key is refused", async () => {
    expect(await verify(await sign(GOOD, { kid: "k2" }), NOW)).toEqual({ refusal: "invalid_token" });
  });

  it("with the algorithm none is refused, with a signature and without", async () => {
    const bare = `${part({ alg: "none", kid: "k1" })}.${part(GOOD)}`;
    const [, , signature] = (await sign(GOOD)).split(".");
    for (const token of [`${bare}.`, `${bare}.${signature}`])
      expect(await verify(token, NOW)).toEqual({ refusal: "invalid_token" });
  });

  it("with HS256 by the public key, which everybody has, is refused", async () => {
    const signed = `${part({ alg: "HS256", kid: "k1" })}.${part(GOOD)}`;
    const publicKey = await exportSPKI(ours.publicKey);
    const token = `${signed}.${createHmac("sha256", publicKey).update(signed).digest("base64url")}`;
    expect(await verify(token, NOW)).toEqual({ refusal: "invalid_token" });
  });

  it("with another algorithm by our own key is refused: it is not the token that chooses", async () => {
    const key = await importJWK(await exportJWK(ours.privateKey), "RS384");
    expect(await verify(await sign(GOOD, { alg: "RS384", key }), NOW)).toEqual({ refusal: "invalid_token" });
  });

  it("that brings its own key is refused", async () => {
    const jwk = await exportJWK(theirs.publicKey);
    const token = await new SignJWT(GOOD)
      .setProtectedHeader({ alg: "RS256", jwk, jku: "https://elsewhere.example/keys" })
      .sign(theirs.privateKey);
    expect(await verify(token, NOW)).toEqual({ refusal: "invalid_token" });
  });

  it("changed after it was signed is refused", async () => {
    const [header, , signature] = (await sign(GOOD)).split(".");
    const token = `${header}.${part({ ...GOOD, sub: "somebody-else" })}.${signature}`;
    expect(await verify(token, NOW)).toEqual({ refusal: "invalid_token" });
  });

  it.each(["a.b.c", "eyJhbGciOiJSUzI1NiJ9.e30.", "..", `${part([1])}.${part("x")}.AA`])(
    "%s is refused",
    async (token) => {
      expect(await verify(token, NOW)).toEqual({ refusal: "invalid_token" });
    },
  );

  it("says nothing of itself where the issuer cannot be asked", async () => {
    const keys = async (): Promise<never> => {
      throw new KeysUnavailable("none");
    };
    const blind = verifyAccessToken({ issuer: ISSUER, client: CLIENT, keys });
    expect(await blind(await sign(GOOD), NOW)).toEqual({ refusal: "sign_in_unavailable" });
  });
});

describe("the header", () => {
  it.each([
    ["Bearer aa.bb.cc", "aa.bb.cc"],
    ["bearer aa.bb.", "aa.bb."],
    ["Bearer aa.bb", undefined],
    ["Bearer ts_demo_000000000000_x", undefined],
    ["Basic aa.bb.cc", undefined],
    [`Bearer aa.bb.${"c".repeat(9_000)}`, undefined],
    [undefined, undefined],
  ])("%s", (header, token) => expect(bearerToken(header)).toBe(token));
});
