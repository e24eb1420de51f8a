import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { eld } from "eld/large";
import { wilson } from "../shared/scoring/statistics.ts";
import { readLanguage } from "../shared/scoring/text/language.ts";
import { loadLanguages } from "../shared/scoring/text/load-languages.ts";
import { loadLexicon } from "../shared/scoring/text/load-lexicon.ts";
import { readText } from "../shared/scoring/text/read-text.ts";
import { readCsv } from "./read-csv.ts";

// How often the language of a text is found, and how often English is taken for another language, on sets that nothing was
// set by (lingua_langid, airline_tweets, ibm_customer_care). Beside it what eld itself says of the same text, alone.

const { values } = parseArgs({ options: { data: { type: "string" } } });
if (values.data === undefined || !existsSync(values.data)) {
  console.error("usage: node eval/languages.ts --data ../shared/data");
  process.exit(2);
}
const data = values.data;
const MODELS = new URL("../models/text", import.meta.url);
const lexicon = loadLexicon(MODELS);
const started = process.threadCpuUsage();
const languages = loadLanguages(MODELS);
const { user, system } = process.threadCpuUsage(started);
console.log(`${languages.version}, ${languages.languages.length} languages, loaded in ${(user + system) / 1000} ms`);

const prepared = (text: string) => ({ text, ...readText(text, [], 0, lexicon), tag: undefined });
const read = (post: ReturnType<typeof prepared>) => readLanguage(post, lexicon.language, languages);
const share = (hits: number, all: number): string => {
  const { low, high } = wilson(hits, all);
  const percent = (value: number): string => (value * 100).toFixed(1);
  return `${percent(hits / all).padStart(5)}% (${percent(low)}-${percent(high)})`;
};

const folder = join(data, "lingua_langid");
const linesOf = (file: string): string[] => readFileSync(join(folder, file), "utf8").split("\n").filter(Boolean);
for (const kind of ["sentences", "word-pairs", "single-words"]) {
  const files = readdirSync(folder).filter((file) => file.endsWith(`.${kind}.txt`));
  if (files.length === 0) continue;
  console.log(`\nlingua_langid, ${kind}: right language; said to be other than English; eld alone`);
  const sum = { all: 0, right: 0, foreign: 0, eld: 0 };
  for (const file of files) {
    const code = file.split(".", 1)[0] ?? "";
    const texts = linesOf(file);
    let [right, foreign, byEld] = [0, 0, 0];
    for (const text of texts) {
      const { language, supported } = read(prepared(text));
      if (language === code) right++;
      if (!supported) foreign++;
      if (eld.detect(text).language === code) byEld++;
    }
    const { length } = texts;
    console.log(`  ${code}  ${share(right, length)}  ${share(foreign, length)}  ${share(byEld, length)}`);
    if (code === lexicon.language) continue;
    sum.all += length;
    sum.right += right;
    sum.foreign += foreign;
    sum.eld += byEld;
  }
  console.log(
    `  all but en, ${sum.all} texts: ${[sum.right, sum.foreign, sum.eld].map((hits) => share(hits, sum.all)).join("  ")}`,
  );
}

console.log("\nEnglish posts taken for another language; eld alone");
const english = {
  airline_tweets: ["Tweets.csv", "text"],
  ibm_customer_care: ["turns.csv", "message"],
} as const;
for (const [set, [file, column]] of Object.entries(english)) {
  const path = join(data, set, file);
  if (!existsSync(path)) continue;
  const posts = readCsv(readFileSync(path, "utf8")).flatMap((row) => (row[column] ? [prepared(row[column])] : []));
  const wrong = posts.filter((post) => !read(post).supported).length;
  const byEld = posts.filter(({ text }) => eld.detect(text).language !== "en").length;
  const from = process.threadCpuUsage();
  for (let pass = 0; pass < 5; pass++) for (const post of posts) read(post);
  const spent = process.threadCpuUsage(from);
  const each = (spent.user + spent.system) / posts.length / 5;
  console.log(
    `  ${set}, ${posts.length}: ${share(wrong, posts.length)}  ${share(byEld, posts.length)}; ${each.toFixed(1)} us a post`,
  );
}
