import { createHash } from "node:crypto";
import { closeSync, mkdirSync, openSync, readFileSync, readSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as z from "zod";
import { statFile } from "../items/source.ts";
import type { Mark } from "./watermark.ts";

const HEAD_BYTES = 64 * 1024;

const stored = z.strictObject({
  v: z.literal(1),
  /** Digest of what the file looked like. */
  identity: z.string(),
  line: z.int().min(0),
  accepted: z.int().min(0),
  refused: z.int().min(0),
  /** Length of the file of refusals when this was written: what stands behind it is written again. */
  refusedBytes: z.int().min(0),
});

export interface Progress extends Mark {
  readonly refusedBytes: number;
}

/** What was done of one file, for one API and tenant, so that an ingest that was cut off can go on. */
export interface Checkpoint {
  /** What an earlier run left; `changed` where the file is no longer the one that it read. */
  load(): Progress | "none" | "changed";
  save(progress: Progress): void;
  /** Nothing is left to go on with. */
  remove(): void;
}

const digest = (...parts: readonly string[]): string =>
  createHash("sha256").update(JSON.stringify(parts)).digest("base64url").slice(0, 32);

/** Size, time of change and beginning: a file that grew or was edited is another file. */
function identityOf(path: string): string {
  const { size, mtimeMs } = statFile("ingest", path);
  const head = Buffer.alloc(Math.min(HEAD_BYTES, size));
  const file = openSync(path, "r");
  try {
    readSync(file, head, 0, head.length, 0);
  } finally {
    closeSync(file);
  }
  return digest(String(size), String(mtimeMs), head.toString("base64"));
}

export function checkpoint(
  dataDir: string,
  input: { readonly path: string; readonly format: string; readonly url: string; readonly tenant: string },
): Checkpoint {
  const folder = join(dataDir, "ingest");
  const file = join(folder, `${digest(input.path, input.format, input.url, input.tenant)}.json`);
  const identity = identityOf(input.path);
  return {
    load() {
      try {
        const { v: _, identity: was, ...progress } = stored.parse(JSON.parse(readFileSync(file, "utf8")));
        return was === identity ? progress : "changed";
      } catch {
        return "none";
      }
    },
    save(progress) {
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      const { line, accepted, refused, refusedBytes } = progress;
      writeFileSync(`${file}.new`, JSON.stringify({ v: 1, identity, line, accepted, refused, refusedBytes }));
      // In one step: whoever is killed here leaves either the old state or the new one.
      renameSync(`${file}.new`, file);
    },
    remove: () => rmSync(file, { force: true }),
  };
}
