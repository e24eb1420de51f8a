import { randomBytes } from "node:crypto";
import * as z from "zod";
import { timestamp } from "../domain/id.ts";

const PREFIX = "whsec_";
const BYTES = 32;
/** Hours during which an endpoint's former secret signs beside the new one. */
const OVERLAP_HOURS = 24;
/** Secrets that sign at the same time at most: each makes the signature's header longer. */
const MOST_SIGNING = 5;

/** A new signing secret as the Standard Webhooks specification writes it: `whsec_` and 32 random bytes in base64. */
export const mintSecret = (): string => `${PREFIX}${randomBytes(BYTES).toString("base64")}`;

/** The key's bytes of a secret. */
export const keyOfSecret = (secret: string): Buffer => Buffer.from(secret.slice(PREFIX.length), "base64");

/** A secret of an endpoint as it is kept; `sealed` in base64. */
export const sealedSecret = z.strictObject({
  sealed: z.base64(),
  since: timestamp,
  /** It signs no longer from then on. Absent of the one that was given out last. */
  until: timestamp.optional(),
});
export type SealedSecret = z.infer<typeof sealedSecret>;

/** Those that still sign, the newest first. */
export const signing = (secrets: readonly SealedSecret[], now: Date): readonly SealedSecret[] =>
  secrets.filter(({ until }) => until === undefined || Date.parse(until) > now.getTime());

/**
 * The secrets after a new one was given out. The former one goes on signing for a day, or until it was to end already:
 * rotating twice in a day does not make the oldest live longer.
 * @returns undefined where as many sign already as may: the oldest has to end first.
 */
export function rotated(secrets: readonly SealedSecret[], sealed: string, now: Date): SealedSecret[] | undefined {
  const held = signing(secrets, now);
  if (held.length >= MOST_SIGNING) return undefined;
  const until = new Date(now.getTime() + OVERLAP_HOURS * 3_600_000).toISOString();
  const former = held.map((secret) => ({ ...secret, until: secret.until ?? until }));
  return [{ sealed, since: now.toISOString() }, ...former];
}
