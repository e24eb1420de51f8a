import { liveLine } from "../../../cli/live-line.ts";

export interface Progress {
  /** What is being done, and how far it is, 0 to 1, where that is known. */
  show(what: string, share?: number): void;
  /** Prints a line of the report. */
  print(line?: string): void;
}

/** The report on standard output; what is being done on one line of standard error. */
export function reportProgress(): Progress {
  const live = liveLine(process.stderr);
  return {
    show: (what, share) =>
      live.show(share === undefined ? what : `${what} ${String(Math.floor(100 * share)).padStart(3)}%`),
    print(line = "") {
      live.clear();
      process.stdout.write(`${line}\n`);
    },
  };
}
