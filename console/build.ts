import { createHash } from "node:crypto";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join, relative, resolve } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import type { Rolldown } from "vite";
import { syncFolder } from "../infra/sync-folder.ts";
import { evaluatedFacts } from "./evaluated-facts.ts";
import { themeTokens } from "./theme-tokens.ts";

const root = join(import.meta.dirname, "..");
const PAGE = "index.html";

/** Whatever can change what is built; packages by the lock file. */
const SOURCES = ["console", "shared/contracts", "shared/domain", "shared/plots", "shared/policy"];

export interface ConsoleFile {
  /** Its path in the folder. */
  readonly path: string;
  readonly bytes: number;
  readonly gzip: number;
  /** At quality 5, as a content network compresses while it answers. */
  readonly brotli: number;
  /** Needed before anything is shown: the page, its script, what that imports at once, and their styles. */
  readonly first: boolean;
}

export interface ConsoleBuild {
  readonly folder: string;
  readonly files: readonly ConsoleFile[];
}

/**
 * Builds the moderators' console into build/console, with a hash of its content in the name of every file but the page
 * itself. Nothing is built where no source has changed since the last time. Throws where the sources do not compile.
 */
export async function buildConsole(outdir = "build/console"): Promise<ConsoleBuild> {
  const folder = resolve(root, outdir);
  const note = `${folder}.json`;
  const digest = await digestOfSources();
  const before = await readNote(note);
  if (before?.digest === digest && (await holds(folder, before.files))) return { folder, files: before.files };

  const outputs = await bundle();
  const first = firstLoad(outputs);
  const contents = new Map(outputs.map((one) => [one.fileName, Buffer.from(bodyOf(one))]));
  const files = [...contents].map(([path, body]) => ({
    path,
    bytes: body.length,
    gzip: gzipSync(body).length,
    brotli: brotliCompressSync(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } }).length,
    first: first.has(path),
  }));
  await syncFolder(folder, contents);
  await writeFile(note, JSON.stringify({ digest, files }));
  return { folder, files };
}

type Output = Rolldown.OutputChunk | Rolldown.OutputAsset;

async function bundle(): Promise<readonly Output[]> {
  // Vite takes it from whoever calls, and tests say "test": React would come with all that helps developers.
  const called = process.env.NODE_ENV;
  // Loaded only where there is something to build: most starts find everything built.
  const { build } = await import("vite");
  process.env.NODE_ENV = "production";
  const result = await build({
    root: import.meta.dirname,
    configFile: false,
    logLevel: "error",
    plugins: [evaluatedFacts(), themeTokens()],
    build: {
      write: false,
      target: ["chrome120", "firefox121", "safari17"],
      // Inlined, a small picture would need `data:` where the policy of the page does not let it through.
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      reportCompressedSize: false,
      rolldownOptions: { input: join(import.meta.dirname, PAGE) },
    },
  }).finally(() => {
    if (called === undefined) delete process.env.NODE_ENV;
    else process.env.NODE_ENV = called;
  });
  const [only] = Array.isArray(result) ? result : [result];
  if (!only || !("output" in only)) throw new Error("Vite answered with no output");
  refuseSchemas(only.output);
  return only.output;
}

const bodyOf = (one: Output): string | Uint8Array => (one.type === "chunk" ? one.code : one.source);

/** Schemas are for servers: with one of them the whole of zod would come along. */
function refuseSchemas(outputs: readonly Output[]): void {
  for (const one of outputs) {
    if (one.type !== "chunk" || !one.moduleIds.some((id) => id.includes("/node_modules/zod/"))) continue;
    const own = one.moduleIds.filter((id) => !id.includes("/node_modules/")).map((id) => relative(root, id));
    throw new Error(
      `${one.fileName} carries zod: import types only, or data by console/facts. It holds ${own.join(", ")}`,
    );
  }
}

/** What the page names in its head, and what those scripts import at once. */
function firstLoad(outputs: readonly Output[]): ReadonlySet<string> {
  const byName = new Map(outputs.map((one) => [one.fileName, one]));
  const page = outputs.find(({ fileName }) => fileName === PAGE);
  if (!page) throw new Error("Vite built no page");
  const html = Buffer.from(bodyOf(page)).toString();
  const found = new Set([PAGE]);
  const visit = (name: string): void => {
    const one = byName.get(name);
    if (!one || found.has(name)) return;
    found.add(name);
    if (one.type === "chunk") for (const next of one.imports) visit(next);
  };
  for (const [, name = ""] of html.matchAll(/(?:src|href)="\/([^"]+)"/g)) visit(name);
  return found;
}

async function digestOfSources(): Promise<string> {
  const listed = await Promise.all(
    SOURCES.map(async (folder) =>
      (await readdir(join(root, folder), { recursive: true, withFileTypes: true }))
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name)),
    ),
  );
  const files = [...listed.flat(), join(root, "package-lock.json")].sort();
  const hash = createHash("sha256");
  for (const file of files) hash.update(`${file}\0`).update(await readFile(file));
  return hash.digest("hex");
}

interface Note {
  readonly digest: string;
  readonly files: readonly ConsoleFile[];
}

async function readNote(file: string): Promise<Note | undefined> {
  return readFile(file, "utf8").then(
    (text) => JSON.parse(text) as Note,
    () => undefined,
  );
}

async function holds(folder: string, files: readonly ConsoleFile[]): Promise<boolean> {
  const present = await readdir(folder, { recursive: true }).catch((): string[] => []);
  return files.every(({ path }) => present.includes(path));
}

/** The size of the first load in bytes, by compression. */
export const firstLoadBytes = ({ files }: ConsoleBuild) => {
  const first = files.filter((file) => file.first);
  const sum = (size: (file: ConsoleFile) => number): number => first.reduce((all, file) => all + size(file), 0);
  return { plain: sum(({ bytes }) => bytes), gzip: sum(({ gzip }) => gzip), brotli: sum(({ brotli }) => brotli) };
};

if (import.meta.main) {
  const started = performance.now();
  const made = await buildConsole();
  const { plain, gzip, brotli } = firstLoadBytes(made);
  for (const { path, bytes, gzip: zipped, first } of made.files)
    console.log(
      `${first ? "first " : "later "} ${String(bytes).padStart(9)} ${String(zipped).padStart(8)} gzip  ${path}`,
    );
  console.log(
    `Console in ${Math.round(performance.now() - started)} ms; first load ${plain} bytes, ${gzip} gzip, ${brotli} brotli.`,
  );
}
