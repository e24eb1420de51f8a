import { createHash, timingSafeEqual } from "node:crypto";
import { ORIGIN_SECRETS } from "../contracts/origin-header.ts";

const digestOf = (value: string): Buffer => createHash("sha256").update(value).digest();

/**
 * Whether a request came through the edge, by the value of its header ORIGIN_HEADER. Where no secret is configured every
 * request did. All secrets are compared, in constant time, so that nothing is learnt from how long a refusal takes.
 */
export function originCheck(
  environment: Readonly<Record<string, string | undefined>> = process.env,
): (header: string | undefined) => boolean {
  const secrets = ORIGIN_SECRETS.map((name) => environment[name])
    .filter((secret) => secret !== undefined && secret !== "")
    .map((secret) => digestOf(secret as string));
  if (secrets.length === 0) return () => true;
  return (header) => {
    const shown = digestOf(header ?? "");
    return secrets.reduce((found, secret) => timingSafeEqual(secret, shown) || found, false);
  };
}
