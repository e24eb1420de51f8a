import { randomBytes, randomInt } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { exportJWK, generateKeyPair } from "jose";
import * as z from "zod";

const secrets = z.strictObject({
  /** Of every local user. */
  password: z.string().min(16),
  /** Signs the provider's cookies. */
  cookieKey: z.string().min(32),
  /** RSA, private, as a JSON Web Key: signs tokens. */
  signingKey: z.record(z.string(), z.unknown()),
});
export type IdentitySecrets = z.infer<typeof secrets>;

// Nothing that looks like something else when it is typed from a screen.
const LETTERS = "abcdefghjkmnpqrstuvwxyz23456789";
const group = (): string => Array.from({ length: 5 }, () => LETTERS[randomInt(LETTERS.length)]).join("");

/** What the local provider must keep to itself: made at the first start, in a file that only the owner reads. */
export async function identitySecrets(dataDir: string): Promise<IdentitySecrets> {
  const file = join(dataDir, "identity.json");
  if (existsSync(file)) return secrets.parse(JSON.parse(readFileSync(file, "utf8")));
  const { privateKey } = await generateKeyPair("RS256", { extractable: true });
  const made: IdentitySecrets = {
    // 20 of 31 letters: 99 bits, so that nobody has to count wrong attempts.
    password: [group(), group(), group(), group()].join("-"),
    cookieKey: randomBytes(32).toString("base64url"),
    signingKey: {
      ...(await exportJWK(privateKey)),
      alg: "RS256",
      use: "sig",
      kid: randomBytes(9).toString("base64url"),
    },
  };
  writeFileSync(file, JSON.stringify(made), { mode: 0o600 });
  return made;
}
