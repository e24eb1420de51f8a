import * as z from "zod";

/**
 * An identifier that a platform chose: opaque to us, 1–128 characters of `A–Z a–z 0–9 . _ ~ : @ + = -` with at least
 * one letter or digit. No `#` (it separates our keys), no `/`, `%`, `?` or space (ids stand in URL paths), no
 * control characters. A platform whose ids hold other characters sends them base64url-encoded.
 */
export const opaqueId = z
  .string()
  .max(128, "at most 128 characters")
  .regex(
    /^(?=[._~:@+=-]*[A-Za-z0-9])[A-Za-z0-9._~:@+=-]+$/,
    "only A-Z a-z 0-9 . _ ~ : @ + = - and at least one letter or digit; send other ids base64url-encoded",
  )
  .meta({ description: "An opaque identifier chosen by the platform." });

/** The short name of a tenant: 1–40 lower-case letters, digits and inner hyphens. It is not a secret. */
export const tenantId = z
  .string()
  .regex(/^[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?$/, "1-40 lower-case letters, digits and inner hyphens");

/** RFC 3339 with an offset or Z, at most millisecond precision, e.g. `2026-11-22T15:04:05.123Z`. */
export const timestamp = z.iso
  .datetime({ offset: true, error: "an RFC 3339 date and time with an offset, such as 2026-11-22T15:04:05Z" })
  .max(35, "an RFC 3339 date and time of at most 35 characters");

/** A digest that the platform made of a device, payment instrument, address or IP prefix: 16–128 hex or base64url characters. */
export const platformHash = z
  .string()
  .regex(/^[A-Za-z0-9_=-]{16,128}$/, "16-128 characters of hex or base64url: send a digest, never the value itself");

/** What a piece of work is about. `tenant` comes from the credential, never from the wire. */
export const itemRef = z.strictObject({
  kind: z.enum(["post", "review", "follow", "audience"]),
  id: opaqueId,
  revision: opaqueId,
});
export type ItemRef = z.infer<typeof itemRef>;
