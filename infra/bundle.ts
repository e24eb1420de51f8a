import { readdir, readFile } from "node:fs/promises";
import { basename, dirname, extname, join, resolve } from "node:path";
import { build } from "esbuild";
import { syncFolder } from "./sync-folder.ts";

const root = join(import.meta.dirname, "..");

/** Weights that a function reads from beside its bundle; those that have any are the ones that score. */
const WEIGHTS: Readonly<Record<string, string>> = {
  score: "models/text",
  "score-post": "models/text",
  "score-review": "models/text",
};
const NOT_WEIGHTS = new Set([".md", ".ts"]);

/** Functions that read no weights but hold the language of conditions: at queues, and where a backtest is begun. */
const DECIDING: ReadonlySet<string> = new Set(["run-job", "score-audience", "match-alerts", "backtests"]);

/** Functions that send, or have sent: the clients of SQS and SES come on top of what the others hold. */
const SENDING: ReadonlySet<string> = new Set(["deliver", "deliver-again", "edit-subscriptions"]);

/** The largest bundle allowed, in bytes, weights apart: more of it is a slower cold start for whoever calls first. */
const LARGEST = { scoring: 1_300_000, deciding: 900_000, sending: 750_000, other: 600_000 } as const;

export interface BundleReport {
  readonly name: string;
  /** Of index.mjs; weights apart. */
  readonly bytes: number;
  /** The largest that it may be. */
  readonly limit: number;
}

/**
 * Bundles each functions/<name>/handler.ts with all that it imports (the SDK too) into <outdir>/<name>/index.mjs, puts
 * the weights of those that score beside it, and removes whatever else is in the folder. Paths are taken from the
 * project's root. Throws where esbuild reports an error.
 */
export async function bundleFunctions(outdir = "build/functions", from = "functions"): Promise<BundleReport[]> {
  const out = resolve(root, outdir);
  const folder = resolve(root, from);
  const found = await readdir(folder, { withFileTypes: true });
  const names = found.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  const { outputFiles } = await build({
    entryPoints: Object.fromEntries(names.map((name) => [`${name}/index`, join(folder, name, "handler.ts")])),
    outdir: out,
    outExtension: { ".js": ".mjs" },
    absWorkingDir: root,
    bundle: true,
    write: false,
    format: "esm",
    platform: "node",
    target: "node24",
    // Before `main`: the ESM builds of the SDK lose what is not used, its CommonJS builds do not.
    mainFields: ["module", "main"],
    alias: { "@aws-sdk/credential-provider-node": join(import.meta.dirname, "lambda-credentials.ts") },
    minify: true,
    legalComments: "none",
    // No source maps: Node would read them at init only to prettify traces, and the same commit gives the same bundle,
    // so a trace can be read with a map made when it is needed.
    sourcemap: false,
    logLevel: "error",
    // CommonJS packages call require() for Node's own modules, which an ES module does not have.
    banner: {
      js: 'import{createRequire as touchstoneRequire}from"node:module";const require=touchstoneRequire(import.meta.url);',
    },
  });
  const bundles = outputFiles.map(({ path, contents }) => ({ name: basename(dirname(path)), contents }));
  const weights = await Promise.all(names.map(weightsOf));
  await syncFolder(
    out,
    new Map([...bundles.map(({ name, contents }) => [join(name, "index.mjs"), contents] as const), ...weights.flat()]),
  );
  return bundles
    .map(({ name, contents }) => ({
      name,
      bytes: contents.byteLength,
      limit: LARGEST[kindOf(name)],
    }))
    .sort((a, b) => a.name.localeCompare(b.name));
}

function kindOf(name: string): keyof typeof LARGEST {
  if (name in WEIGHTS) return "scoring";
  if (DECIDING.has(name)) return "deciding";
  return SENDING.has(name) ? "sending" : "other";
}

/** The weights of a function, by their paths beside its bundle. */
async function weightsOf(name: string): Promise<(readonly [path: string, contents: Uint8Array])[]> {
  const folder = WEIGHTS[name];
  if (folder === undefined) return [];
  const found = await readdir(join(root, folder), { withFileTypes: true });
  // Folders beside the weights hold what trains them.
  const files = found
    .filter((one) => one.isFile() && !NOT_WEIGHTS.has(extname(one.name)))
    .map(({ name: file }) => file);
  return Promise.all(
    files.map(async (file) => [join(name, folder, file), await readFile(join(root, folder, file))] as const),
  );
}

if (import.meta.main) {
  const { printBundles } = await import("./bundle-table.ts");
  const started = performance.now();
  const reports = await bundleFunctions();
  console.log(`Bundled ${reports.length} functions in ${Math.round(performance.now() - started)} ms.`);
  if (!(await printBundles(reports))) process.exitCode = 1;
}
