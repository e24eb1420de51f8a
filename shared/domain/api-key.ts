import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import * as z from "zod";
import { opaqueId, tenantId, timestamp } from "./id.ts";
import { type Caller, type Refusal, type Role, role } from "./tenant.ts";

/** A key as the directory keeps it: the secret's hash only. 256 random bits need no slow hash. */
export const apiKey = z.strictObject({
  tenant: tenantId,
  id: z.string().regex(/^[0-9a-f]{12}$/),
  role,
  /** Of a brand's key: whose things it may read. */
  brands: z.array(opaqueId).max(20).optional(),
  secretHash: z.string().regex(/^[0-9a-f]{64}$/),
  createdAt: timestamp,
  expiresAt: timestamp.optional(),
  revokedAt: timestamp.optional(),
});
export type ApiKey = z.infer<typeof apiKey>;

const hash = (secret: string): string => createHash("sha256").update(secret).digest("hex");

/** Makes a key. `token` (`ts_<tenant>_<id>_<secret>`) is shown once and never stored. */
export function mintKey(
  tenant: string,
  forRole: Role,
  now: Date,
  expiresAt?: Date,
  brands?: readonly string[],
): { readonly key: ApiKey; readonly token: string } {
  const id = randomBytes(6).toString("hex");
  const secret = randomBytes(32).toString("base64url").replaceAll("_", "-");
  const key: ApiKey = {
    tenant,
    id,
    role: forRole,
    ...(brands ? { brands: [...brands] } : {}),
    secretHash: hash(secret),
    createdAt: now.toISOString(),
    ...(expiresAt ? { expiresAt: expiresAt.toISOString() } : {}),
  };
  return { key, token: `ts_${tenant}_${id}_${secret}` };
}

/** The name under which a machine acts that uses the key. */
export const keyActor = (id: string): string => `key:${id}`;

/** What is shown of a key: all but what it is itself. */
export const keyView = apiKey.omit({ secretHash: true }).meta({ id: "ApiKey" });
export type KeyView = z.infer<typeof keyView>;

export interface ParsedToken {
  readonly tenant: string;
  readonly id: string;
  readonly secret: string;
}

/** The parts of an Authorization header's value, or why it is not a key. */
export function parseAuthorization(header: string | undefined): ParsedToken | { readonly refusal: Refusal } {
  if (!header) return { refusal: "missing_key" };
  const match = /^[Bb]earer ts_([a-z0-9-]{1,40})_([0-9a-f]{12})_([A-Za-z0-9-]{43})$/.exec(header);
  const [, tenant, id, secret] = match ?? [];
  return tenant && id && secret ? { tenant, id, secret } : { refusal: "malformed_key" };
}

/** Who calls with this token, or why it is refused. A wrong secret and an unknown id are told apart by nobody. */
export function verifyKey(
  stored: ApiKey | undefined,
  token: ParsedToken,
  now: Date,
): Caller | { readonly refusal: Refusal } {
  const expected = Buffer.from(stored?.secretHash ?? "".padEnd(64, "0"), "hex");
  const same = timingSafeEqual(expected, Buffer.from(hash(token.secret), "hex"));
  if (!stored || !same) return { refusal: "unknown_key" };
  if (stored.revokedAt) return { refusal: "revoked_key" };
  if (stored.expiresAt && new Date(stored.expiresAt) <= now) return { refusal: "expired_key" };
  const { tenant, id, role: its, brands } = stored;
  return { tenant, actor: keyActor(id), role: its, ...(brands ? { brands } : {}) };
}
