import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { GrowingScores } from "../../../eval/text/file/growing.ts";
import { readRows } from "../../../eval/text/file/read-rows.ts";
import { headOf } from "../../../eval/text/file/score-names.ts";
import { truthOf } from "../../../eval/text/file/truth-of.ts";
import { readOptions, UsageError } from "../../../eval/text/options.ts";

const folder = mkdtempSync(join(tmpdir(), "touchstone-eval-"));
afterAll(() => rmSync(folder, { recursive: true }));
const file = (name: string, content: string): string => {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
};
const all = async (path: string, needed: string[], quoted = true) => {
  const rows = [];
  for await (const row of readRows(path, needed, quoted)) rows.push(row);
  return rows;
};

describe("readRows", () => {
  it("reads CSV with quotes, line ends inside, a mark at its beginning and short rows", async () => {
    const path = file("a.csv", '\ufeffid,text,bad\r\n1,"two\nlines, ""quoted""",1\r\n2,short\r\n');
    expect(await all(path, ["text"])).toEqual([
      { row: 1, fields: { id: "1", text: 'two\nlines, "quoted"', bad: "1" } },
      { row: 2, fields: { id: "2", text: "short" } },
    ]);
  });

  it("finds semicolons and tabs by the heading", async () => {
    expect(await all(file("b.csv", "comment;isHate\na, b;1.0\n"), ["comment"])).toEqual([
      { row: 1, fields: { comment: "a, b", isHate: "1.0" } },
    ]);
    expect(await all(file("b.tsv", "text\tx\na, b\t1\n"), ["text", "x"])).toEqual([
      { row: 1, fields: { text: "a, b", x: "1" } },
    ]);
  });

  it("takes marks as signs where told so, and says so where one never closes", async () => {
    const path = file("c.tsv", 'text\tx\n"open\t1\nnext\t0\n');
    expect((await all(path, ["text"], false)).map(({ fields }) => fields.text)).toEqual(['"open', "next"]);
    await expect(all(path, ["text"])).rejects.toThrow(/row 0 .*--unquoted/);
  });

  it("reads JSON lines and says which line is none", async () => {
    expect(await all(file("d.jsonl", '{"t":"a","l":true}\n\n{"t":"b"}\n'), ["t"])).toEqual([
      { row: 1, fields: { t: "a", l: true } },
      { row: 2, fields: { t: "b" } },
    ]);
    await expect(all(file("e.jsonl", '{"t":"a"}\n{"t":\n'), ["t"])).rejects.toThrow("line 2 is not JSON");
    await expect(all(file("f.jsonl", "[1]\n"), ["t"])).rejects.toThrow("line 1 is not a JSON object");
  });

  it("lists the columns where one is missing", async () => {
    const missing = all(file("g.csv", "id,comment_text,toxic\n1,a,0\n"), ["text", "toxic"]);
    await expect(missing).rejects.toThrow("there is no column text; the columns are: id, comment_text, toxic");
    await expect(missing).rejects.toBeInstanceOf(UsageError);
    await expect(all(file("h.jsonl", '{"t":"a"}\n'), ["x"])).rejects.toThrow("the columns are: t");
  });
});

describe("truthOf", () => {
  it.each([
    ["1", 1],
    ["1.0", 1],
    [1, 1],
    [true, 1],
    ["True", 1],
    ["0", 0],
    ["0.0", 0],
    ["FALSE", 0],
    ["no", 0],
    ["", undefined],
    [undefined, undefined],
    [null, undefined],
    ["hateful", "unclear"],
    ["0.7", "unclear"],
  ] as const)("%s is %s", (cell, truth) => expect(truthOf(cell, {})).toBe(truth));

  it("takes another value for yes", () => {
    expect(truthOf("hateful", { positive: "hateful" })).toBe(1);
    expect(truthOf("non-hateful", { positive: "hateful" })).toBe(0);
    expect(truthOf("", { positive: "hateful" })).toBeUndefined();
  });

  it("takes a number from which on it is yes", () => {
    expect(truthOf("0.5", { atLeast: 0.5 })).toBe(1);
    expect(truthOf(0.49, { atLeast: 0.5 })).toBe(0);
    expect(truthOf("much", { atLeast: 0.5 })).toBe("unclear");
  });
});

describe("headOf", () => {
  const heads = ["toxicity", "hate", "profanity", "privacy.pii"] as const;
  it("knows our labels, Perspective's and Jigsaw's names", () => {
    expect(headOf("toxicity", heads)).toBe("toxicity");
    expect(headOf("toxic", heads)).toBe("toxicity");
    expect(headOf("IDENTITY_ATTACK", heads)).toBe("hate");
    expect(headOf("obscene", heads)).toBe("profanity");
    expect(() => headOf("evil", heads)).toThrow("labels: toxicity, hate, profanity, privacy.pii");
  });
});

describe("GrowingScores", () => {
  it("keeps everything in order past its first size", () => {
    const scores = new GrowingScores();
    for (let row = 0; row < 3000; row++) scores.add(row / 3000, row % 3 === 0 ? 1 : 0);
    const kept = scores.all();
    expect(kept.scores).toHaveLength(3000);
    expect(kept.scores[2999]).toBe(2999 / 3000);
    expect(kept.truth.reduce((sum, one) => sum + one, 0)).toBe(1000);
  });
});

describe("readOptions", () => {
  it("tells the report from a file of one's own", () => {
    expect(readOptions(["--data", "d", "--quick"])).toEqual({ kind: "report", data: "d", quick: true, seed: 1 });
    expect(readOptions(["--file", "f", "--text", "t", "--label", "l"])).toEqual({
      kind: "file",
      file: "f",
      text: "t",
      label: "l",
      score: "toxicity",
      meaning: {},
      unquoted: false,
    });
  });

  it.each([
    [[], "--data"],
    [["--file", "f"], "--text"],
    [["--file", "f", "--text", "t"], "--out"],
    [["--file", "f", "--text", "t", "--out", "o", "--score", "hate"], "--label"],
    [["--data", "d", "--file", "f"], "two ways"],
    [["--file", "f", "--text", "t", "--label", "l", "--positive", "1", "--at-least", "1"], "give one"],
    [["--file", "f", "--text", "t", "--label", "l", "--at-least", "much"], "a number"],
    [["--data", "d", "--seed", "x"], "whole number"],
    [["--wat"], "wat"],
  ])("refuses %j", (args, part) => {
    expect(() => readOptions(args)).toThrow(UsageError);
    expect(() => readOptions(args)).toThrow(part);
  });
});
