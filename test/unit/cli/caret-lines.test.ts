import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { caretLines } from "../../../cli/documents/caret-lines.ts";
import { checkFile } from "../../../cli/policy/known-policies.ts";

const folder = mkdtempSync(join(tmpdir(), "touchstone-policy-"));
afterAll(() => rmSync(folder, { recursive: true }));
let files = 0;
function fileOf(text: string, name = `p${++files}.yaml`): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

const check = (text: string, parents?: string) => checkFile("policy check", fileOf(text), parents);
function faultsOf(text: string) {
  const { checked } = check(text);
  return checked.ok ? [] : checked.faults;
}

const head = "id: house\ntitle: House rules\ninherits: touchstone-default\nrules:\n";
const rule = (when: string): string => `${head}  - name: one\n    action: flag\n    reasonCode: x\n    when: ${when}\n`;

describe("a fault in a policy's file", () => {
  // In each the caret belongs under the c of coment.
  it.each([
    ["plain", rule("item.surface == 'coment'"), 8, 28],
    ["in double quotes", rule('"channel.minors && item.surface == \\"coment\\""'), 8, 47],
    ["in single quotes", rule("'item.surface == ''coment'''"), 8, 29],
    ["with an escape before it", rule("\"\\u0063hannel.minors &&\\n item.surface == 'coment'\""), 8, 55],
    ["folded", rule(">-\n      channel.minors\n      && item.surface == 'coment'"), 10, 27],
    ["as written", rule("|\n      channel.minors\n\n        && item.surface == 'coment'"), 11, 29],
    ["over plain lines", rule("channel.minors &&\n      item.surface == 'coment'"), 9, 24],
    [
      "in JSON",
      `{"id":"house","title":"x","inherits":"touchstone-default","rules":[\n\t{"name":"one","action":"flag","reasonCode":"x",\n\t"when":"channel.minors && item.surface == \\"coment\\""}]}`,
      3,
      47,
    ],
  ])("is pointed at where it stands: %s", (_, text, line, column) => {
    const [fault, ...others] = faultsOf(text);
    expect(others).toEqual([]);
    expect(fault).toMatchObject({ rule: "one", fix: 'did you mean "comment"?' });
    const shown = text.split("\n")[(fault?.line ?? 1) - 1] ?? "";
    // The caret stands under the opening quote.
    expect(shown.slice((fault?.column ?? 1) - 1)).toMatch(/^(?:\\?"|''?)coment/);
    expect(fault?.line).toBe(line);
    expect(Math.abs((fault?.column ?? 0) - column)).toBeLessThanOrEqual(3);
  });

  it("is printed with its line, a caret and what to write", () => {
    const file = fileOf(rule("features.link_total > 1"), "shown.yaml");
    const { read, checked } = checkFile("policy check", file, undefined);
    expect(checked.ok ? [] : caretLines("shown.yaml", read, checked.faults)).toEqual([
      "shown.yaml:8:11 rule one: features.link_total is not known",
      "  8 |     when: features.link_total > 1",
      "                ^^^^^^^^^^^^^^^^^^^",
      "  did you mean features.links_total?",
    ]);
  });

  it("is shown in the middle of a long line", () => {
    const text = rule(`${"channel.minors || ".repeat(20)}features.link_total > 1`);
    const { read, checked } = check(text);
    const [, line = "", caret = ""] = checked.ok ? [] : caretLines("x", read, checked.faults);
    expect(line.length).toBeLessThan(120);
    expect(line.slice(caret.indexOf("^")).startsWith("features.link_total")).toBe(true);
  });

  it("stands at the key that is too much, and at what is missing's rule", () => {
    const faults = faultsOf(`${head}  - name: one\n    whem: channel.minors\n    action: flag\n    reasonCode: x\n`);
    expect(faults).toMatchObject([
      { pointer: "/rules/0/when", line: 5, message: "when is missing" },
      { pointer: "/rules/0/whem", line: 6, fix: "did you mean when?" },
    ]);
  });
});

describe("what a policy in a file inherits from", () => {
  const parent =
    "id: global\ntitle: Global\ninherits: touchstone-default\nrules:\n  - {name: a, when: channel.minors, action: hold, reasonCode: a, locked: true}\n";
  const child = "id: child\ntitle: Child\ninherits: global\ndisable: [insult]\nrules: []\n";

  it("is in the files named, or built in", () => {
    const file = fileOf(parent);
    expect(check(child).checked).toMatchObject({ ok: false, faults: [{ pointer: "/inherits" }] });
    const { checked, parents } = check(child, file);
    expect([checked.ok, parents.map(({ id }) => id)]).toEqual([true, ["global", "touchstone-default"]]);
    expect(check(child.replace("insult", "a"), file).checked).toMatchObject({
      faults: [{ pointer: "/disable/0", message: expect.stringContaining("locked in global") }],
    });
    expect(() => check(child, fileOf("id: 3"))).toThrow("is no policy");
  });
});
