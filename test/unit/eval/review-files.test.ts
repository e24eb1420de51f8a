import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { seeded } from "../../../eval/metrics/seeded.ts";
import { FileRefused, findColumns } from "../../../eval/reviews/file/columns.ts";
import { parseRow } from "../../../eval/reviews/file/parse-row.ts";
import { runFile } from "../../../eval/reviews/file/run-file.ts";
import { HISTORY_NAMES, labelHistory } from "../../../eval/reviews/label-history.ts";
import { measure } from "../../../eval/reviews/measure.ts";
import { inTimeOrder, minuteWithin, type RatingRow } from "../../../eval/reviews/rating-row.ts";
import { replay } from "../../../eval/reviews/replay.ts";

const folder = mkdtempSync(join(tmpdir(), "review-files-"));
afterAll(() => rmSync(folder, { recursive: true }));

const NOW = Date.UTC(2020, 0, 1);
const columns = findColumns(["user", "target", "rating", "date", "fake"], {});
const reading = { minusIsFake: false, now: NOW };
const cells = { user: "u", target: "t", rating: "4", date: "2019-05-01", fake: "0" };

describe("a row of a file", () => {
  it("is a review with a time in UTC", () => {
    expect(parseRow({ ...cells, date: "2019-05-01T10:30:00Z" }, 7, columns, reading)).toEqual({
      row: 7,
      user: "u",
      target: "t",
      rating: 4,
      at: Date.UTC(2019, 4, 1, 10, 30) / 60_000,
      label: 0,
    });
    for (const date of ["2019-05-01 10:30:00", "2019-05-01T12:30+02:00", String(Date.UTC(2019, 4, 1, 10, 30) / 1000)])
      expect(parseRow({ ...cells, date }, 1, columns, reading)).toMatchObject({
        at: Date.UTC(2019, 4, 1, 10, 30) / 60_000,
      });
  });

  it.each([
    [{ user: " " }, "no user"],
    [{ target: "" }, "no target"],
    [{ target: "t".repeat(1_000_000) }, "an id over 512 characters"],
    [{ rating: "0" }, "a rating that is not a number from 1 to 5"],
    [{ rating: "5.1" }, "a rating that is not a number from 1 to 5"],
    [{ rating: "" }, "a rating that is not a number from 1 to 5"],
    [{ rating: "NaN" }, "a rating that is not a number from 1 to 5"],
    [{ date: "yesterday" }, "a date that is neither ISO 8601 nor seconds since 1970"],
    [{ date: "2019-13-45" }, "a date that is neither ISO 8601 nor seconds since 1970"],
    [{ date: "1994-12-31" }, "a date before 1995"],
    [{ date: "2020-01-03" }, "a date in the future"],
    [{ fake: "maybe" }, "a label that is none of 0, 1, -1, true, false"],
  ])("is refused: %o", (change, fault) => {
    expect(parseRow({ ...cells, ...change }, 1, columns, reading)).toBe(fault);
  });

  it("may call a fake -1", () => {
    const asYelp = { minusIsFake: true, now: NOW };
    expect(parseRow({ ...cells, fake: "-1" }, 1, columns, asYelp)).toMatchObject({ label: 1 });
    expect(parseRow({ ...cells, fake: "1" }, 1, columns, asYelp)).toMatchObject({ label: 0 });
    expect(parseRow({ ...cells, fake: "" }, 1, columns, asYelp)).toMatchObject({ label: undefined });
  });
});

describe("columns", () => {
  it("are found by their usual names, or as told", () => {
    expect(findColumns(["user_id", "prod_id", "rating", "label", "date", "fake"], {})).toMatchObject({
      user: "user_id",
      target: "prod_id",
      label: "fake",
      text: undefined,
    });
    expect(findColumns(["a", "b", "c", "d"], { user: "a", target: "b", rating: "c", date: "d" })).toMatchObject({
      date: "d",
    });
    expect(() => findColumns(["user", "rating", "date"], {})).toThrow(/--target COL/);
    expect(() => findColumns(["user"], { user: "who" })).toThrow(FileRefused);
  });
});

