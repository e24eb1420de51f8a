// `npm run grants -- FILE`: what clouds that ran with TOUCHSTONE_GRANTS_LOG=FILE did with the rights of their functions.
import { readdirSync, readFileSync } from "node:fs";
import { type Grant, type GrantReport, mergeReports, nameOfGrant } from "../local/gate/grants.ts";
import { reasonFor } from "../local/gate/needed-on-aws.ts";

const say = (line: string): void => void process.stdout.write(`${line}\n`);
const byCaller = (grants: readonly Grant[]): string[] => grants.map(nameOfGrant).sort();

const [file = process.env.TOUCHSTONE_GRANTS_LOG] = process.argv.slice(2);
if (file === undefined) throw new Error("name the file that TOUCHSTONE_GRANTS_LOG named while the tests ran");
const runs = readFileSync(file, "utf8")
  .split("\n")
  .filter((line) => line !== "")
  .map((line) => JSON.parse(line) as GrantReport);
// Tests of the embedded cloud run functions of their own.
const ours = new Set(readdirSync(new URL("../functions", import.meta.url)));
const { grants, refused } = mergeReports(runs);
const known = grants.filter(({ caller }) => ours.has(caller));
const unused = known.filter(({ used }) => used === 0);
const reasons = new Map<string, number>();
for (const grant of unused) {
  const reason = reasonFor(grant);
  if (reason !== undefined) reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
}
const unneeded = byCaller(unused.filter((grant) => reasonFor(grant) === undefined));
const lacking = refused.filter(({ caller }) => ours.has(caller)).map((use) => `${nameOfGrant(use)} (${use.times}×)`);

say(
  `grants: ${known.length} of ${ours.size} functions, ${known.length - unused.length} used, over ${runs.length} clouds`,
);
for (const [reason, count] of reasons) say(`  ${count} unused here: ${reason}`);
say(`  ${unneeded.length} that no test ever used${unneeded.length === 0 ? "" : ":"}`);
for (const grant of unneeded) say(`    ${grant}`);
say(`  ${lacking.length} refused${lacking.length === 0 ? "" : ":"}`);
for (const grant of lacking) say(`    ${grant}`);
process.exitCode = unneeded.length + lacking.length > 0 ? 1 : 0;
