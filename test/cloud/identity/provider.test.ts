import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { rawRequest } from "../security/raw-request.ts";
import { BrowserSession } from "./browser-session.ts";
import { LoneProvider } from "./lone-provider.ts";
import { authorisation, endpointsOf, redeem, type SigningIn, signIn, signInOf } from "./sign-in.ts";

// The embedded provider by itself, in front of nothing.
const provider = new LoneProvider();
let place: SigningIn;
let password: string;
beforeAll(async () => {
  place = await provider.open();
  ({ password } = signInOf(place));
});
afterAll(() => provider.close());

const ask = async (change: Record<string, string | undefined>, session = new BrowserSession()) => {
  const { authorization_endpoint } = await endpointsOf(place);
  const fields = Object.entries({ ...authorisation(place).query, ...change }).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value] as [string, string]],
  );
  return session.open(`${authorization_endpoint}?${new URLSearchParams(fields)}`, { headers: { accept: "text/html" } });
};
/** The page of sign-in, in a browser that asked for it. */
const openPage = async () => {
  const session = new BrowserSession();
  const { next } = await ask({}, session);
  const { answer } = await session.open(next);
  return { session, page: next, answer, text: await answer.text() };
};

describe("the page of sign-in", () => {
  it("can be framed by nobody, runs no script, and says so", async () => {
    const { answer, text } = await openPage();
    const policy = answer.headers.get("content-security-policy") ?? "";
    expect(policy).toMatch(/default-src 'none'.*form-action 'self'.*base-uri 'none'.*frame-ancestors 'none'/);
    expect(policy).not.toContain("unsafe");
    expect(answer.headers.get("x-frame-options")).toBe("DENY");
    expect(answer.headers.get("cache-control")).toBe("no-store");
    expect(text).not.toMatch(/<script|style="|onclick/);
  });

  it("keeps cookies that scripts and other sites do not get", async () => {
    const { answer } = await ask({});
    const cookies = answer.headers.getSetCookie();
    expect(cookies.length).toBeGreaterThan(0);
    for (const cookie of cookies) expect(cookie).toMatch(/httponly/i);
    for (const cookie of cookies) expect(cookie).toMatch(/samesite=lax/i);
  });

  it("lets nobody in with a wrong password, and tells it to screen readers", async () => {
    for (const fields of [
      { user: "mona", password: `${password}x` },
      { user: "mona", password: "" },
      { user: "mallory", password },
    ]) {
      const { session, page } = await openPage();
      const { answer } = await session.send(page, fields);
      expect([answer.status, await answer.text()]).toEqual([401, expect.stringContaining('role="alert"')]);
    }
  });

  it("shows nothing of what was sent", async () => {
    const { session, page } = await openPage();
    const { answer } = await session.send(page, { user: "<img src=x>", password: "<b>planted</b>" });
    expect(await answer.text()).not.toMatch(/<img|planted/);
    const { answer: refused } = await ask({ scope: "<i>planted</i>", redirect_uri: "http://x/<i>planted</i>" });
    expect(await refused.text()).not.toContain("planted");
    expect(provider.logged.join()).not.toContain("planted");
  });

  it.each(["http://evil.example", "http://localhost:1", "null"])("takes no form from %s", async (origin) => {
    const { session, page } = await openPage();
    const { answer } = await session.send(page, { user: "mona", password }, origin);
    expect([answer.status, answer.headers.get("location")]).toEqual([403, null]);
  });

  it("takes no form from a browser that did not ask for the page", async () => {
    const { page } = await openPage();
    const { answer } = await new BrowserSession().send(page, { user: "mona", password });
    expect([answer.status, answer.headers.get("location")]).toEqual([400, null]);
  });

  it("reads no endless form", async () => {
    const { session, page } = await openPage();
    const { answer } = await session.send(page, { user: "mona", more: "x".repeat(100_000), password });
    expect(answer.status).toBe(401);
  });

  it.each(["evil.example", "localhost:80", "127.0.0.1.evil.example"])("is not at home at %s", async (host) => {
    for (const path of ["/oidc/.well-known/openid-configuration", "/oidc/auth", "/oidc/sign-in/x", "/oidc"]) {
      const { status } = await rawRequest(place.url, { method: "GET", path, headers: { host } });
      expect([path, status]).toEqual([path, 403]);
    }
  });

  it("leaves everything beside it alone", async () => {
    for (const path of ["/", "/oidcx", "/v1/health"]) expect((await fetch(`${place.url}${path}`)).status).toBe(404);
  });
});

describe("the code flow", () => {
  it.each<[string, Record<string, string | undefined>]>([
    ["without a challenge", { code_challenge: undefined, code_challenge_method: undefined }],
    ["with a challenge in clear", { code_challenge_method: "plain" }],
    ["for a token at once", { response_type: "id_token" }],
  ])("%s is refused", async (_, change) => {
    const { next } = await ask(change);
    expect(new URL(next).searchParams.get("error") ?? new URL(next).hash).toMatch(
      /invalid_request|unsupported_response/,
    );
  });

  it.each([
    "http://evil.example/signed-in",
    "http://127.0.0.1:1/signed-in",
    "HERE/signed-in/more",
    "HERE/signed-in?x=1",
    "HERE.evil.example/signed-in",
    "http://localhost/signed-in",
  ])("leads nobody to %s", async (uri) => {
    const { answer } = await ask({ redirect_uri: uri.replace("HERE", place.url) });
    expect([answer.status, answer.headers.get("location")]).toEqual([400, null]);
  });

  it("knows no other client", async () => {
    const { answer } = await ask({ client_id: "another" });
    expect([answer.status, answer.headers.get("location")]).toEqual([400, null]);
  });

  it("gives nothing for a code without its verifier, nor twice", async () => {
    const session = new BrowserSession();
    const first = await signIn(place, "mona", session);
    const { query, verifier } = authorisation(place);
    const { authorization_endpoint } = await endpointsOf(place);
    const codeAgain = async (code_verifier: string, times: number): Promise<number[]> => {
      const { next } = await session.open(`${authorization_endpoint}?${new URLSearchParams(query)}`);
      const code = new URL(next).searchParams.get("code") ?? "";
      const fields = { grant_type: "authorization_code", code, redirect_uri: query.redirect_uri ?? "", code_verifier };
      const statuses: number[] = [];
      for (let time = 0; time < times; time++) statuses.push((await redeem(place, fields)).status);
      return statuses;
    };
    expect(await codeAgain(authorisation(place).verifier, 1)).toEqual([400]);
    expect(await codeAgain(verifier, 2)).toEqual([200, 400]);
    expect(first.accessToken).toMatch(/^eyJ/);
  });

  it("asks for no password where somebody signed in already, until they sign out", async () => {
    const session = new BrowserSession();
    const { idToken } = await signIn(place, "sena", session);
    expect((await ask({}, session)).next).toContain("/signed-in?code=");
    const { end_session_endpoint } = await endpointsOf(place);
    const back = { client_id: signInOf(place).clientId, post_logout_redirect_uri: `${place.url}/` };
    const { answer } = await session.open(
      `${end_session_endpoint}?${new URLSearchParams({ ...back, id_token_hint: idToken })}`,
    );
    const text = await answer.text();
    expect(text).toContain("requestSubmit");
    const xsrf = /name="xsrf" value="(\w+)"/.exec(text)?.[1] ?? "";
    const { next } = await session.send(`${end_session_endpoint}/confirm`, { xsrf, logout: "yes" });
    expect(next).toBe(`${place.url}/`);
    expect((await ask({}, session)).next).toContain("/sign-in/");
  });

  it("does not sign out whom another page sends there, but asks", async () => {
    const session = new BrowserSession();
    await signIn(place, "sena", session);
    const { end_session_endpoint } = await endpointsOf(place);
    const { answer } = await session.open(end_session_endpoint);
    expect(await answer.text()).not.toContain("requestSubmit");
    await session.send(`${end_session_endpoint}/confirm`, { xsrf: "0".repeat(48), logout: "yes" });
    expect((await ask({}, session)).next).toContain("/signed-in?code=");
  });
});

describe("a refresh token", () => {
  const refresh = (refresh_token: string) => redeem(place, { grant_type: "refresh_token", refresh_token });

  it("is used once; one that comes again was stolen, and takes its successors along", async () => {
    const { refreshToken } = await signIn(place, "mona");
    const { status, tokens } = await refresh(refreshToken);
    expect([status, tokens.refreshToken === refreshToken]).toEqual([200, false]);
    expect((await refresh(refreshToken)).status).toBe(400);
    expect((await refresh(tokens.refreshToken)).status).toBe(400);
  });

  it("can be revoked", async () => {
    const { refreshToken: token } = await signIn(place, "mona");
    const { revocation_endpoint } = await endpointsOf(place);
    const body = new URLSearchParams({ token, client_id: signInOf(place).clientId });
    expect((await fetch(revocation_endpoint, { method: "POST", body })).status).toBe(200);
    expect((await refresh(token)).status).toBe(400);
  });
});

it("the provider says nothing that the console must not have: no other flow, no registration, no user information", async () => {
  const said = (await endpointsOf(place)) as unknown as Record<string, unknown>;
  expect(said.response_types_supported).toEqual(["code"]);
  expect(said.code_challenge_methods_supported).toEqual(["S256"]);
  for (const endpoint of [
    "registration",
    "userinfo",
    "device_authorization",
    "introspection",
    "pushed_authorization_request",
  ])
    expect(said).not.toHaveProperty(`${endpoint}_endpoint`);
  expect(said.jwks_uri).toBe(`${signInOf(place).issuer}/.well-known/jwks.json`);
});
