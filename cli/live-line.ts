export interface LiveLine {
  /** Shows the line in place of the one before; where there is no terminal, as a new line at most every two seconds. */
  show(line: string): void;
  /** Prints a line that stays, above the one that changes. */
  say(line: string): void;
  /** Removes the line that changes. */
  clear(): void;
}

const EVERY = 2_000;

/** A line that changes in place on a terminal. */
export function liveLine(output: NodeJS.WriteStream, clock: () => number = Date.now): LiveLine {
  let last = clock();
  let shown = false;
  const clear = (): void => {
    if (shown) output.write("\r\u001b[2K");
    shown = false;
  };
  return {
    show(line) {
      if (output.isTTY) {
        output.write(`\r\u001b[2K${line.slice(0, (output.columns ?? 120) - 1)}`);
        shown = true;
      } else if (clock() - last >= EVERY) {
        output.write(`${line}\n`);
        last = clock();
      }
    },
    say(line) {
      clear();
      output.write(`${line}\n`);
    },
    clear,
  };
}
