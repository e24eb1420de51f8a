import { createHash } from "node:crypto";

/**
 * The digest under which the directory knows somebody: 64 hexadecimal digits.
 * @param issuer a token's `iss`
 * @param sub its `sub`, unique at that issuer
 */
export const subjectOf = (issuer: string, sub: string): string =>
  createHash("sha256").update(`${issuer}|${sub}`).digest("hex");
