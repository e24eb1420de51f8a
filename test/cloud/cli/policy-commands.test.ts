import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Connection } from "../../../local/connection.ts";
import { Touchstone } from "../pipeline/touchstone.ts";
import { runCli } from "./run-cli.ts";

const touchstone = new Touchstone();
const folder = mkdtempSync(join(tmpdir(), "touchstone-policies-"));
let connection: Connection;

const cli = (...args: string[]) => runCli(touchstone.dataDir, ["policy", ...args]);
const asked = (...args: string[]) => {
  const { status, stdout, stderr } = cli(...args, "--json");
  return { status, stderr, json: stdout === "" ? undefined : JSON.parse(stdout) };
};
const fileOf = (name: string, text: string): string => {
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
};

const yaml = (links: number, when = `features.links_total >= ${links}`) => `# One link is enough.
id: house
title: House rules
inherits: touchstone-default
rules:
  - name: many-links
    when: ${when}
    action: flag
    reasonCode: links
    userText:
      en: "Too many links\u202e."
`;

beforeAll(async () => {
  connection = await touchstone.start();
});
afterAll(async () => {
  await touchstone.end();
  rmSync(folder, { recursive: true });
});

describe("policies from a terminal", () => {
  it("with a mistake are refused at its place in the file, and nothing is saved", () => {
    const file = fileOf("wrong.yaml", yaml(2, "features.link_total >= 2"));
    const { status, stdout, stderr } = cli("save", file);
    expect(status).toBe(1);
    expect(stdout).toMatch(
      new RegExp(`^${file}:7:11 rule many-links: .+\n  7 \\| .+\n +\\^+\n  .*features\\.links_total`),
    );
    expect(stderr).toBe("touchstone: policy save: nothing was saved: 1 fault\n");
    expect(asked("save", file)).toMatchObject({ status: 1, json: { ok: false, faults: [{ line: 7 }] } });
    expect(cli("save", fileOf("broken.yaml", "id: [")).stderr).toMatch(/neither YAML nor JSON at line \d, column \d/);
    expect(cli("list").stdout).not.toContain("house");
  });

  it("are saved, activated, shown and rolled back, each with who and why", () => {
    const first = fileOf("house.yaml", yaml(2));
    expect(cli("save", first, "--note", "one link").stdout).toContain("saved house as version 1;");
    expect(cli("save", first).stdout).toBe("house is the same as version 1 already; nothing was saved\n");
    const { title, ...rest } = {
      title: "House rules, stricter",
      id: "house",
      inherits: "touchstone-default",
      rules: [],
    };
    expect(asked("save", fileOf("house.json", JSON.stringify({ title, ...rest }))).json).toMatchObject({
      version: 2,
      isNew: true,
    });

    expect(cli("activate", "house", "--version", "1").stderr).toContain("say why with --note");
    expect(cli("activate", "house", "--note", "x").stderr).toContain("say which version with --version");
    expect(cli("activate", "house", "--version", "1", "--note", "spam week").stdout).toBe(
      "version 1 of house decides; everywhere within a minute\n",
    );
    expect(cli("activate", "house", "--version", "1", "--note", "again").stdout).toContain("nothing was changed");
    expect(cli("activate", "house", "--version", "2", "--note", "too many").stdout).toContain("(before: version 1)");
    expect(cli("activate", "house", "--version", "9", "--note", "x").status).toBe(1);

    expect(cli("shadow", "start", "house", "--version", "1").stdout).toContain("in shadow: version 1");
    expect(cli("list").stdout).toMatch(
      /^house +2 since \S+ +2 +version 1 +touchstone-default +House rules, stricter$/m,
    );
    expect(cli("shadow", "stop", "house", "--version", "1").stdout).not.toContain("shadow");
    expect(cli("shadow", "stop", "house", "--version", "1").status).toBe(1);

    expect(cli("rollback", "house", "--note", "too strict").stdout).toBe(
      "version 1 of house decides; everywhere within a minute\n",
    );
    const shown = cli("show", "house").stdout;
    expect(shown).toContain("House rules  house, version 1, decides");
    expect(shown).toContain("    en: “Too many links<U+202E>.”");
    expect(shown).toMatch(/rolled back 2 → 1 +key:[0-9a-f]{12} +too strict/);
    expect(cli("show", "house", "--version", "2").stdout).toContain("House rules, stricter  house, version 2\n");
    expect(cli("show", "touchstone-default").stdout).toContain("child-safety");
    expect(cli("deactivate", "house", "--note", "over").stdout).toContain("house decides nothing");
    expect(cli("show", "nothing").status).toBe(1);
  });

  it("take an admin's key to change and a moderator's to read", () => {
    const as = (token: string | undefined, ...args: string[]) =>
      runCli(touchstone.dataDir, ["policy", ...args], { TOUCHSTONE_KEY: token ?? "" });
    expect(as(connection.tokens.moderator, "list").status).toBe(0);
    const refused = as(connection.tokens.moderator, "rollback", "house", "--note", "x");
    expect([refused.status, refused.stderr]).toEqual([
      2,
      expect.stringContaining("The route is for admin and lead; you are moderator."),
    ]);
  });
});
