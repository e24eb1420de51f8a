import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Connection } from "../../../local/connection.ts";
import { Touchstone } from "../pipeline/touchstone.ts";
import { PROGRAM, shellEnvironment } from "./run-cli.ts";

const touchstone = new Touchstone();
const folder = mkdtempSync(join(tmpdir(), "touchstone-examples-"));
let connection: Connection;
beforeAll(async () => {
  connection = await touchstone.start();
  symlinkSync(touchstone.dataDir, join(folder, ".touchstone"));
  symlinkSync(resolve("policies"), join(folder, "policies"));
});
afterAll(async () => {
  await touchstone.end();
  rmSync(folder, { recursive: true });
});

/** Examples that start the whole thing, or run these tests: they are seen elsewhere. */
const ELSEWHERE = /^npm (start|test)\n$/;

const blocksOf = (document: string): string[] =>
  [...readFileSync(document, "utf8").matchAll(/^```sh\n(.*?)^```/gms)]
    .map(([, code = ""]) => code)
    .filter((code) => !ELSEWHERE.test(code));

// What npm does is start the program; it is left out here, since it would start it in the project's own folder. A bare
// machine has no curl.
const STAND_INS = `
npm() {
  case "$1 $2 $3 $4" in
    "run -s touchstone --") program="${PROGRAM}" ;;
    "run -s eval:text --") program="${join(process.cwd(), "eval/text.ts")}" ;;
    "run -s eval:audiences --") program="${join(process.cwd(), "eval/audiences.ts")}" ;;
    "run -s eval:reviews --") program="${join(process.cwd(), "eval/reviews.ts")}" ;;
    *) return 99 ;;
  esac
  shift 4; "${process.execPath}" "$program" "$@"
}
curl() { "${process.execPath}" "${join(process.cwd(), "test/cloud/cli/curl.ts")}" "$@"; }
node() { "${process.execPath}" "$@"; }
`;

const run = (script: string): string => {
  const { status, stdout, stderr } = spawnSync("bash", ["-euo", "pipefail", "-c", `${STAND_INS}\n${script}`], {
    cwd: folder,
    encoding: "utf8",
    env: shellEnvironment(touchstone.dataDir),
  });
  expect(status, `${script}\n${stdout}\n${stderr}`).toBe(0);
  return stdout;
};

it("there are examples, and each of them runs as it stands in docs/cli.md, one after the other", () => {
  const blocks = blocksOf("docs/cli.md");
  expect(blocks.length).toBeGreaterThan(7);
  for (const block of blocks) run(block);
}, 480_000);

it.each([
  ["README.md", 2, ["Aims an insult at a person", "p-2"]],
  ["docs/api.md", 4, ['"status":"accepted"', '"action":"allow"', '"pending"', '"isNew":true', '"epoch":']],
] as const)(
  "the examples of %s run as they stand",
  (document, least, answers) => {
    const blocks = blocksOf(document);
    expect(blocks.length).toBeGreaterThanOrEqual(least);
    // Blocks of one document build on each other; only the port is another.
    const printed = run(blocks.join("\n").replaceAll("http://127.0.0.1:8787", connection.url));
    for (const part of answers) expect(printed).toContain(part);
    expect(printed).not.toContain("urn:touchstone:problem");
  },
  120_000,
);
