import { createLocalJWKSet, errors, type JSONWebKeySet, type JWTVerifyGetKey } from "jose";
import type { Clock } from "../runtime/clock.ts";

/** Keys are read again after this long: a key that the issuer withdrew is then no longer accepted. */
const REFRESH_MS = 3_600_000;
/** Tokens that name a key nobody knows make us ask the issuer this often at most, however many they are. */
const UNKNOWN_MS = 60_000;
/** After a failure the issuer is asked again this soon; whoever comes earlier is not made to wait for it. */
const RETRY_MS = 5_000;
/** For so long an issuer that does not answer shuts nobody out who has a token. */
const STALE_MS = 86_400_000;

/** The issuer does not say with which keys it signs: nothing is known about a token, good or bad. */
export class KeysUnavailable extends Error {
  override readonly name = "KeysUnavailable";
}

/**
 * The keys with which an issuer signs, read once and held in memory; what is held does not grow with what is asked.
 * @param load reads the issuer's JSON Web Key Set
 * @returns a function that finds a token's key. It throws KeysUnavailable where the issuer cannot be asked, and an error
 * of jose where it was asked and has no such key.
 */
export function signingKeys(load: () => Promise<JSONWebKeySet>, clock: Clock): JWTVerifyGetKey {
  let known: { readonly find: JWTVerifyGetKey; readonly at: number } | undefined;
  let tried = Number.NEGATIVE_INFINITY;
  let failed = false;
  let asking: Promise<void> | undefined;

  const read = async (now: number): Promise<void> => {
    try {
      known = { find: createLocalJWKSet(await load()), at: now };
      failed = false;
    } catch {
      failed = true;
    } finally {
      asking = undefined;
    }
  };
  const ask = (now: number): Promise<void> => {
    if (asking === undefined) {
      tried = now;
      asking = read(now);
    }
    return asking;
  };
  const mayAsk = (now: number): boolean => asking !== undefined || now - tried >= (failed ? RETRY_MS : UNKNOWN_MS);
  const held = (now: number): JWTVerifyGetKey => {
    if (known === undefined || now - known.at >= STALE_MS) throw new KeysUnavailable("no keys of the issuer");
    return known.find;
  };

  return async (header, token) => {
    const now = clock().getTime();
    const isOld = known === undefined || now - known.at >= REFRESH_MS;
    if (isOld && mayAsk(now)) await ask(now);
    const find = held(now);
    try {
      return await find(header, token);
    } catch (error) {
      if (!(error instanceof errors.JWKSNoMatchingKey)) throw error;
      if (mayAsk(now)) await ask(now);
      // The issuer may have begun to sign with another key, and just now it does not say.
      if (failed) throw new KeysUnavailable("the issuer was not asked for a new key");
      return held(now)(header, token);
    }
  };
}

/** Reads the key set of an issuer, which Cognito and the embedded provider have in the same place. @throws where it cannot be had in 2 s */
export const fetchKeys =
  (issuer: string): (() => Promise<JSONWebKeySet>) =>
  async () => {
    const answer = await fetch(`${issuer}/.well-known/jwks.json`, {
      signal: AbortSignal.timeout(2_000),
      redirect: "error",
    });
    if (!answer.ok) throw new KeysUnavailable(`status ${answer.status}`);
    // jose checks what it is.
    return (await answer.json()) as JSONWebKeySet;
  };
