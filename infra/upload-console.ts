import { readdir } from "node:fs/promises";
import { join } from "node:path";

/** Runs the AWS CLI with these arguments and this input. Rejects where it fails. */
export type AwsCli = (args: readonly string[], input?: string) => Promise<void>;

export interface ConsoleUpload {
  /** What `buildConsole` made: index.html, and files with a hash in their names under assets/. */
  readonly folder: string;
  readonly bucket: string;
  /** What the console has to know of where it runs; no secret. */
  readonly config: { readonly issuer: string; readonly clientId: string };
}

const ASSETS = "assets";
const PAGE = "index.html";

/**
 * Puts the console into its bucket. What is named comes before what names it, the page last, so whoever loads it
 * meanwhile has the old console or the new one. Old assets stay: a tab that was open before may still ask for them.
 */
export async function uploadConsole({ folder, bucket, config }: ConsoleUpload, aws: AwsCli): Promise<void> {
  const found = await readdir(folder, { withFileTypes: true });
  const names = found.filter((entry) => entry.isFile()).map(({ name }) => name);
  if (!names.includes(PAGE)) throw new Error(`${folder} holds no ${PAGE}`);
  const to = (key: string): string => `s3://${bucket}/${key}`;
  await aws(["s3", "cp", join(folder, ASSETS), to(ASSETS), "--recursive", "--only-show-errors"]);
  await aws(["s3", "cp", "-", to("config.json"), "--content-type", "application/json"], JSON.stringify(config));
  for (const name of [...names.filter((one) => one !== PAGE).sort(), PAGE])
    await aws(["s3", "cp", join(folder, name), to(name), "--only-show-errors"]);
}
