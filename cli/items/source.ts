import { createReadStream, type Stats, statSync } from "node:fs";
import { CommandFailed } from "../command.ts";

/** Where items come from: a file or standard input, and how far it has been read. */
export interface Source {
  readonly chunks: AsyncIterable<Buffer>;
  /** The file's name without folder and ending: what the accounts of follower lists are named by. */
  readonly name: string;
  /** Size in bytes; undefined where it cannot be known before the end. */
  readonly bytes: number | undefined;
  readonly bytesRead: () => number;
}

/** Small enough that the progress of a small file is seen, large enough that a large one is read fast. */
const CHUNK = 64 * 1024;

/** @throws CommandFailed where there is no such file or it cannot be read. */
export function statFile(command: string, path: string): Stats {
  try {
    const stats = statSync(path);
    if (stats.isDirectory()) throw new CommandFailed(`${command}: the input is a folder; name a file in it`);
    return stats;
  } catch (error) {
    if (error instanceof CommandFailed) throw error;
    const code = (error as NodeJS.ErrnoException).code;
    if (code === "ENOENT") throw new CommandFailed(`${command}: there is no such input file; check its path`);
    throw new CommandFailed(`${command}: the input file cannot be read (${code ?? "unknown"})`);
  }
}

/** Opens a file, or standard input for `-`. */
export function openSource(command: string, path: string): Source {
  let read = 0;
  const counted = async function* (stream: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    for await (const chunk of stream) {
      read += chunk.length;
      yield chunk;
    }
  };
  if (path === "-") return { chunks: counted(process.stdin), name: "stdin", bytes: undefined, bytesRead: () => read };
  const stats = statFile(command, path);
  const name = path.replace(/^.*[/\\]/, "").replace(/\.[^.]*$/, "");
  return {
    chunks: counted(createReadStream(path, { highWaterMark: CHUNK })),
    name,
    bytes: stats.isFile() ? stats.size : undefined,
    bytesRead: () => read,
  };
}
