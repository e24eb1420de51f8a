import * as oauth from "oauth4webapi";
import type { SessionConfig } from "./config.ts";

/** What a sign-in leaves; in memory only. */
export interface Tokens {
  readonly access: string;
  readonly refresh: string | undefined;
  readonly id: string | undefined;
  /** Milliseconds since 1970. */
  readonly ends: number;
}

/** What has to outlive the way to the provider and back. */
export interface Begun {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
  /** The path to come back to. */
  readonly path: string;
}

/** The code flow with PKCE of a public client, at one provider. */
export interface Provider {
  /** @returns where to go to sign in, and what to keep for the way back. */
  begin(path: string): Promise<{ readonly address: string; readonly begun: Begun }>;
  /** Redeems the code in the address that the provider sent the browser back to. */
  finish(returned: URL, begun: Begun): Promise<Tokens>;
  renew(tokens: Tokens): Promise<Tokens>;
  /** Has the refresh token forgotten, where the provider can; a failure changes nothing for whoever leaves. */
  revoke(tokens: Tokens): Promise<void>;
  /** @returns where to go to end the provider's own session; undefined where it has no such place. */
  signOutAddress(tokens: Tokens | undefined): string | undefined;
}

export const signedInAddress = (): string => `${location.origin}/signed-in`;

/** Reads the provider's description. @throws where it cannot be reached or is no OpenID provider */
export async function openProvider({ issuer, clientId }: SessionConfig): Promise<Provider> {
  const named = new URL(issuer);
  // The embedded provider speaks HTTP on loopback, which browsers trust as well; any other has to be HTTPS.
  const local = named.protocol === "http:" && ["127.0.0.1", "localhost"].includes(named.hostname);
  const options = { [oauth.allowInsecureRequests]: local };
  const server = await oauth.processDiscoveryResponse(named, await oauth.discoveryRequest(named, options));
  const client: oauth.Client = { client_id: clientId };
  const anonymous = oauth.None();

  const tokensOf = (answer: oauth.TokenEndpointResponse, before?: Tokens): Tokens => ({
    access: answer.access_token,
    refresh: answer.refresh_token ?? before?.refresh,
    id: answer.id_token ?? before?.id,
    ends: Date.now() + (answer.expires_in ?? 300) * 1_000,
  });

  return {
    async begin(path) {
      if (!server.authorization_endpoint) throw new Error("the provider names no place to sign in");
      const begun: Begun = {
        state: oauth.generateRandomState(),
        nonce: oauth.generateRandomNonce(),
        verifier: oauth.generateRandomCodeVerifier(),
        path,
      };
      const address = new URL(server.authorization_endpoint);
      const asked = {
        client_id: clientId,
        redirect_uri: signedInAddress(),
        response_type: "code",
        scope: "openid",
        state: begun.state,
        nonce: begun.nonce,
        code_challenge: await oauth.calculatePKCECodeChallenge(begun.verifier),
        code_challenge_method: "S256",
      };
      for (const [name, value] of Object.entries(asked)) address.searchParams.set(name, value);
      return { address: address.href, begun };
    },
    async finish(returned, { state, nonce, verifier }) {
      const values = oauth.validateAuthResponse(server, client, returned, state);
      const response = await oauth.authorizationCodeGrantRequest(
        server,
        client,
        anonymous,
        values,
        signedInAddress(),
        verifier,
        options,
      );
      const expected = { expectedNonce: nonce, requireIdToken: true };
      return tokensOf(await oauth.processAuthorizationCodeResponse(server, client, response, expected));
    },
    async renew(tokens) {
      if (tokens.refresh === undefined) throw new Error("there is nothing to renew with");
      const response = await oauth.refreshTokenGrantRequest(server, client, anonymous, tokens.refresh, options);
      return tokensOf(await oauth.processRefreshTokenResponse(server, client, response), tokens);
    },
    async revoke({ refresh }) {
      if (refresh === undefined || !server.revocation_endpoint) return;
      await oauth.revocationRequest(server, client, anonymous, refresh, options).catch(() => undefined);
    },
    signOutAddress(tokens) {
      if (!server.end_session_endpoint) return undefined;
      const address = new URL(server.end_session_endpoint);
      const back = `${location.origin}/`;
      // The standard's name, and Amazon Cognito's.
      const asked = { client_id: clientId, post_logout_redirect_uri: back, logout_uri: back };
      for (const [name, value] of Object.entries(asked)) address.searchParams.set(name, value);
      if (tokens?.id) address.searchParams.set("id_token_hint", tokens.id);
      return address.href;
    },
  };
}
