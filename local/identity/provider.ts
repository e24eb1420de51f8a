import { Provider } from "oidc-provider";
import type { SignInPlan } from "../template/kinds/sign-in.ts";
import { memoryAdapters } from "./memory-adapter.ts";
import type { IdentitySecrets } from "./secrets.ts";
import { faultPage, signedOutPage, signOutPage } from "./sign-in-page.ts";
import { LOCAL_USERS, subOf } from "./users.ts";

/** Where the page of sign-in is, below the issuer. */
export const SIGN_IN_PATH = "/sign-in";

/** What access tokens are for. Cognito's name no audience; without one the provider would make them unreadable to others. */
const RESOURCE = "urn:touchstone:api";

/**
 * The embedded provider, with the one client that the template declares and nothing else switched on: code flow with
 * PKCE (S256) by a public client, access tokens that look like Cognito's (`client_id`, `token_use`, RS256).
 */
export function openProvider(plan: SignInPlan, { cookieKey, signingKey }: IdentitySecrets): Provider {
  const subs = new Set(LOCAL_USERS.map(({ name }) => subOf(name)));
  const cookie = { httpOnly: true, sameSite: "lax", signed: true, overwrite: true } as const;
  return new Provider(plan.issuer, {
    adapter: memoryAdapters(Date.now),
    clients: [
      {
        client_id: plan.clientId,
        token_endpoint_auth_method: "none",
        redirect_uris: [...plan.callbackUrls],
        post_logout_redirect_uris: [...plan.logoutUrls],
        response_types: ["code"],
        grant_types: ["authorization_code", "refresh_token"],
        scope: plan.scopes.join(" "),
        id_token_signed_response_alg: "RS256",
      },
    ],
    scopes: [...plan.scopes],
    responseTypes: ["code"],
    jwks: { keys: [signingKey] },
    cookies: {
      keys: [cookieKey],
      names: { session: "touchstone_sso", interaction: "touchstone_sign_in", resume: "touchstone_resume" },
      long: cookie,
      short: cookie,
    },
    pkce: { required: () => true },
    routes: { jwks: "/.well-known/jwks.json" },
    // The console is served from the issuer's own origin, which browsers name in a POST there too.
    clientBasedCORS: (_context, origin) => origin === new URL(plan.issuer).origin,
    ttl: {
      AccessToken: plan.accessTokenSeconds,
      IdToken: plan.idTokenSeconds,
      RefreshToken: plan.refreshTokenSeconds,
      Grant: plan.refreshTokenSeconds,
      Session: plan.refreshTokenSeconds,
      AuthorizationCode: 60,
      Interaction: 600,
    },
    // Cognito gives one whenever a code is redeemed; `offline_access` is no scope that it knows.
    issueRefreshToken: async (_context, client) => client.grantTypeAllowed("refresh_token"),
    rotateRefreshToken: plan.rotates,
    interactions: { url: (_context, { uid }) => `${new URL(plan.issuer).pathname}${SIGN_IN_PATH}/${uid}` },
    findAccount: (_context, id) => (subs.has(id) ? { accountId: id, claims: () => ({ sub: id }) } : undefined),
    // Our own console: nobody is asked whether it may know who they are.
    async loadExistingGrant({ oidc }) {
      const { client, session, provider } = oidc;
      if (!client || !session?.accountId) return undefined;
      const known = session.grantIdFor(client.clientId);
      const found = known ? await provider.Grant.find(known) : undefined;
      if (found) return found;
      const grant = new provider.Grant({ clientId: client.clientId, accountId: session.accountId });
      grant.addOIDCScope(plan.scopes.join(" "));
      grant.addResourceScope(RESOURCE, plan.scopes.join(" "));
      await grant.save();
      return grant;
    },
    extraTokenClaims: () => ({ token_use: "access" }),
    features: {
      devInteractions: { enabled: false },
      userinfo: { enabled: false },
      pushedAuthorizationRequests: { enabled: false },
      dPoP: { enabled: false },
      revocation: {
        enabled: plan.revokes,
        allowedPolicy: (_context, client, token) => token.clientId === client.clientId,
      },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => RESOURCE,
        useGrantedResource: () => true,
        getResourceServerInfo: () => ({
          scope: plan.scopes.join(" "),
          audience: RESOURCE,
          accessTokenTTL: plan.accessTokenSeconds,
          accessTokenFormat: "jwt",
          jwt: { sign: { alg: "RS256" } },
        }),
      },
      rpInitiatedLogout: {
        enabled: true,
        logoutSource(context, form) {
          // With the token of whoever is signed in, the request comes from their own console and not from another page.
          const hint = context.oidc.entities.IdTokenHint?.payload.sub;
          context.body = signOutPage(form, hint !== undefined && hint === context.oidc.session?.accountId);
        },
        postLogoutSuccessSource(context) {
          context.body = signedOutPage();
        },
      },
    },
    renderError(context, { error }) {
      context.type = "html";
      context.body = faultPage(error);
    },
  });
}
