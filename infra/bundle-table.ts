import { execFile } from "node:child_process";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import type { BundleReport } from "./bundle.ts";
import { synthesise } from "./synthesise.ts";

const run = promisify(execFile);
const root = join(import.meta.dirname, "..");

/**
 * Prints bytes and init time (milliseconds, median of 3 fresh Node processes) of each bundle, with the variables that
 * its function gets in the template. Returns whether every bundle keeps its limit.
 */
export async function printBundles(reports: readonly BundleReport[]): Promise<boolean> {
  const variables = await variableNames();
  const rows = [];
  for (const { name, bytes, limit } of reports) {
    const file = join(root, "build/functions", name, "index.mjs");
    const init = await initTime(file, variables.get(name) ?? []);
    rows.push({
      function: name,
      KB: Number((bytes / 1000).toFixed(1)),
      "limit KB": limit / 1000,
      "init ms": Math.round(init),
      ok: bytes <= limit,
    });
  }
  console.table(rows);
  return rows.every(({ ok }) => ok);
}

/** The names of each function's variables, as the template sets them. */
async function variableNames(): Promise<Map<string, string[]>> {
  const names = new Map<string, string[]>();
  for (const { template } of await synthesise({ nag: false })) {
    for (const { Type, Properties } of Object.values(template.Resources)) {
      if (Type !== "AWS::Lambda::Function" || Properties === undefined) continue;
      const { Variables } = Properties.Environment as { Variables: Record<string, unknown> };
      names.set(String(Variables.POWERTOOLS_SERVICE_NAME), Object.keys(Variables));
    }
  }
  return names;
}

async function initTime(file: string, variables: readonly string[]): Promise<number> {
  const script = `const t=performance.now();await import(${JSON.stringify(pathToFileURL(file).href)});process.stdout.write("\\n"+(performance.now()-t),()=>process.exit())`;
  const times: number[] = [];
  for (let attempt = 0; attempt < 3; attempt++) {
    const { stdout } = await run(process.execPath, ["--input-type=module", "-e", script], {
      env: environment(variables),
    });
    times.push(Number(stdout.split("\n").at(-1)));
  }
  const [, median] = times.sort((a, b) => a - b);
  return median ?? Number.NaN;
}

/** Nothing is called during init, so any value of the right shape does. */
function environment(variables: readonly string[]): Record<string, string> {
  const placeholder = (name: string): string => {
    if (name.startsWith("QUEUE_")) return "https://sqs.eu-central-1.amazonaws.com/000000000000/queue";
    if (name.startsWith("TOPIC_")) return "arn:aws:sns:eu-central-1:000000000000:topic";
    if (name.startsWith("KEY_"))
      return "arn:aws:kms:eu-central-1:000000000000:key/00000000-0000-4000-8000-000000000000";
    return name === "LOG_LEVEL" ? "INFO" : "name";
  };
  return {
    ...Object.fromEntries(variables.map((name) => [name, placeholder(name)])),
    AWS_REGION: "eu-central-1",
    AWS_ACCESS_KEY_ID: "none",
    AWS_SECRET_ACCESS_KEY: "none",
  };
}
