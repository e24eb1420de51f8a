import { createHash, randomBytes } from "node:crypto";
import type { Cloud } from "../../../local/cloud.ts";
import { BrowserSession } from "./browser-session.ts";

export interface Tokens {
  readonly accessToken: string;
  readonly refreshToken: string;
  readonly idToken: string;
}

interface Endpoints {
  readonly authorization_endpoint: string;
  readonly token_endpoint: string;
  readonly end_session_endpoint: string;
  readonly revocation_endpoint: string;
}

export type SigningIn = Pick<Cloud, "signIn" | "url">;

/** How the cloud's people sign in. */
export function signInOf({ signIn }: SigningIn): NonNullable<Cloud["signIn"]> {
  if (signIn === undefined) throw new Error("nobody can sign in to this cloud");
  return signIn;
}

export async function endpointsOf(cloud: SigningIn): Promise<Endpoints> {
  const answer = await fetch(`${signInOf(cloud).issuer}/.well-known/openid-configuration`);
  return (await answer.json()) as Endpoints;
}

/** What the console asks the provider for, and what it keeps to redeem the code. */
export function authorisation(cloud: SigningIn): { readonly query: Record<string, string>; readonly verifier: string } {
  const verifier = randomBytes(32).toString("base64url");
  const query = {
    client_id: signInOf(cloud).clientId,
    response_type: "code",
    scope: "openid",
    redirect_uri: `${cloud.url}/signed-in`,
    state: randomBytes(8).toString("hex"),
    nonce: randomBytes(8).toString("hex"),
    code_challenge: createHash("sha256").update(verifier).digest("base64url"),
    code_challenge_method: "S256",
  };
  return { query, verifier };
}

/** Asks the token endpoint as the console does. */
export async function redeem(
  cloud: SigningIn,
  fields: Record<string, string>,
): Promise<{ readonly status: number; readonly tokens: Tokens }> {
  const { token_endpoint } = await endpointsOf(cloud);
  const body = new URLSearchParams({ client_id: signInOf(cloud).clientId, ...fields });
  const answer = await fetch(token_endpoint, { method: "POST", body });
  const { access_token = "", refresh_token = "", id_token = "" } = (await answer.json()) as Record<string, string>;
  return {
    status: answer.status,
    tokens: { accessToken: access_token, refreshToken: refresh_token, idToken: id_token },
  };
}

/** Signs a local user in by the whole flow: redirect, page, password, code with PKCE, tokens. */
export async function signIn(cloud: SigningIn, user: string, session = new BrowserSession()): Promise<Tokens> {
  const { authorization_endpoint } = await endpointsOf(cloud);
  const { query, verifier } = authorisation(cloud);
  let { next } = await session.open(`${authorization_endpoint}?${new URLSearchParams(query)}`);
  if (!next.startsWith(query.redirect_uri ?? "")) {
    const page = next;
    await session.open(page);
    ({ next } = await session.send(page, { user, password: signInOf(cloud).password }));
    ({ next } = await session.open(next));
  }
  const { searchParams } = new URL(next);
  if (searchParams.get("state") !== query.state) throw new Error(`${user} was not signed in`);
  const code = searchParams.get("code") ?? "";
  const redirect_uri = query.redirect_uri ?? "";
  const { tokens } = await redeem(cloud, {
    grant_type: "authorization_code",
    code,
    redirect_uri,
    code_verifier: verifier,
  });
  return tokens;
}
