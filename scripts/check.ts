// `npm run check`: types, format and lint, the layout of imports, dead code. Stops at the first that fails.
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";

/** Fewer modules than this means that the cruiser saw nothing and its silence says nothing. */
const FEWEST_MODULES = 60;

interface Step {
  readonly name: string;
  readonly command: readonly string[];
}

const STEPS: readonly Step[] = [
  { name: "types", command: ["node_modules/typescript/bin/tsc", "-p", "."] },
  { name: "types of the console", command: ["node_modules/typescript/bin/tsc", "-p", "console"] },
  { name: "format and lint", command: ["node_modules/@biomejs/biome/bin/biome", "check", "--error-on-warnings", "."] },
  { name: "dead code", command: ["node_modules/knip/bin/knip.js", "--no-progress"] },
];

function run({ name, command }: Step): void {
  const started = Date.now();
  const { status, stdout, stderr } = spawnSync(process.execPath, command, { encoding: "utf8" });
  const seconds = ((Date.now() - started) / 1000).toFixed(1);
  if (status !== 0) {
    process.stderr.write(`${stdout}${stderr}\ncheck: ${name} failed after ${seconds} s\n`);
    process.exit(1);
  }
  process.stdout.write(`check: ${name} ok (${seconds} s)\n`);
}

function cruise(): void {
  const folders = readFileSync("tsconfig.json", "utf8").match(/"include": (\[[^\]]+\])/)?.[1];
  if (!folders) throw new Error("tsconfig.json names no folders");
  const command = [
    "node_modules/dependency-cruiser/bin/dependency-cruiser.mjs",
    "--config",
    ".dependency-cruiser.mjs",
    "--output-type",
    "json",
    ...(JSON.parse(folders) as string[]),
    "console",
  ];
  const { stdout, stderr } = spawnSync(process.execPath, command, { encoding: "utf8", maxBuffer: 2 ** 28 });
  if (!stdout.startsWith("{")) {
    process.stderr.write(`${stderr}\ncheck: layout failed\n`);
    process.exit(1);
  }
  const { summary } = JSON.parse(stdout) as {
    summary: { totalCruised: number; violations: { from: string; to: string; rule: { name: string } }[] };
  };
  for (const { from, to, rule } of summary.violations) process.stderr.write(`${from} → ${to}: ${rule.name}\n`);
  if (summary.violations.length > 0 || summary.totalCruised < FEWEST_MODULES) {
    process.stderr.write(`check: layout failed (${summary.totalCruised} modules seen)\n`);
    process.exit(1);
  }
  process.stdout.write(`check: layout ok (${summary.totalCruised} modules)\n`);
}

for (const step of STEPS) run(step);
cruise();
