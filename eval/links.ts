import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { parse } from "tldts";
import { readAddress } from "../shared/scoring/text/links/link-evidence.ts";
import { readLinks } from "../shared/scoring/text/links/read-links.ts";
import { bootstrap } from "./metrics/bootstrap.ts";
import { rank, rocAuc, type Weights } from "./metrics/ranking.ts";
import { readCsv } from "./read-csv.ts";

// How well the hand-set points of links tell phishing addresses from ordinary ones. The points were set by the one half
// of the set's domains (`--half tune` prints their likelihood ratios); figures are of the other. No address is opened.

const { values } = parseArgs({ options: { data: { type: "string" }, half: { type: "string", default: "test" } } });
if (values.data === undefined || !existsSync(values.data) || !["tune", "test"].includes(values.half)) {
  console.error("usage: node eval/links.ts --data ../shared/data [--half tune|test]");
  process.exit(2);
}
const folder = join(values.data, "phish_urls_esdaung");

interface Address {
  readonly url: string;
  readonly domain: string;
  readonly phishing: boolean;
}

const known = new Map<string, Address>();
for (const file of ["bal_20000.csv", "imbal_55000.csv"]) {
  for (const { Labels, URLs = "" } of readCsv(readFileSync(join(folder, file), "utf8"))) {
    const url = URLs.trim();
    if (url !== "") known.set(url, { url, domain: parse(url).domain ?? url, phishing: Labels === "1" });
  }
}
// Whole domains fall into one half: addresses of one site are alike.
const isTune = (domain: string): boolean => (createHash("sha256").update(domain).digest()[0] ?? 0) % 2 === 0;
const rows = [...known.values()].filter(({ domain }) => isTune(domain) === (values.half === "tune"));
const size = {
  phishing: rows.filter((row) => row.phishing).length,
  ordinary: rows.filter((row) => !row.phishing).length,
};
console.log(`${values.half} half: ${size.phishing} phishing and ${size.ordinary} ordinary addresses`);

if (values.half === "tune") {
  const seen = new Map<string, { phishing: number; ordinary: number }>();
  for (const { url, phishing } of rows) {
    for (const sign of readAddress(url).signs) {
      const counts = seen.get(sign) ?? { phishing: 0, ordinary: 0 };
      counts[phishing ? "phishing" : "ordinary"]++;
      seen.set(sign, counts);
    }
  }
  console.log("sign               phishing  ordinary  ln ratio");
  for (const [sign, { phishing, ordinary }] of [...seen].sort((a, b) => b[1].phishing - a[1].phishing)) {
    // Half a row more on each side, so that a sign that never stands on one has a ratio.
    const ratio = Math.log((phishing + 0.5) / size.phishing / ((ordinary + 0.5) / size.ordinary));
    console.log(
      `${sign.padEnd(18)} ${`${phishing}`.padStart(8)} ${`${ordinary}`.padStart(9)} ${ratio.toFixed(2).padStart(9)}`,
    );
  }
  process.exit(0);
}

const KEYWORDS = /login|signin|verify|secure|account|update|password|confirm|banking/i;
const METHODS: Readonly<Record<string, { readonly score: (url: string) => number; readonly at: readonly number[] }>> = {
  "this engine": { score: (url) => readLinks(url).features.link_risk ?? 0, at: [0.3, 0.5, 0.75] },
  "a word such as login or verify": { score: (url) => (KEYWORDS.test(url) ? 1 : 0), at: [0.5] },
  "an IP address as host": { score: (url) => (parse(url).isIp === true ? 1 : 0), at: [0.5] },
};

const truth = Uint8Array.from(rows, ({ phishing }) => (phishing ? 1 : 0));
const groupOf = new Map<string, number>();
for (const { domain } of rows) if (!groupOf.has(domain)) groupOf.set(domain, groupOf.size);
const groups = Uint32Array.from(rows, ({ domain }) => groupOf.get(domain) ?? 0);
const percent = (share: number): string => `${(share * 100).toFixed(2)}%`;

for (const [name, { score, at }] of Object.entries(METHODS)) {
  const scores = Float64Array.from(rows, ({ url }) => score(url));
  const ranked = rank(scores, truth);
  const share = (threshold: number, wanted: 0 | 1, weights?: Weights): number => {
    let all = 0;
    let over = 0;
    for (let row = 0; row < rows.length; row++) {
      if (truth[row] !== wanted) continue;
      const weight = weights ? (weights[row] ?? 0) : 1;
      all += weight;
      if ((scores[row] ?? 0) >= threshold) over += weight;
    }
    return over / all;
  };
  const figures: Record<string, (weights?: Weights) => number> = { "ROC AUC": (weights) => rocAuc(ranked, weights) };
  for (const threshold of at) {
    figures[`recall at ${threshold}`] = (weights) => share(threshold, 1, weights);
    figures[`ordinary flagged at ${threshold}`] = (weights) => share(threshold, 0, weights);
    // As many of both, so that the figure does not depend on the set's mixture.
    figures[`precision of a balanced set at ${threshold}`] = (weights) => {
      const [hit, miss] = [share(threshold, 1, weights), share(threshold, 0, weights)];
      return hit / (hit + miss);
    };
  }
  const intervals = bootstrap(rows.length, figures, { seed: 5, rounds: 300, groups });
  console.log(`\n${name}`);
  for (const [figure, of] of Object.entries(figures)) {
    const interval = intervals[figure];
    const show = figure === "ROC AUC" ? (value: number): string => value.toFixed(3) : percent;
    console.log(
      `  ${figure.padEnd(40)} ${show(of())} [${show(interval?.low ?? Number.NaN)}, ${show(interval?.high ?? Number.NaN)}]`,
    );
  }
}
