import { describe, expect, it } from "vitest";
import { changesBetween } from "../../../console/pages/policies/document-changes.ts";
import { diffLines, withContext } from "../../../console/pages/policies/line-diff.ts";
import { readText, textOf } from "../../../console/pages/policies/policy-text.ts";
import { houseRules } from "./policy-answers.ts";

const marked = (text: string, fault: Parameters<ReturnType<typeof readText>["place"]>[0]) => {
  const { from, to, line } = readText(text).place(fault, "error");
  return [line, text.slice(from, to)];
};

describe("the place of a fault in a policy's text", () => {
  const fault = (pointer: string, place?: { line: number; column: number; length: number }) => ({
    pointer: `/document${pointer}`,
    detail: "wrong",
    ...(place && { place }),
  });

  it("is the part of a condition, however the condition is written", () => {
    const at = fault("/rules/0/when", { line: 1, column: 10, length: 5 });
    const rule = (when: string): string => `rules:\n  - name: a\n    when: ${when}\n`;
    expect(marked(rule("first || other > 1"), at)).toEqual([3, "other"]);
    expect(marked(rule('"first || other > 1"'), at)).toEqual([3, "other"]);
    expect(marked(rule("'first || other > 1'"), at)).toEqual([3, "other"]);
    expect(marked(rule(">-\n      first ||\n      other > 1"), at)).toEqual([5, "other"]);
  });

  it("is the first line of a block, or of what is around something that is missing", () => {
    const text = "id: a\nrules:\n  - name: a\n    action: flag\n";
    expect(marked(text, fault("/rules/0"))).toEqual([3, "name: a"]);
    expect(marked(text, fault("/rules/0/when"))).toEqual([3, "name: a"]);
    expect(marked(text, fault("/title"))).toEqual([1, "id: a"]);
  });

  it("is inside the text, even of an empty one and of one that ends too early", () => {
    expect(marked("", fault("/id"))).toEqual([1, ""]);
    const text = "rules:\n  - when: ab\n";
    expect(marked(text, fault("/rules/0/when", { line: 1, column: 40, length: 9 }))[0]).toBe(2);
  });

  it("says where something is no YAML, and reads what is", () => {
    const { document, faults } = readText("id: a\nid: b\n");
    expect(document).toBeUndefined();
    expect(faults.map(({ line, message }) => [line, message])).toEqual([[2, expect.stringContaining("twice")]]);
    expect(readText(textOf(houseRules(2))).document).toEqual(houseRules(2));
  });
});

describe("what differs between two versions", () => {
  it("is told by rule and by field", () => {
    const [before, after] = [houseRules(1), houseRules(2)];
    expect(changesBetween(before, before)).toEqual({
      added: [],
      removed: [],
      changed: [],
      reordered: false,
      fields: [],
    });
    expect(changesBetween(before, after)).toEqual({
      added: ["links-of-new-accounts"],
      removed: [],
      changed: [{ rule: "rude", fields: ["when"] }],
      reordered: false,
      fields: ["disable"],
    });
    expect(changesBetween(after, { ...after, rules: [...after.rules].reverse() }).reordered).toBe(true);
  });

  it("is the shortest way line by line, from which both versions can be read", () => {
    const before = "a b c d e f g".split(" ");
    const after = "a c d x e f y g z".split(" ");
    const lines = diffLines(before, after);
    expect(lines.filter(({ kind }) => kind !== "new").map(({ text }) => text)).toEqual(before);
    expect(lines.filter(({ kind }) => kind !== "gone").map(({ text }) => text)).toEqual(after);
    expect(lines.filter(({ kind }) => kind !== "same").map(({ text }) => text)).toEqual(["b", "x", "y", "z"]);
    for (const { before: was, after: is, text } of lines) {
      if (was !== undefined) expect(before[was - 1]).toBe(text);
      if (is !== undefined) expect(after[is - 1]).toBe(text);
    }
  });

  it("leaves out what is far from any difference, and all where there is none", () => {
    const before = Array.from({ length: 20 }, (_, line) => `line ${line}`);
    const shown = withContext(diffLines(before, before.with(10, "other")), 2);
    expect(shown.map((line) => (typeof line === "number" ? line : line.text))).toEqual([
      8,
      "line 8",
      "line 9",
      "line 10",
      "other",
      "line 11",
      "line 12",
      7,
    ]);
    expect(withContext(diffLines(before, before), 2)).toEqual([]);
  });
});