/** Reviews of four targets over a hundred days; on one of them newcomers give five stars, and are labelled fake. */
function sampleRows(): string[] {
  const random = seeded(7);
  return Array.from({ length: 1200 }, (_, index) => {
    const day = Math.floor(index / 12);
    const fake = random() < 0.25;
    const date = new Date(Date.UTC(2019, 0, 1 + day)).toISOString().slice(0, 10);
    const user = fake ? `new${index}` : `regular${Math.floor(random() * 60)}`;
    const target = fake ? "t0" : `t${Math.floor(random() * 4)}`;
    return `${user},${target},${fake ? 5 : 2 + Math.floor(random() * 3)},${date},${fake ? 1 : 0}`;
  });
}
const HEAD = "user,target,rating,date,fake";

async function scored(name: string, lines: readonly string[], more: object = {}) {
  const file = join(folder, `${name}.csv`);
  const out = join(folder, `${name}.scores.csv`);
  writeFileSync(file, `${[HEAD, ...lines].join("\n")}\n`);
  const said: string[] = [];
  await runFile({
    file,
    out,
    scoreFrom: "2019-03-01",
    fit: false,
    skipBad: false,
    columns: {},
    rounds: 20,
    seed: 1,
    now: NOW,
    print: (line) => said.push(line),
    ...more,
  });
  const [head, ...rows] = readFileSync(out, "utf8").trimEnd().split("\n");
  return { head, rows, said: said.join("\n") };
}
const numbered = (rows: readonly string[]) =>
  new Map(rows.map((line) => [Number(line.split(",", 1)[0]), Number(line.split(",")[1])]));

describe("a file of reviews", () => {
  const lines = sampleRows();
  const early = lines.filter((line) => (line.split(",")[3] ?? "") < "2019-03-01").length;

  it("is scored from a day on; rows before it only build state", async () => {
    const { head, rows, said } = await scored("plain", lines);
    expect(head).toBe("row,probability,decided,action,reasons");
    expect([...numbered(rows).keys()]).toEqual(
      Array.from({ length: lines.length - early }, (_, index) => early + 1 + index),
    );
    for (const probability of numbered(rows).values()) {
      expect(probability).toBeGreaterThan(0);
      expect(probability).toBeLessThan(1);
    }
    expect(said).toMatch(/AUC/);
  });

  it("gets the same scores whatever order its rows have, and whatever order a day's rows have", async () => {
    const { rows } = await scored("ordered", lines);
    const shuffled = lines.map((line, index) => ({ line, row: index + 1, key: (index * 7919) % lines.length }));
    shuffled.sort((a, b) => a.key - b.key);
    const mixed = await scored(
      "mixed",
      shuffled.map(({ line }) => line),
    );
    expect(mixed.said).toMatch(/sorted in memory/);
    const own = numbered(rows);
    const theirs = numbered(mixed.rows);
    for (const [index, { row }] of shuffled.entries()) {
      if (!own.has(row)) continue;
      // Only which reviews are sampled for the site's usual goes by the row's number.
      expect(Math.abs((theirs.get(index + 1) ?? 9) - (own.get(row) ?? 0))).toBeLessThan(0.1);
    }
  });

  it("teaches, when asked, by the labels before that day and by none after", async () => {
    const { rows, said } = await scored("fit", lines, { fit: true });
    const auc = Number(/trees fitted on the rows before +(\.\d+|1\.000)/.exec(said)?.[1]);
    expect(auc).toBeGreaterThan(0.9);
    const blinded = lines.map((line, index) => (index < early ? line : line.replace(/,[01]$/, ",")));
    const blind = await scored("blind", blinded, { fit: true });
    expect(blind.rows).toEqual(rows);
  });

  it("is refused in a sentence that repeats nothing of it", async () => {
    const bad = ["secret-user,secret-target,9,2019-01-01,0", ...lines];
    await expect(scored("bad", bad)).rejects.toThrow(/1 of 1201 rows are not reviews[\s\S]*row 1: a rating/);
    await expect(scored("bad", bad)).rejects.not.toThrow(/secret/);
    expect((await scored("bad", bad, { skipBad: true })).rows).toHaveLength(lines.length - early);
    await expect(scored("empty", [])).rejects.toThrow(/no rows/);
    await expect(scored("late", lines, { scoreFrom: "2030-01-01" })).rejects.toThrow(/no row is of/);
    await expect(scored("when", lines, { scoreFrom: "soon" })).rejects.toThrow(/ISO date/);
    await expect(scored("few", lines.slice(0, 720), { fit: true, scoreFrom: "2019-01-05" })).rejects.toThrow(
      /at least 50/,
    );
    await expect(scored("quote", ["u,t,5,2019-01-01,0", `"${"x\n".repeat(9)}`])).rejects.toThrow(/not CSV/);
  });
});

