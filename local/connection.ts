import { chmodSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as z from "zod";

/** How a command on this machine reaches the running embedded cloud; a file that only its owner may read. */
const connection = z.strictObject({
  url: z.string(),
  tenant: z.string(),
  /** Tokens by role. */
  tokens: z.record(z.string(), z.string()),
  outputs: z.record(z.string(), z.string()),
  environment: z.record(z.string(), z.string()),
});
export type Connection = z.infer<typeof connection>;

const fileOf = (dataDir: string): string => join(dataDir, "connection.json");

export function writeConnection(dataDir: string, made: Connection): void {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  writeFileSync(fileOf(dataDir), `${JSON.stringify(made, null, 2)}\n`, { mode: 0o600 });
  chmodSync(fileOf(dataDir), 0o600);
}

/** @returns undefined where nothing was ever started in this folder. */
export function readConnection(dataDir: string): Connection | undefined {
  try {
    return connection.parse(JSON.parse(readFileSync(fileOf(dataDir), "utf8")));
  } catch {
    return undefined;
  }
}
