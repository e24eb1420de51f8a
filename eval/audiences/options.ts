import { existsSync } from "node:fs";
import { parseArgs } from "node:util";
import { safeText } from "../../cli/safe-text.ts";
import { userPath } from "../../cli/user-path.ts";
import { UsageError } from "../text/options.ts";

export const USAGE = `npm run eval:audiences -- [--seed N] [--accounts N] [--years Y] [--data FOLDER] [--json] [--check]
npm run eval:audiences -- --pictures DIR
npm run eval:audiences -- --profiles F.csv [--map field=column,…] [--unquoted] --out SCORES.csv
  --seed N       a whole number, 1 where left out: the same seed gives the same figures
  --accounts N   honest accounts, 24 where left out; all other parts grow and shrink with it
  --years Y      years of each honest account, 1 where left out
  --data FOLDER  ../shared/data: draws real profiles, too, and shows how the profile scorer does on the public sets
  --json         all results of the simulation as one JSON document
  --check        ends with 1 where a target is missed
  --pictures DIR writes both plots of five example accounts
  --profiles F   scores the profiles of a file of your own (CSV, TSV or JSON Lines) with whatever it has of their facts
  --map PAIRS    which column holds which fact, as followers=fans,statuses=posts
  --unquoted     reads quotation marks in the table as ordinary signs
  --out FILE     gets a line for each row, in their order: row,probability,certainty
`;

export interface SimulationOptions {
  readonly kind: "simulate";
  readonly seed: number;
  readonly accounts: number;
  readonly years: number;
  readonly data: string | undefined;
  readonly json: boolean;
  readonly check: boolean;
}

export interface FileOptions {
  readonly kind: "file";
  readonly file: string;
  readonly map: string | undefined;
  readonly unquoted: boolean;
  readonly out: string;
}

export interface PictureOptions {
  readonly kind: "pictures";
  readonly folder: string;
}

const text = { type: "string" } as const;
const flag = { type: "boolean", default: false } as const;

function valuesOf(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        seed: text,
        accounts: text,
        years: text,
        data: text,
        json: flag,
        check: flag,
        pictures: text,
        profiles: text,
        map: text,
        unquoted: flag,
        out: text,
        help: flag,
      },
    }).values;
  } catch (error) {
    // Node goes on for lines about options that begin with a dash.
    const [first = ""] = error instanceof Error ? error.message.split("\n") : [];
    throw new UsageError(`${safeText(first).replace(/\.$/, "")}; --help lists the options`);
  }
}

/** @throws UsageError in one line */
export function readOptions(
  args: readonly string[],
): SimulationOptions | FileOptions | PictureOptions | { readonly kind: "help" } {
  const values = valuesOf(args);
  const { profiles: file, map, unquoted, out, data, json, check } = values;
  if (values.help) return { kind: "help" };
  if (file !== undefined) {
    if (out === undefined) throw new UsageError("--profiles needs --out, the file for the scores");
    return { kind: "file", file, map, unquoted, out };
  }
  if (values.pictures !== undefined) return { kind: "pictures", folder: userPath(values.pictures) };
  if (map !== undefined || out !== undefined || unquoted)
    throw new UsageError("--map, --unquoted and --out belong to --profiles, which is missing");
  const number = (name: "seed" | "accounts" | "years", otherwise: number): number => Number(values[name] ?? otherwise);
  const [seed, accounts, years] = [number("seed", 1), number("accounts", 24), number("years", 1)];
  if (!Number.isSafeInteger(seed) || seed < 0) throw new UsageError("--seed takes a whole number, not negative");
  if (!Number.isInteger(accounts) || accounts < 1 || accounts > 10_000)
    throw new UsageError("--accounts takes a whole number from 1 to 10000");
  if (!(years >= 0.1 && years <= 20)) throw new UsageError("--years takes a number from 0.1 to 20");
  const folder = data === undefined ? undefined : userPath(data);
  if (folder !== undefined && !existsSync(folder)) throw new UsageError(`--data: there is no folder ${folder}`);
  return { kind: "simulate", seed, accounts, years, data: folder, json, check };
}