describe("the order within a day", () => {
  it("goes by who reviewed what, never by the file", () => {
    const row = (user: string, place: number): RatingRow => ({
      row: place,
      user,
      target: "t",
      rating: 5,
      at: minuteWithin(9, user, "t"),
    });
    const users = ["a", "b", "c", "d", "e", "f"];
    const order = (names: readonly string[]) => inTimeOrder(names.map(row)).map(({ user }) => user);
    expect(order(users.toReversed())).toEqual(order(users));
    expect(new Set(users.map((user) => minuteWithin(9, user, "t"))).size).toBeGreaterThan(4);
  });
});

describe("earlier labels of a target", () => {
  it("are of days before and of before the cut only", () => {
    const history = labelHistory(5 * 1440);
    const read = (day: number, label: 0 | 1): number => {
      const into = new Float64Array(HISTORY_NAMES.length);
      const row = { row: 1, user: "u", target: "t", rating: 5, at: day * 1440 + 9, label };
      history.pass({ row, first: true, expected: 0.2 }, into, 0);
      expect(Math.sign(into[3] ?? 0)).toBe(Math.sign((into[0] ?? 1) - 1));
      return into[0] ?? Number.NaN;
    };
    expect(read(1, 1)).toBe(1);
    expect(read(1, 1)).toBe(1);
    const second = read(2, 0);
    expect(second).toBeGreaterThan(1);
    expect(read(6, 1)).toBeLessThan(second);
    expect(read(7, 1)).toBe(read(9, 0));
  });
});

describe("a replay", () => {
  it("knows of a review only what came before it", () => {
    const rows: RatingRow[] = Array.from({ length: 30 }, (_, index) => ({
      row: index,
      user: `u${index % 7}`,
      target: `t${index % 3}`,
      rating: 1 + (index % 5),
      at: 20_000 * 1440 + index * 300,
    }));
    const vectors = (some: readonly RatingRow[]) => {
      const found: unknown[] = [];
      replay(some, (features) => found.push(features));
      return found;
    };
    const changed = rows.map((row, index) => (index < 20 ? row : { ...row, rating: 6 - row.rating, user: "other" }));
    expect(vectors(changed).slice(0, 20)).toEqual(vectors(rows).slice(0, 20));
  });
});

describe("measures", () => {
  it("of a perfect and of a reversed ranking", () => {
    const truth = Uint8Array.from({ length: 200 }, (_, index) => (index < 20 ? 1 : 0));
    const scores = Float64Array.from({ length: 200 }, (_, index) => -index);
    const authors = Array.from({ length: 200 }, (_, index) => `a${index}`);
    const { auc, ap, lift, precisionAt1, recallAt1, intervals } = measure(scores, truth, authors, {
      rounds: 20,
      seed: 1,
    });
    expect({ auc, ap, lift, precisionAt1, recallAt1 }).toEqual({
      auc: 1,
      ap: 1,
      lift: 10,
      precisionAt1: 1,
      recallAt1: 1,
    });
    expect(intervals.auc).toEqual({ low: 1, high: 1 });
    const worst = measure(
      scores.map((score) => -score),
      truth,
      authors,
      { rounds: 20, seed: 1 },
    );
    expect([worst.auc, worst.precisionAt1, worst.recallAt1]).toEqual([0, 0, 0]);
  });
});
