// `npm run bench`: rates with their floor, bundles, and the counted bill.
import { cpus, loadavg } from "node:os";
import { type BundleReport, bundleFunctions } from "../infra/bundle.ts";
import { printBundles } from "../infra/bundle-table.ts";
import { synthesise } from "../infra/synthesise.ts";
import { openBenchCloud } from "./bench-cloud.ts";
import { type Counted, countKinds, RECORDED_TENANT } from "./count/count-kinds.ts";
import { KINDS, type Kind } from "./kinds.ts";
import { type Options, readOptions, USAGE } from "./options.ts";
import { measureRates, quietLatencies, unpublishedRate } from "./rates.ts";
import { printBill } from "./report/print-bill.ts";
import { printRates } from "./report/print-rates.ts";

const began = Date.now();
const out = (line: string): void => void process.stdout.write(`${line}\n`);
const say = (line: string): void =>
  void process.stderr.write(`${((Date.now() - began) / 1000).toFixed(0).padStart(4)} s ${line}\n`);

const recordingsOf = (counted: Record<Kind, Counted>) =>
  Object.fromEntries(
    KINDS.map((kind) => {
      const { published } = counted[kind];
      return [
        kind,
        { calls: published.recording, tenant: RECORDED_TENANT, items: published.items, flagged: published.flagged },
      ];
    }),
  ) as Parameters<typeof measureRates>[1];

async function reportBundles(bundles: readonly BundleReport[]): Promise<void> {
  out("");
  out("Bundles: what a cold start loads (weights apart) and how long that takes in a fresh process, median of 3.");
  if (!(await printBundles(bundles))) process.exitCode = 1;
}

async function main(options: Options): Promise<void> {
  const [cpu] = cpus();
  out(
    `touchstone bench, ${new Date().toISOString().slice(0, 16)}Z, Node ${process.version}, ${cpus().length} × ${cpu?.model ?? "unknown processor"}`,
  );
  say("bundling and synthesising");
  const bundles = await bundleFunctions();
  const stacks = await synthesise({ nag: false });
  say("counting calls and sizes");
  const counted = await countKinds(stacks, say);
  if (options.billOnly) return printBill(counted, undefined, stacks, out);

  say("measuring rates");
  const bench = await openBenchCloud(stacks);
  const rates = await measureRates(bench, recordingsOf(counted), { ...options, say });
  const unpublished = await unpublishedRate(bench, { ...options, say });
  const quiet = await quietLatencies(bench);
  await bench.close();
  printRates(rates, { unpublished, quiet }, out);
  out(
    `  load     ${loadavg()
      .map((load) => load.toFixed(1))
      .join(", ")} over 1, 5 and 15 minutes, this bench included: over 3 or so, others were at work`,
  );
  printBill(counted, rates, stacks, out);
  await reportBundles(bundles);
}

const options = readOptions(process.argv.slice(2));
if (options === "help") out(USAGE);
else await main(options);
