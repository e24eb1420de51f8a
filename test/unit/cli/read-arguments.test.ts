import { describe, expect, it } from "vitest";
import { type Command, defineCommand } from "../../../cli/command.ts";
import { COMMANDS } from "../../../cli/commands.ts";
import { helpOf, overview } from "../../../cli/help.ts";
import { readArguments } from "../../../cli/read-arguments.ts";

const command = (words: string[], args: string[], options: Command["options"] = {}): Command =>
  defineCommand({ words, summary: `does ${words.join(" ")}`, arguments: args, options, run: async () => 0 });

const known = [
  command(["score"], ["FILE"], {
    out: { type: "string", value: "FILE", about: "where to" },
    format: { type: "string", value: "FORMAT", about: "how", choices: ["jsonl", "csv"], default: "jsonl" },
    fast: { type: "boolean", about: "be quick" },
  }),
  command(["keys", "create"], [], { days: { type: "string", value: "N", about: "how long" } }),
  command(["keys", "list"], []),
  command(["dead-letters"], ["[QUEUE]"]),
];
const read = (...args: string[]) => readArguments(args, known);

describe("a command line", () => {
  it("gives arguments and options in any order, with defaults", () => {
    const asked = read("score", "--fast", "--out", "b", "a", "--json");
    expect(asked).toMatchObject({
      kind: "run",
      given: ["a"],
      values: { out: "b", fast: true, json: true, format: "jsonl", help: false },
    });
    expect(read("--out=b", "score", "a")).toMatchObject({ given: ["a"], values: { out: "b" } });
    expect(read("score", "-", "--out", "-")).toMatchObject({ given: ["-"], values: { out: "-" } });
    expect(read("dead-letters")).toMatchObject({ kind: "run", given: [] });
    expect(read("keys", "create", "--days", "3")).toMatchObject({ given: [], values: { days: "3" } });
  });

  it.each([
    ["scoer a", "there is no command `scoer`; did you mean `score`?"],
    ["frobnicate", "there is no command `frobnicate`; --help lists them"],
    ["keys", "keys: say which: create, list"],
    ["keys make", "keys: there is no `make`; it takes one of: create, list"],
    ["score", "score: FILE is missing: score FILE"],
    ["score a b", "score: `b` is one argument too many; quote values with spaces"],
    ["score a --outt b", "score: there is no option `--outt`; did you mean --out?"],
    ["score a --zzzzzzz", "score: there is no option `--zzzzzzz`; `score --help` lists its options"],
    ["score a -x", "score: there is no option `-x`; `score --help` lists its options"],
    ["score a --out", "score: --out needs a value: --out FILE"],
    ["score a --out --json", "score: --out needs a value: --out FILE"],
    ["score a --fast=yes", "score: --fast takes no value; leave it out"],
    ["score a --format xml", "score: --format takes one of: jsonl, csv; not `xml`"],
    ["score a --days 3", "score: there is no option `--days`; `score --help` lists its options"],
    ["--json", "say a command before `--json`; --help lists them"],
    ["score a --toString", "score: there is no option `--toString`; `score --help` lists its options"],
  ])("that is wrong (%s) is answered with one sentence that names it and the fix", (line, sentence) => {
    expect(() => read(...line.split(" "))).toThrow(
      expect.objectContaining({ name: "CommandFailed", exitCode: 2, message: sentence }),
    );
  });

  it("does not print back what would play with the terminal", () => {
    expect(() => read("\u001b[2Jx")).toThrow("there is no command `<U+001B>[2Jx`; --help lists them");
  });

  it("asks for help in every usual way", () => {
    for (const args of [[], ["--help"], ["-h"], ["help"]])
      expect(read(...args)).toEqual({ kind: "help", command: undefined });
    for (const args of [
      ["score", "--help"],
      ["help", "score"],
      ["score", "a", "-h", "--nonsense"],
    ])
      expect(read(...args)).toMatchObject({ kind: "help", command: { words: ["score"] } });
    expect(read("keys", "create", "--help")).toMatchObject({ command: { words: ["keys", "create"] } });
  });
});

describe("the help", () => {
  it("lists every command, and each command all of its options", () => {
    const all = overview(COMMANDS);
    for (const one of COMMANDS) {
      expect(all).toContain(one.words.join(" "));
      const help = helpOf(one);
      for (const option of [...Object.keys(one.options), "json", "help"]) expect(help).toContain(`  --${option}`);
      for (const line of help.split("\n")) expect(line.length).toBeLessThanOrEqual(110);
    }
  });

  it("names no command twice", () => {
    const names = COMMANDS.map(({ words }) => words.join(" "));
    expect(new Set(names).size).toBe(names.length);
  });
});
