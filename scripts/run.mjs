// `node scripts/run.mjs PROGRAM [ARG…]`: installs what the lock file says if that is not what is here, then runs
// PROGRAM with the pinned Node. Plain JavaScript of Node 20: it is what runs before anything is installed.
import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, lstatSync, readFileSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const modules = join(root, "node_modules");
const mark = join(modules, ".touchstone-installed");
const NEEDED = 20;
const began = Date.now();

const fail = (sentence) => {
  process.stderr.write(`touchstone: ${sentence}\n`);
  process.exit(1);
};

if (Number(process.versions.node.split(".")[0]) < NEEDED)
  fail(`Node ${process.versions.node} is too old: install Node ${NEEDED} or newer (https://nodejs.org).`);

const lock = readFileSync(join(root, "package-lock.json"));
const wanted = createHash("sha256").update(lock).digest("hex");
const installed = existsSync(mark) ? readFileSync(mark, "utf8") : "";

if (installed !== wanted) {
  // npm would empty whatever the link leads to.
  if (lstatSync(modules, { throwIfNoEntry: false })?.isSymbolicLink())
    fail("node_modules is a link, and what it leads to is not what package-lock.json names: remove the link.");
  process.stderr.write("touchstone: installing what package-lock.json names (once; about a minute)…\n");
  const npm = process.platform === "win32" ? "npm.cmd" : "npm";
  const done = spawnSync(npm, ["ci", "--loglevel=error", "--no-audit", "--no-fund"], {
    cwd: root,
    stdio: ["ignore", "inherit", "inherit"],
    shell: process.platform === "win32",
  });
  if (done.status !== 0) fail("`npm ci` failed; its message is above. Is the npm registry reachable?");
}

const node = join(modules, "node", "bin", process.platform === "win32" ? "node.exe" : "node");
if (!existsSync(node))
  fail("the pinned Node is missing: npm did not run its install script. Allow install scripts and run `npm ci`.");

// Made from an installed package instead of committed: it holds that package's figures, which are not ours to publish.
const languages = join(root, "models", "text", "languages.bin");
if (installed !== wanted || !existsSync(languages)) {
  const packed = spawnSync(node, [join(root, "scripts", "pack-languages.ts")], {
    cwd: root,
    stdio: ["ignore", "ignore", "inherit"],
  });
  if (packed.status !== 0) fail("packing models/text/languages.bin failed; the message is above.");
}
if (installed !== wanted) writeFileSync(mark, wanted);

const [program, ...rest] = process.argv.slice(2);
if (!program) fail("say which program to run.");
const child = spawn(node, [program, ...rest], {
  cwd: root,
  stdio: "inherit",
  env: {
    ...process.env,
    TOUCHSTONE_BEGAN: String(began),
    PATH: `${join(modules, ".bin")}${delimiter}${process.env.PATH ?? ""}`,
  },
});
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
child.on("exit", (code, signal) => process.exit(signal ? 128 : (code ?? 1)));
