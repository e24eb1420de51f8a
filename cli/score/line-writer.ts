import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { finished } from "node:stream/promises";
import { CommandFailed } from "../command.ts";

export interface LineWriter {
  /** @returns a promise to wait for where the reader of the lines is slower than their writer. */
  write(line: string): Promise<void> | undefined;
  /** Writes what is left and closes the file. */
  end(): Promise<void>;
}

const CHUNK = 64 * 1024;

/** Writes lines to a file, or to standard output for `-`, in large pieces and no faster than they are taken. */
export function lineWriter(command: string, path: string): LineWriter {
  const stream = path === "-" ? process.stdout : createWriteStream(path);
  let gathered = "";
  let failure: CommandFailed | undefined;
  stream.on("error", (error: NodeJS.ErrnoException) => {
    failure ??= new CommandFailed(`${command}: the output cannot be written (${error.code ?? "unknown"})`);
  });
  const flush = async (): Promise<void> => {
    if (failure) throw failure;
    const piece = gathered;
    gathered = "";
    if (!stream.write(piece)) await once(stream, "drain").catch(() => undefined);
    if (failure) throw failure;
  };
  return {
    write(line) {
      gathered += line;
      return gathered.length < CHUNK ? undefined : flush();
    },
    async end() {
      await flush();
      if (path === "-") return;
      stream.end();
      await finished(stream).catch(() => undefined);
      if (failure) throw failure;
    },
  };
}
