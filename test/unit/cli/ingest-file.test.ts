import { mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { checkpoint } from "../../../cli/ingest/checkpoint.ts";
import { ingestFile } from "../../../cli/ingest/ingest-file.ts";
import { refusalLog } from "../../../cli/ingest/refusal-log.ts";
import { NO_MARK } from "../../../cli/ingest/watermark.ts";
import { readItems } from "../../../cli/items/read-items.ts";
import { openSource } from "../../../cli/items/source.ts";
import { type Behaviour, fakeIntake, problemAnswer, takeGood } from "./fake-intake.ts";

let folder = "";
let file = "";
let refusals = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "touchstone-ingest-"));
  file = join(folder, "items.jsonl");
  refusals = join(folder, "refused.jsonl");
});
afterEach(() => {
  vi.unstubAllGlobals();
  rmSync(folder, { recursive: true });
});

const LINES = 1_000;
/** Every hundredth line is no JSON, every line of the rest that ends in 7 is refused by intake. */
const badLines = Array.from({ length: LINES }, (_, index) => index + 1).filter(
  (line) => line % 100 === 0 || line % 10 === 7,
);
const writeItems = () =>
  writeFileSync(
    file,
    Array.from({ length: LINES }, (_, index) => index + 1)
      .map((line) =>
        line % 100 === 0 ? '{"broken"\n' : `{"kind":"post","id":"${line % 10 === 7 ? "bad" : "good"}-${line}"}\n`,
      )
      .join(""),
  );

const stateOf = (format = "jsonl", url = "u", tenant = "t") => checkpoint(folder, { path: file, format, url, tenant });

async function run(behaviour?: Behaviour) {
  const intake = fakeIntake(behaviour);
  const state = stateOf();
  const left = state.load();
  const from = typeof left === "string" ? { ...NO_MARK, refusedBytes: 0 } : left;
  const log = refusalLog(refusals, from.refusedBytes);
  const named: number[] = [];
  const mark = await ingestFile({
    lines: readItems(openSource("ingest", file).chunks),
    from,
    to: { url: "http://api.example", token: "t", patience: 1 },
    checkpoint: state,
    log,
    refused: (line) => named.push(line),
    waiting: () => undefined,
    progress: () => undefined,
  }).catch((error: Error) => error);
  log.close();
  return { intake, from, mark, named };
}

const refusedLines = (): number[] =>
  readFileSync(refusals, "utf8")
    .trim()
    .split("\n")
    .map((line) => (JSON.parse(line) as { line: number }).line);

describe("an ingest", () => {
  it("accounts for every line and names refused ones in order", async () => {
    writeItems();
    const { mark, named, intake } = await run();
    expect(mark).toEqual({ line: LINES, accepted: LINES - badLines.length, refused: badLines.length });
    expect(named).toEqual(badLines);
    expect(refusedLines()).toEqual(badLines);
    expect(intake.taken).toHaveLength(LINES - badLines.length);
  });

  it("that was cut off goes on after the last line up to which all was answered, and loses and counts nothing twice", async () => {
    writeItems();
    const first = await run((list, request) => (request > 4 ? problemAnswer("revoked_key") : takeGood(list)));
    expect(first.mark).toBeInstanceOf(Error);
    const second = await run();
    expect(second.from.line).toBeGreaterThan(100);
    expect(second.from.line).toBeLessThan(LINES);
    expect(second.mark).toEqual({ line: LINES, accepted: LINES - badLines.length, refused: badLines.length });
    const taken = new Set([...first.intake.taken, ...second.intake.taken]);
    expect(taken.size).toBe(LINES - badLines.length);
    // Nothing that was settled before is sent again.
    const again = second.intake.requests.flat().map((id) => Number(id.split("-")[1]));
    expect(Math.min(...again)).toBeGreaterThan(second.from.line);
    expect(refusedLines()).toEqual(badLines);
  });

  it("whose refusals were half written when it was killed writes them once", async () => {
    writeItems();
    await run((list, request) => (request > 4 ? problemAnswer("revoked_key") : takeGood(list)));
    writeFileSync(refusals, `${readFileSync(refusals, "utf8")}{"line":999,"wh`);
    await run();
    expect(refusedLines()).toEqual(badLines);
  });
});

describe("what is left of an earlier run", () => {
  const progress = { line: 3, accepted: 2, refused: 1, refusedBytes: 9 };

  it("is known for the same file, format, API and tenant only", () => {
    writeItems();
    expect(stateOf().load()).toBe("none");
    stateOf().save(progress);
    expect(stateOf().load()).toEqual(progress);
    expect(stateOf("davidson").load()).toBe("none");
    expect(stateOf("jsonl", "other").load()).toBe("none");
    expect(stateOf("jsonl", "u", "other").load()).toBe("none");
    stateOf().remove();
    expect(stateOf().load()).toBe("none");
  });

  it.each([
    ["grew", () => writeFileSync(file, `${readFileSync(file, "utf8")}{}\n`)],
    ["was edited in its beginning", () => writeFileSync(file, readFileSync(file, "utf8").replace("good-1", "good-9"))],
    ["was written again at another time", () => utimesSync(file, 1, 1)],
  ])("is worth nothing where the file %s", (_name, change) => {
    writeItems();
    stateOf().save(progress);
    change();
    expect(stateOf().load()).toBe("changed");
  });
});
