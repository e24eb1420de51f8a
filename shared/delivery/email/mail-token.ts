import { timingSafeEqual } from "node:crypto";
import * as z from "zod";
import { subscriptionId } from "../../domain/alert.ts";
import { tenantId } from "../../domain/id.ts";
import type { Keys } from "../../keys/keys.ts";

/** What a link in a mail is for; one that is made for the one does not do the other. */
export type MailPurpose = "confirm" | "unsubscribe";

const DAY_MS = 86_400_000;

/** Days that links hold: unsubscribing has to work as long as somebody may keep a mail. */
export const TOKEN_DAYS: Readonly<Record<MailPurpose, number>> = { confirm: 3, unsubscribe: 400 };

interface Claims {
  readonly tenant: string;
  readonly subscription: string;
  readonly expires: Date;
}

const written = z
  .string()
  .max(160)
  .transform((text) => text.split("."))
  .pipe(z.tuple([tenantId, subscriptionId, z.string().regex(/^[0-9a-z]{6,9}$/), z.string().regex(/^[\w-]{43}$/)]));

/** The address is signed and not in the link: it does not outlive a change of it, and no log or history shows it. */
const digestOf = (
  keys: Pick<Keys, "digest">,
  purpose: MailPurpose,
  { tenant, subscription, expires }: Claims,
  to: string,
) => keys.digest(tenant, `mail-${purpose}`, JSON.stringify([subscription, to, expires.getTime()]));

/** A link's token: `tenant.subscription.expires.mac`, of characters that need no escape. @param since when it was sent */
export async function mailToken(
  keys: Pick<Keys, "digest">,
  purpose: MailPurpose,
  { tenant, subscription, to }: { readonly tenant: string; readonly subscription: string; readonly to: string },
  since: Date,
): Promise<string> {
  const seconds = Math.floor(since.getTime() / 1_000) + TOKEN_DAYS[purpose] * (DAY_MS / 1_000);
  const mac = await digestOf(keys, purpose, { tenant, subscription, expires: new Date(seconds * 1_000) }, to);
  return `${tenant}.${subscription}.${seconds.toString(36)}.${mac}`;
}

/** What a token says of itself, before anything of it was verified; undefined where it is no token. */
export function readMailToken(token: string | undefined): (Claims & { readonly mac: string }) | undefined {
  const read = written.safeParse(token);
  if (!read.success) return undefined;
  const [tenant, subscription, seconds, mac] = read.data;
  return { tenant, subscription, expires: new Date(Number.parseInt(seconds, 36) * 1_000), mac };
}

/** Was it made by us, for this purpose and this address? Whether it is over is another question. */
export async function isMailToken(
  keys: Pick<Keys, "digest">,
  purpose: MailPurpose,
  claims: NonNullable<ReturnType<typeof readMailToken>>,
  to: string,
): Promise<boolean> {
  const expected = Buffer.from(await digestOf(keys, purpose, claims, to));
  const shown = Buffer.from(claims.mac);
  return expected.length === shown.length && timingSafeEqual(expected, shown);
}
