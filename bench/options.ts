import { parseArgs } from "node:util";

export interface Options {
  readonly billOnly: boolean;
  readonly rounds: number;
  readonly items: number | undefined;
}

export const USAGE = `npm run bench -- [--bill-only] [--rounds N] [--items N]

  --bill-only   count the bill and leave out the rates (about half a minute)
  --rounds N    rounds of pipeline and floor for each kind (default 2)
  --items N     items in one round, of every kind (default 800 posts, 200 reviews, 80 follow messages)`;

function whole(name: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) throw new Error(`--${name} takes a whole number from 1 up`);
  return value;
}

/** Reads the command line. @throws Error with one sentence that names the option and the fix. */
export function readOptions(args: readonly string[]): Options | "help" {
  const { values } = parseArgs({
    args: [...args],
    options: {
      "bill-only": { type: "boolean", default: false },
      rounds: { type: "string" },
      items: { type: "string" },
      help: { type: "boolean", short: "h", default: false },
    },
  });
  if (values.help) return "help";
  return {
    billOnly: values["bill-only"],
    rounds: whole("rounds", values.rounds) ?? 2,
    items: whole("items", values.items),
  };
}
