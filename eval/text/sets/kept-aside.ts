import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Truth } from "../../../models/text/data/labelled-text.ts";
import { readCsv } from "../../read-csv.ts";
import type { EvaluationRow, EvaluationSet } from "./evaluation-set.ts";

type Fields = Readonly<Record<string, string>>;
type Reader = (dataDirectory: string) => EvaluationSet;

const bit = (truth: boolean): 0 | 1 => (truth ? 1 : 0);
const yes = (value: string | undefined): 0 | 1 => bit(value === "1" || value?.toLowerCase() === "true");

const rowsOf = (
  path: string,
  row: (fields: Fields) => readonly [text: string | undefined, truth: Truth] | undefined,
  separator?: "," | ";" | "\t",
): EvaluationRow[] =>
  readCsv(readFileSync(path, "utf8"), separator).flatMap((fields) => {
    const [text, truth] = row(fields) ?? [];
    return text === undefined || truth === undefined || text.trim() === "" ? [] : [{ text, truth }];
  });

const ethos: Reader = (data) => ({
  name: "ethos",
  use: "eval only",
  note: "hate by at least half of the raters",
  rows: rowsOf(
    join(data, "ethos/Ethos_Dataset_Binary.csv"),
    (row) => [row.comment, { hate: bit(Number(row.isHate) >= 0.5), toxicity: bit(Number(row.isHate) >= 0.5) }],
    ";",
  ),
});

const wikiBias: Reader = (data) => ({
  name: "wiki_bias_eval",
  use: "eval only",
  note: "Wikipedia comments that name identities (non-fuzzed); the bias section has the fuzzed and the templates",
  rows: rowsOf(join(data, "wiki_bias_eval/toxicity_nonfuzzed_testset.csv"), (row) => [
    row.comment,
    { toxicity: yes(row.toxic) },
  ]),
});

const sdcnl: Reader = (data) => ({
  name: "sdcnl",
  use: "eval only",
  note: "posts of two forums, suicide watch against depression: weak labels, the rest is despair too",
  rows: ["training-set.csv", "testing-set.csv"].flatMap((file) =>
    rowsOf(join(data, "sdcnl_suicide_vs_depression", file), (row) => [
      `${row.title ?? ""}\n${row.selftext ?? ""}`,
      { self_harm: yes(row.is_suicide) },
    ]),
  ),
});

const tweetevalOffensive: Reader = (data) => ({
  name: "tweeteval_offensive",
  use: "tune",
  note: "offensive language (OLID) as toxicity",
  rows: rowsOf(join(data, "tweeteval_offensive_hate/tweeteval.csv"), (row) =>
    row.task === "offensive" && row.split === "test" ? [row.text, { toxicity: yes(row.label) }] : undefined,
  ),
});

const tweetevalHate: Reader = (data) => ({
  name: "tweeteval_hate",
  use: "tune",
  note: "hate against women and immigrants (HatEval); its test tweets come from other targets than its training ones",
  rows: rowsOf(join(data, "tweeteval_offensive_hate/tweeteval.csv"), (row) =>
    row.task === "hate" && row.split === "test" ? [row.text, { hate: yes(row.label) }] : undefined,
  ),
});

const hasoc: Reader = (data) => ({
  name: "hasoc_2020_en",
  use: "tune",
  note: "hateful, offensive or profane as toxicity",
  rows: rowsOf(join(data, "hasoc/english_test_1509.csv"), (row) => [
    row.text,
    { toxicity: bit(row.task1 === "HOF"), hate: bit(row.task2 === "HATE"), profanity: bit(row.task2 === "PRFN") },
  ]),
});

const youtoxic: Reader = (data) => ({
  name: "youtoxic",
  use: "tune",
  rows: rowsOf(join(data, "youtoxic_1000/youtoxic_english_1000.csv"), (row) => [
    row.Text,
    {
      toxicity: yes(row.IsToxic),
      threat: yes(row.IsThreat),
      hate: yes(row.IsHatespeech),
      profanity: yes(row.IsObscene),
    },
  ]),
});

const phishing: Reader = (data) => ({
  name: "phish_urls",
  use: "tune",
  note: "PhishTank addresses against ordinary ones, alone as a text; most phishing sits on hosts with innocent names",
  rows: rowsOf(join(data, "phish_urls_esdaung/bal_20000.csv"), (row) => [row.URLs, { unsafe_link: yes(row.Labels) }]),
});

/** Sets whose rows never train: to tune on and to judge by. */
export const KEPT_ASIDE: Readonly<Record<string, Reader>> = {
  ethos,
  wiki_bias_eval: wikiBias,
  sdcnl,
  tweeteval_offensive: tweetevalOffensive,
  tweeteval_hate: tweetevalHate,
  hasoc_2020_en: hasoc,
  youtoxic,
  phish_urls: phishing,
};
