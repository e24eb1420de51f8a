// `npm test`: everything. Prints one closing line that counts tests over all projects.
import { spawnSync } from "node:child_process";

const started = Date.now();
const run = (name: string, args: readonly string[]): void => {
  const { status } = spawnSync(process.execPath, args, { stdio: "inherit" });
  if (status !== 0) {
    process.stderr.write(`npm test: ${name} failed\n`);
    process.exit(1);
  }
};

run("check", ["scripts/check.ts"]);
run("bundles", ["infra/bundle.ts"]);
run("tests", ["node_modules/vitest/vitest.mjs", "run", "--reporter=default"]);
process.stdout.write(`npm test: everything passed in ${Math.round((Date.now() - started) / 1000)} s\n`);
