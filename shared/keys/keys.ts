import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from "node:crypto";
import { deflateRawSync, inflateRawSync } from "node:zlib";
import type { Clock } from "../runtime/clock.ts";
import { expiringCache } from "../runtime/expiring-cache.ts";

/** Sealing and keyed digests with a tenant's data key. */
export interface Keys {
  /** AES-256-GCM, bound to `context`: what was sealed for one row opens for no other. */
  seal(tenant: string, context: string, plain: string): Promise<Uint8Array>;
  /** @throws where the bytes were not sealed by this tenant for this context. */
  open(tenant: string, context: string, sealed: Uint8Array): Promise<string>;
  /** HMAC-SHA-256, 43 base64url characters; `purpose` keeps digests of different uses apart. */
  digest(tenant: string, purpose: string, value: string): Promise<string>;
}

/** Opens a tenant's data key (32 bytes). @throws where the tenant has none. */
export type UnwrapDataKey = (tenant: string) => Promise<Uint8Array>;

const VERSION = 1;
const IV = 12;
const TAG = 16;
const CACHE_SECONDS = 300;

const subkey = (dataKey: Uint8Array, use: string): Buffer =>
  Buffer.from(hkdfSync("sha256", dataKey, new Uint8Array(), `touchstone/${use}`, 32));

/**
 * Keys over data keys that are unwrapped at most once in five minutes a tenant: a KMS call for each item would cost
 * more than the pipeline. Plain texts are deflated first, so that the longest text fits one table row.
 */
export function tenantKeys(unwrap: UnwrapDataKey, clock: Clock): Keys {
  const keysOf = expiringCache(
    async (tenant) => {
      const dataKey = await unwrap(tenant);
      return { seal: subkey(dataKey, "seal"), digest: subkey(dataKey, "digest") };
    },
    CACHE_SECONDS,
    clock,
  );
  return {
    async seal(tenant, context, plain) {
      const { seal } = await keysOf(tenant);
      const iv = randomBytes(IV);
      const cipher = createCipheriv("aes-256-gcm", seal, iv);
      cipher.setAAD(Buffer.from(context));
      const body = Buffer.concat([cipher.update(deflateRawSync(plain, { level: 1 })), cipher.final()]);
      return Buffer.concat([Buffer.of(VERSION), iv, cipher.getAuthTag(), body]);
    },
    async open(tenant, context, sealed) {
      const { seal } = await keysOf(tenant);
      const bytes = Buffer.from(sealed);
      if (bytes[0] !== VERSION || bytes.length < 1 + IV + TAG) throw new Error("not sealed in a known way");
      const decipher = createDecipheriv("aes-256-gcm", seal, bytes.subarray(1, 1 + IV), { authTagLength: TAG });
      decipher.setAAD(Buffer.from(context));
      decipher.setAuthTag(bytes.subarray(1 + IV, 1 + IV + TAG));
      const body = Buffer.concat([decipher.update(bytes.subarray(1 + IV + TAG)), decipher.final()]);
      return inflateRawSync(body).toString("utf8");
    },
    async digest(tenant, purpose, value) {
      const { digest } = await keysOf(tenant);
      // Length first: no purpose and value can be cut in another place and give the same bytes.
      return createHmac("sha256", digest).update(`${purpose.length}:${purpose}`).update(value).digest("base64url");
    },
  };
}
