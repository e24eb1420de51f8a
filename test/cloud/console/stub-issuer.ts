import type { IncomingMessage, ServerResponse } from "node:http";
import { generateKeyPair, SignJWT } from "jose";

/** An OpenID provider that lets everybody in without asking: for tests of pages, not of sign-in. */
export class StubIssuer {
  /** Counts redeemed codes and refresh tokens. */
  readonly redeemed: string[] = [];
  /** Seconds that access tokens last. */
  lasts = 3_600;
  /** Refuses to renew: the session is over with its access token. */
  refuses = false;
  #key: CryptoKey | undefined;
  readonly #codes = new Map<string, string>();

  async handle(request: IncomingMessage, response: ServerResponse, origin: string): Promise<boolean> {
    const { pathname, searchParams } = new URL(request.url ?? "/", origin);
    if (!pathname.startsWith("/oidc/")) return false;
    const issuer = `${origin}/oidc`;
    const json = (status: number, body: unknown): true => {
      response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
      return true;
    };
    if (pathname === "/oidc/.well-known/openid-configuration")
      return json(200, {
        issuer,
        authorization_endpoint: `${issuer}/auth`,
        token_endpoint: `${issuer}/token`,
        end_session_endpoint: `${issuer}/end`,
        response_types_supported: ["code"],
      });
    if (pathname === "/oidc/auth") {
      const code = crypto.randomUUID();
      this.#codes.set(code, searchParams.get("nonce") ?? "");
      const back = new URL(searchParams.get("redirect_uri") ?? origin);
      back.searchParams.set("code", code);
      back.searchParams.set("state", searchParams.get("state") ?? "");
      response.writeHead(302, { location: back.href }).end();
      return true;
    }
    if (pathname === "/oidc/end") {
      response.writeHead(302, { location: searchParams.get("post_logout_redirect_uri") ?? "/" }).end();
      return true;
    }
    const sent = new URLSearchParams(await textOf(request));
    const grant = sent.get("grant_type") ?? "";
    this.redeemed.push(grant);
    if (this.refuses && grant === "refresh_token") return json(400, { error: "invalid_grant" });
    const nonce = this.#codes.get(sent.get("code") ?? "");
    return json(200, {
      access_token: `stub.${crypto.randomUUID()}`,
      refresh_token: crypto.randomUUID(),
      token_type: "bearer",
      expires_in: this.lasts,
      ...(grant === "authorization_code" && { id_token: await this.#idToken(issuer, nonce ?? "") }),
    });
  }

  async #idToken(issuer: string, nonce: string): Promise<string> {
    this.#key ??= (await generateKeyPair("RS256")).privateKey;
    return new SignJWT({ nonce })
      .setProtectedHeader({ alg: "RS256" })
      .setIssuer(issuer)
      .setAudience("stub")
      .setSubject("stub-subject")
      .setIssuedAt()
      .setExpirationTime("1h")
      .sign(this.#key);
  }
}

/** The whole body of a request. */
export async function textOf(request: IncomingMessage): Promise<string> {
  let text = "";
  for await (const chunk of request) text += chunk;
  return text;
}
