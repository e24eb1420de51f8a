import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { table } from "../../../cli/views/table.ts";
import { rank, rocAuc } from "../../metrics/ranking.ts";
import { readCsv } from "../../read-csv.ts";
import { type Context, type Section, sample } from "../context.ts";
import { judgeRows } from "../judge-rows.ts";
import { decimal, percent, shareOf } from "./numbers.ts";

const OWN = "en";
const MOST_LINES = 400;
const KINDS = ["sentences", "single-words"] as const;

const unsupported = (context: Context, name: string, texts: readonly string[]): Uint8Array => {
  const judged = judgeRows(context.engine, texts, { progress: context.progress, name });
  return Uint8Array.from(judged.likelihoods.get("unsupported_language") ?? [], (value) => (value >= 0.5 ? 1 : 0));
};
const sumOf = (values: Uint8Array): number => values.reduce((sum, one) => sum + one, 0);

interface ForeignSet {
  readonly name: string;
  readonly rows: readonly { readonly text: string; readonly toxic: boolean }[];
}

function readForeign(data: string): ForeignSet[] {
  const read = (file: string): Record<string, string>[] => readCsv(readFileSync(join(data, file), "utf8"));
  const hasoc = (language: string): ForeignSet["rows"] =>
    read(`hasoc/${language}_test_1509.csv`).map(({ text = "", task1 }) => ({ text, toxic: task1 === "HOF" }));
  const mlma = (language: string): ForeignSet["rows"] =>
    read(`mlma/${language}_dataset.csv`).map(({ tweet = "", sentiment }) => ({
      text: tweet,
      toxic: sentiment !== "normal",
    }));
  return [
    {
      name: "hatebr (Portuguese)",
      rows: read("hatebr/HateBR.csv").map(({ comentario = "", label_final }) => ({
        text: comentario,
        toxic: label_final === "1",
      })),
    },
    {
      name: "germeval2018 (German)",
      rows: read("germeval2018/germeval2018.csv").flatMap(({ split, text = "", coarse }) =>
        split === "test" ? [{ text, toxic: coarse === "OFFENSE" }] : [],
      ),
    },
    { name: "hasoc 2020 (German)", rows: hasoc("german") },
    { name: "hasoc 2020 (Hindi)", rows: hasoc("hindi") },
    { name: "mlma (French)", rows: mlma("fr") },
    { name: "mlma (Arabic)", rows: mlma("ar") },
  ];
}

/** Does the engine say so where it is not competent? */
export const languageSection: Section = (context) => {
  const { data, most, seed, progress, neverTrained, engine } = context;
  progress.print("\nLANGUAGES: is a text that is not English called unsupported_language, and English not?");
  const folder = join(data, "lingua_langid");
  const languages = [
    ...new Set(readdirSync(folder).flatMap((file) => /^([a-z]{2})\.sentences\.txt$/.exec(file)?.[1] ?? [])),
  ];
  const lines = KINDS.map((kind) => {
    const counts = languages.map((language) => {
      const all = readFileSync(join(folder, `${language}.${kind}.txt`), "utf8")
        .split("\n")
        .filter((line) => line.trim() !== "");
      const texts = sample(all, Math.min(MOST_LINES, most), seed);
      return { language, told: sumOf(unsupported(context, `lingua ${kind}`, texts)), of: texts.length };
    });
    const foreign = counts.filter(({ language }) => language !== OWN);
    const own = counts.find(({ language }) => language === OWN);
    const told = foreign.reduce((sum, one) => sum + one.told, 0);
    const worst = foreign.toSorted((a, b) => a.told / a.of - b.told / b.of).slice(0, 5);
    return [
      kind,
      shareOf(
        told,
        foreign.reduce((sum, one) => sum + one.of, 0),
      ),
      own ? shareOf(own.told, own.of) : "-",
      worst.map(({ language, told: some, of }) => `${language} ${percent(some / of, 0)}`).join(", "),
    ];
  });
  progress.print(`  lingua_langid, ${languages.length} languages, up to ${Math.min(MOST_LINES, most)} lines of each`);
  for (const line of table(["lines", "not English: told", "English: told, wrongly", "least told"], lines))
    progress.print(`    ${line}`);
  const foreign = readForeign(data).map(({ name, rows }) => {
    const some = sample(
      rows.filter(({ text }) => text.trim() !== ""),
      most,
      seed,
    );
    const judged = judgeRows(
      engine,
      some.map(({ text }) => text),
      { progress, name },
    );
    const told = sumOf(
      Uint8Array.from(judged.likelihoods.get("unsupported_language") ?? [], (value) => (value >= 0.5 ? 1 : 0)),
    );
    const scores = judged.likelihoods.get("toxicity") ?? new Float64Array(some.length);
    const truth = Uint8Array.from(some, ({ toxic }) => Number(toxic));
    return [
      name,
      shareOf(told, some.length),
      decimal(rocAuc(rank(scores, truth))),
      percent(sumOf(judged.acted) / some.length),
    ];
  });
  progress.print("\n  abusive and other posts in languages that nothing was trained on");
  for (const line of table(["set", "told", "ROC AUC of toxicity", "acted on"], foreign)) progress.print(`    ${line}`);
  const english = neverTrained.sets
    .filter(({ use }) => use === "own test split")
    .flatMap(({ rows }) => rows.map(({ text }) => text));
  const some = sample(english, 10 * most, seed);
  const wrongly = sumOf(unsupported(context, "English posts", some));
  progress.print(
    `\n  English posts of the test splits called unsupported: ${shareOf(wrongly, some.length)} (some are not English)`,
  );
  return [];
};
