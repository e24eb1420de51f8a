import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { Touchstone } from "../pipeline/touchstone.ts";
import { PROGRAM, shellEnvironment } from "./run-cli.ts";

const touchstone = new Touchstone();
const folder = mkdtempSync(join(tmpdir(), "touchstone-examples-"));
beforeAll(async () => {
  await touchstone.start();
});
afterAll(async () => {
  await touchstone.end();
  rmSync(folder, { recursive: true });
});

const blocks = [...readFileSync("docs/cli.md", "utf8").matchAll(/^```sh\n(.*?)^```/gms)].map(([, code = ""]) => code);

// What npm does is start the program; it is left out here, since it would start it in the project's own folder.
const NPM = `npm() { [ "$1 $2 $3 $4" = "run -s touchstone --" ] || return 99; shift 4; "${process.execPath}" "${PROGRAM}" "$@"; }`;

it("there are examples, and each of them runs as it stands in docs/cli.md, one after the other", () => {
  expect(blocks.length).toBeGreaterThan(7);
  for (const block of blocks) {
    const { status, stdout, stderr } = spawnSync("bash", ["-euo", "pipefail", "-c", `${NPM}\n${block}`], {
      cwd: folder,
      encoding: "utf8",
      env: shellEnvironment(touchstone.dataDir),
    });
    expect(status, `${block}\n${stdout}\n${stderr}`).toBe(0);
  }
}, 240_000);
