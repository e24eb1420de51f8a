import { once } from "node:events";
import { createWriteStream, renameSync, rmSync } from "node:fs";
import { UsageError } from "../text/options.ts";

/** Writes a line a row into a file that takes its name only once it is whole. */
export interface ProbabilityWriter {
  write(row: number, probability: number, certainty: number): Promise<void>;
  finish(): Promise<void>;
  /** Leaves nothing behind. */
  discard(): void;
}

/** @throws UsageError where the file cannot be written. */
export async function openProbabilityWriter(path: string): Promise<ProbabilityWriter> {
  const partial = `${path}.partial`;
  const stream = createWriteStream(partial);
  try {
    await once(stream, "open");
  } catch {
    throw new UsageError(`--out: ${path} cannot be written`);
  }
  stream.write("row,probability,certainty\n");
  return {
    async write(row, probability, certainty) {
      // Ten digits: those near 1 must stay apart for whoever ranks by them.
      if (!stream.write(`${row},${Number(probability.toPrecision(10))},${Number(certainty.toFixed(3))}\n`))
        await once(stream, "drain");
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
