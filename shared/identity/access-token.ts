import { errors, type JWTVerifyGetKey, jwtVerify } from "jose";
import * as z from "zod";
import type { Refusal } from "../domain/tenant.ts";
import { KeysUnavailable } from "./signing-keys.ts";
import { subjectOf } from "./subject-of.ts";

/** Why an access token was not accepted. */
export type TokenRefusal = Extract<Refusal, "invalid_token" | "expired_token" | "sign_in_unavailable">;

export interface TrustedIssuer {
  /** The `iss` of its tokens. */
  readonly issuer: string;
  /** The one client whose tokens are ours. */
  readonly client: string;
  readonly keys: JWTVerifyGetKey;
}

/** Seconds by which the clocks of the issuer and of this machine may differ. */
const SKEW = 5;

// An id token says who signed in, to the console alone; only an access token lets anybody in.
const claims = z.object({ sub: z.string().min(1).max(255), client_id: z.string(), token_use: z.literal("access") });

/**
 * Verifies an access token: RS256 by a key of the issuer, `iss`, `client_id`, `token_use`, `exp` and, where it has one, `nbf`.
 * @returns the digest of its subject, or why it is not accepted; never anything that it holds
 */
export const verifyAccessToken =
  ({ issuer, client, keys }: TrustedIssuer) =>
  async (token: string, now: Date): Promise<{ readonly subject: string } | { readonly refusal: TokenRefusal }> => {
    try {
      const { payload } = await jwtVerify(token, keys, {
        // Named, or a token could choose how it is checked.
        algorithms: ["RS256"],
        issuer,
        requiredClaims: ["exp", "sub"],
        clockTolerance: SKEW,
        currentDate: now,
      });
      const read = claims.safeParse(payload);
      if (!read.success || read.data.client_id !== client) return { refusal: "invalid_token" };
      return { subject: subjectOf(issuer, read.data.sub) };
    } catch (error) {
      if (error instanceof KeysUnavailable) return { refusal: "sign_in_unavailable" };
      if (error instanceof errors.JWTExpired) return { refusal: "expired_token" };
      if (error instanceof errors.JOSEError) return { refusal: "invalid_token" };
      throw error;
    }
  };

/** The token of an Authorization header's value, if it has the form of one. */
export function bearerToken(header: string | undefined): string | undefined {
  if (header === undefined || header.length > 8_192) return undefined;
  return /^[Bb]earer ([\w-]+\.[\w-]+\.[\w-]*)$/.exec(header)?.[1];
}
