import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as z from "zod";
import { madeUpCredentials } from "./lambda/plans.ts";

const credentials = z.strictObject({ accessKey: z.string(), secret: z.string() });
export type OperatorCredentials = z.infer<typeof credentials>;

/** The operator's credentials, which may do everything: made at the first start, in a file that only the owner reads. */
export function operatorCredentials(dataDir: string): OperatorCredentials {
  const file = join(dataDir, "operator.json");
  if (existsSync(file)) return credentials.parse(JSON.parse(readFileSync(file, "utf8")));
  const made = madeUpCredentials("AKIA");
  writeFileSync(file, JSON.stringify(made), { mode: 0o600 });
  return made;
}
