import { parseArgs } from "node:util";

export interface Options {
  readonly once: boolean;
  readonly fresh: boolean;
  readonly input: string | undefined;
  readonly port: number;
  readonly dataDir: string;
}

export const USAGE = `npm start -- [--once] [--fresh] [--input FILE.jsonl] [--port N] [--data DIR]

  --once          end after the stream, with exit code 0 if every accepted item has its verdict
  --fresh         begin with empty tables and queues
  --input FILE    stream your own items, one JSON object a line, instead of the sample
  --port N        port of the API and the console on 127.0.0.1 (default 8787)
  --data DIR      where the data is kept (default .touchstone)`;

const DEFAULT_PORT = 8787;

/** Reads the command line. @throws Error with one sentence that names the option and the fix. */
export function readOptions(args: readonly string[]): Options | "help" {
  const { values } = parseArgs({
    args: [...args],
    options: {
      once: { type: "boolean", default: false },
      fresh: { type: "boolean", default: false },
      input: { type: "string" },
      port: { type: "string" },
      data: { type: "string", default: ".touchstone" },
      help: { type: "boolean", short: "h", default: false },
    },
  });
  if (values.help) return "help";
  const port = values.port === undefined ? DEFAULT_PORT : Number(values.port);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new Error("--port takes a whole number from 0 (any free port) to 65535");
  return { once: values.once, fresh: values.fresh, input: values.input, port, dataDir: values.data };
}
