import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { CommandFailed } from "../../../cli/command.ts";
import { caretLines } from "../../../cli/documents/caret-lines.ts";
import { readDocumentFile } from "../../../cli/documents/read-document-file.ts";

const folder = mkdtempSync(join(tmpdir(), "touchstone-policy-"));
afterAll(() => rmSync(folder, { recursive: true }));
const fileOf = (text: string): string => {
  const file = join(folder, `${Math.random()}.yaml`);
  writeFileSync(file, text);
  return file;
};
const read = (text: string) => readDocumentFile("policy save", fileOf(text), "policy");

const YAML = `# Our rules
id: house
title: "House: rules"
rules:
  - name: links   # one at most
    when: >-
      features.links_total >= 2
    action: flag
`;

describe("a policy's file", () => {
  it("is YAML, of which JSON is a part", () => {
    const same = {
      id: "house",
      title: "House: rules",
      rules: [{ name: "links", when: "features.links_total >= 2", action: "flag" }],
    };
    expect(read(YAML).document).toEqual(same);
    expect(read(JSON.stringify(same, null, 2)).document).toEqual(same);
    expect(read("no: yes\nwhen: 2026-11-22\noctal: 010").document).toEqual({
      no: "yes",
      when: "2026-11-22",
      octal: 10,
    });
  });

  it("says where each place of it stands, or what is around a place that is not there", () => {
    const { placeOf } = read(YAML).source;
    expect(placeOf(["rules", 0, "action"])).toEqual({ line: 8, column: 13 });
    expect(placeOf(["rules", 0, "reasonCode"])).toEqual({ line: 5, column: 5 });
    expect(placeOf(["rules", 7, "when"])).toEqual({ line: 5, column: 3 });
    expect(placeOf([])).toEqual({ line: 2, column: 1 });
    expect(read('{"a/b": {"~": 1}}').source.placeOf(["a/b", "~"])).toEqual({ line: 1, column: 15 });
    expect(read("").source.placeOf(["rules"])).toBeUndefined();
  });

  it.each([
    ["a: [1,\nb: 2", "line 2, column 1"],
    ["id: a\nid: b", "line 2, column 1; this name stands twice"],
    ["id: a\n---\nid: b", "line 2, column 1; a file holds one policy"],
    ["rules:\n\t- name: a", "line 2, column 1; indent by spaces"],
    ['{"id": "zephyrquill', "line 1, column 20"],
  ])("%j is refused at its place, without its words", (text, place) => {
    try {
      read(text);
    } catch (error) {
      expect(error).toBeInstanceOf(CommandFailed);
      expect((error as Error).message).toContain(place);
      expect((error as Error).message).not.toContain("zephyrquill");
      return;
    }
    expect.unreachable();
  });

  it("that is missing, too large, or grows when it is read, is refused", () => {
    expect(() => readDocumentFile("policy save", join(folder, "nothing.yaml"), "policy")).toThrow(
      "there is no such file",
    );
    expect(() => read(`a: ${"x".repeat(600_000)}`)).toThrow("is no policy");
    const bomb = [
      "a: &a [x, x, x, x, x, x, x, x, x]",
      ..."bcdefgh"
        .split("")
        .map((name, index) => `${name}: &${name} [${Array(9).fill(`*${"abcdefg"[index]}`).join(", ")}]`),
    ];
    expect(() => read(bomb.join("\n")).document).toThrow("too many aliases");
  });
});

describe("faults of a policy", () => {
  it("stand where they are in the file, folded as it may be, made safe for a terminal", () => {
    const file = read(YAML);
    const condition = { ...file.source.placeOf(["rules", 0, "when"], 9), length: 11 };
    const lines = caretLines("house.yaml", file, [
      {
        pointer: "/rules/0/when",
        rule: "links",
        message: "not\u001b one of them",
        fix: "use links_found",
        ...condition,
      },
      { pointer: "/inherits", message: "no such policy" },
    ]);
    expect(lines).toEqual([
      "house.yaml:7:16 rule links: not<U+001B> one of them",
      "  7 |       features.links_total >= 2",
      "                     ^^^^^^^^^^^",
      "  use links_found",
      "house.yaml /inherits: no such policy",
    ]);
  });
});
