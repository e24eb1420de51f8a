import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Connection } from "../../../local/connection.ts";
import { Touchstone } from "../pipeline/touchstone.ts";
import { PROGRAM, shellEnvironment } from "./run-cli.ts";

const touchstone = new Touchstone();
const folder = mkdtempSync(join(tmpdir(), "touchstone-examples-"));
let connection: Connection;
/** Where the receiver of docs/deliveries.md listens, in place of its 9000. */
let receiverPort: number;

const freePort = (): Promise<number> =>
  new Promise((found) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => found(port));
    });
  });

beforeAll(async () => {
  receiverPort = await freePort();
  process.env.TOUCHSTONE_WEBHOOK_HOSTS = `127.0.0.1:${receiverPort}`;
  connection = await touchstone.start();
  symlinkSync(touchstone.dataDir, join(folder, ".touchstone"));
  for (const shared of ["policies", "node_modules"]) symlinkSync(resolve(shared), join(folder, shared));
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
# In the background a process of its own, so that it can be ended by its id.
node() { if [ "$BASHPID" = "$$" ]; then "${process.execPath}" "$@"; else exec "${process.execPath}" "$@"; fi; }
`;

/** Longer than any example takes on a busy machine: one that waits for what never comes must end. */
const PATIENCE_MS = 400_000;

const run = (script: string): string => {
  const { status, stdout, stderr } = spawnSync("bash", ["-euo", "pipefail", "-c", `${STAND_INS}\n${script}`], {
    cwd: folder,
    encoding: "utf8",
    env: shellEnvironment(touchstone.dataDir),
    timeout: PATIENCE_MS,
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
  [
    "docs/api.md",
    7,
    [
      '"secret":"whsec_',
      '"replayed":',
      '"allowed":["review"]',
      '"status":"accepted"',
      '"action":"allow"',
      '"pending"',
      '"isNew":true',
      '"epoch":',
    ],
  ],
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

it("the receiver of docs/deliveries.md verifies what really comes, and knows what comes again", () => {
  const document = "docs/deliveries.md";
  const programs = [...readFileSync(document, "utf8").matchAll(/^```js\n\/\/ (\S+)\n(.*?)^```/gms)];
  expect(programs.map(([, name]) => name)).toEqual(["receiver.mjs"]);
  const here = (text: string): string => text.replaceAll("9000", String(receiverPort));
  for (const [, name = "", code = ""] of programs) writeFileSync(join(folder, name), here(code));
  const printed = run(here(blocksOf(document).join("\n")));
  expect(printed).toMatch(/^new touchstone\.subscription\.test sub_/m);
  expect(printed).toContain("new touchstone.verdict.flagged rude-1\nagain touchstone.verdict.flagged rude-1\n");
  expect(printed).toMatch(/a secret signs since .+\nthe one before signs beside it until /);
}, 480_000);
