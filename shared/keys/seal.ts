import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import { deflateRawSync, inflateRawSync } from "node:zlib";

const VERSION = 1;
const IV = 12;
const TAG = 16;

/**
 * AES-256-GCM under `key` (32 bytes), bound to `context`: what was sealed for one row opens for no other. The text is
 * deflated first, so that the longest fits one table row.
 */
export function sealWith(key: Uint8Array, context: string, plain: string): Uint8Array {
  const iv = randomBytes(IV);
  const cipher = createCipheriv("aes-256-gcm", key, iv);
  cipher.setAAD(Buffer.from(context));
  const body = Buffer.concat([cipher.update(deflateRawSync(plain, { level: 1 })), cipher.final()]);
  return Buffer.concat([Buffer.of(VERSION), iv, cipher.getAuthTag(), body]);
}

/** Bytes that this key did not seal for this context: tried again they stay so. */
class Unsealable extends Error {
  override readonly name = "Unsealable";
}

/** @throws Unsealable where the bytes were not sealed under this key for this context. */
export function openWith(key: Uint8Array, context: string, sealed: Uint8Array): string {
  const bytes = Buffer.from(sealed);
  if (bytes[0] !== VERSION || bytes.length < 1 + IV + TAG) throw new Unsealable("not sealed in a known way");
  const decipher = createDecipheriv("aes-256-gcm", key, bytes.subarray(1, 1 + IV), { authTagLength: TAG });
  decipher.setAAD(Buffer.from(context));
  decipher.setAuthTag(bytes.subarray(1 + IV, 1 + IV + TAG));
  try {
    const body = Buffer.concat([decipher.update(bytes.subarray(1 + IV + TAG)), decipher.final()]);
    return inflateRawSync(body).toString("utf8");
  } catch {
    throw new Unsealable("not sealed under this key for this context");
  }
}
