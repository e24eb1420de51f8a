import { once } from "node:events";
import { createWriteStream, renameSync, rmSync } from "node:fs";
import type { Judgement, ShippedEngine } from "../engine.ts";
import { UsageError } from "../options.ts";

/** Writes a line a row into a file that takes its name only once it is whole. */
export interface ScoreWriter {
  write(row: number, judgement: Judgement): Promise<void>;
  finish(): Promise<void>;
  /** Leaves nothing behind. */
  discard(): void;
}

/** @throws UsageError where the file cannot be written. */
export async function openScoreWriter(path: string, { heads }: ShippedEngine): Promise<ScoreWriter> {
  const partial = `${path}.partial`;
  const stream = createWriteStream(partial);
  try {
    await once(stream, "open");
  } catch {
    throw new UsageError(`--out: ${path} cannot be written`);
  }
  stream.write(`row,action,${heads.join(",")}\n`);
  return {
    async write(row, { action, likelihoods }) {
      const probabilities = heads.map((head) => likelihoods[head].toFixed(6)).join(",");
      if (!stream.write(`${row},${action},${probabilities}\n`)) await once(stream, "drain");
    },
    async finish() {
      stream.end();
      await once(stream, "finish");
      renameSync(partial, path);
    },
    discard() {
      stream.destroy();
      rmSync(partial, { force: true });
    },
  };
}
