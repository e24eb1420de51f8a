import { createHmac, hkdfSync } from "node:crypto";
import type { Clock } from "../runtime/clock.ts";
import { expiringCache } from "../runtime/expiring-cache.ts";
import { openWith, sealWith } from "./seal.ts";

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

const CACHE_SECONDS = 300;

const subkey = (dataKey: Uint8Array, use: string): Buffer =>
  Buffer.from(hkdfSync("sha256", dataKey, new Uint8Array(), `touchstone/${use}`, 32));

/**
 * Keys over data keys that are unwrapped at most once in five minutes a tenant: a KMS call for each item would cost
 * more than the pipeline.
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
    seal: async (tenant, context, plain) => sealWith((await keysOf(tenant)).seal, context, plain),
    open: async (tenant, context, sealed) => openWith((await keysOf(tenant)).seal, context, sealed),
    async digest(tenant, purpose, value) {
      const { digest } = await keysOf(tenant);
      // Length first: no purpose and value can be cut in another place and give the same bytes.
      return createHmac("sha256", digest).update(`${purpose.length}:${purpose}`).update(value).digest("base64url");
    },
  };
}
