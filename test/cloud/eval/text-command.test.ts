import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, it } from "vitest";

const program = fileURLToPath(new URL("../../../eval/text.ts", import.meta.url));
const data = fileURLToPath(new URL("../../../../shared/data", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "touchstone-eval-text-"));
afterAll(() => rmSync(folder, { recursive: true }));

const run = (...args: string[]) =>
  spawnSync(process.execPath, [program, ...args], {
    cwd: folder,
    encoding: "utf8",
    env: { ...process.env, INIT_CWD: folder },
  });

const RUDE = ["you are such an idiot", "shut up, you stupid moron", "what a pathetic loser you are"];
const KIND = ["see you at the library tomorrow", "thank you all, the soup was lovely", "which train goes to Leeds?"];
const posts = [...RUDE.map((text) => ({ text, bad: 1 })), ...KIND.map((text) => ({ text, bad: 0 }))];
const file = (name: string, content: string): string => {
  writeFileSync(join(folder, name), content);
  return name;
};
const csv = file("posts.csv", `id,text,bad\n${posts.map(({ text, bad }, id) => `${id},"${text}",${bad}\n`).join("")}`);

describe("eval:text --file", () => {
  it("writes a line a row with every probability and the action, and never the text", () => {
    const { status, stderr, stdout } = run("--file", csv, "--text", "text", "--out", "scores.csv");
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(stdout).toContain("6 rows");
    const lines = readFileSync(join(folder, "scores.csv"), "utf8").trimEnd().split("\n");
    const [heading = "", ...scored] = lines;
    const columns = heading.split(",");
    expect(columns.slice(0, 3)).toEqual(["row", "action", "toxicity"]);
    for (const label of ["insult", "threat", "hate", "spam", "self_harm", "privacy.pii", "adverse_event"])
      expect(columns).toContain(label);
    expect(scored.map((line) => line.split(",")[0])).toEqual(["1", "2", "3", "4", "5", "6"]);
    for (const [index, line] of scored.entries()) {
      const [, action, ...probabilities] = line.split(",");
      expect(action).toMatch(/^(allow|flag|hold|block)$/);
      expect(probabilities).toHaveLength(columns.length - 2);
      for (const one of probabilities.map(Number)) expect(one >= 0 && one <= 1).toBe(true);
      expect(line).not.toContain(posts[index]?.text.split(" ").at(-1));
    }
    expect(existsSync(join(folder, "scores.csv.partial"))).toBe(false);
  });

  it("prints figures of one label, whatever the file and the truth look like", () => {
    const tsv = file(
      "posts.tsv",
      `text\tkind\n${posts.map(({ text, bad }) => `${text}\t${bad ? "rude" : "kind"}\n`).join("")}`,
    );
    const jsonl = file(
      "posts.jsonl",
      posts.map(({ text, bad }) => `${JSON.stringify({ text, bad: bad === 1 })}\n`).join(""),
    );
    for (const args of [
      ["--file", csv, "--text", "text", "--label", "bad", "--score", "toxic"],
      ["--file", tsv, "--text", "text", "--label", "kind", "--positive", "rude", "--score", "TOXICITY"],
      ["--file", jsonl, "--text", "text", "--label", "bad"],
    ]) {
      const { status, stderr, stdout } = run(...args);
      expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
      expect(stdout).toContain("3 yes, 3 no");
      expect(stdout).toMatch(/ROC AUC +1\.000/);
    }
  });

  it.each([
    [["--file", "none.csv", "--text", "text", "--out", "o.csv"], "there is no file"],
    [["--file", csv, "--text", "txt", "--out", "o.csv"], "there is no column txt; the columns are: id, text, bad"],
    [["--file", csv, "--text", "text", "--label", "bad", "--score", "evil"], "labels: toxicity, "],
    [["--file", csv, "--text", "text", "--label", "text"], "row 1: the column text holds neither"],
    [["--file", csv, "--text", "text", "--out", csv], "--out names the file that is read"],
    [["--file", csv, "--text", "text", "--out", "missing/o.csv"], "cannot be written"],
    [["--file", csv], "--text"],
    [[], "usage"],
    [["--data", "nowhere"], "there is no jigsaw_wiki_subset"],
  ])("refuses %j with a sentence", (args, sentence) => {
    const { status, stdout, stderr } = run(...args);
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(stderr).toContain(sentence);
    expect(stderr).not.toContain("idiot");
    expect(existsSync(join(folder, "o.csv"))).toBe(false);
  });
});

describe.skipIf(!existsSync(data))("eval:text --data (skipped where ../shared/data is missing)", () => {
  it("lists sets and sections for a name that it does not know", () => {
    const { status, stderr } = run("--data", data, "--set", "nothing");
    expect(status).toBe(2);
    expect(stderr).toMatch(/sections: quality, .*sets: .*jigsaw_wiki_subset/);
  });

  it("judges one set beside the keyword filters and says that none of its rows was trained on", () => {
    const { status, stdout } = run("--data", data, "--set", "ethos", "--quick");
    expect(status).toBe(0);
    expect(stdout).toMatch(/none among the [\d,]+ that weights, calibration or thresholds were fitted to/);
    for (const name of [
      "ethos",
      "hate",
      "ROC AUC",
      "obscenity, any hit",
      "bad-words, any hit",
      "@2toad/profanity, any hit",
    ])
      expect(stdout).toContain(name);
  });
});
