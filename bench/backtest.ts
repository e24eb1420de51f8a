// `node bench/backtest.ts [--verdicts N] [--days N]`: fills the journal of the embedded cloud and backtests a candidate.
import { parseArgs } from "node:util";
import { bundleFunctions } from "../infra/bundle.ts";
import { synthesise } from "../infra/synthesise.ts";
import { mintKey } from "../shared/domain/api-key.ts";
import { builtInPolicies, compilePolicies } from "../shared/policy/compiled-policies.ts";
import { policyDocument } from "../shared/policy/policy-document.ts";
import { apiKeyStore } from "../shared/store/api-keys.ts";
import { documentClient } from "../shared/store/table.ts";
import { verdictJournal } from "../shared/store/verdict-journal.ts";
import { journalled } from "./backtest/journalled.ts";
import { openBenchCloud } from "./bench-cloud.ts";

const USAGE =
  "node bench/backtest.ts [--verdicts N] [--days N]   N stored verdicts (default 100000) of N days (default 30)";
const TENANT = "bench";
const DAY = 86_400_000;
/** Verdicts handed to the store at once; it writes those of a minute into one row, up to 50. */
const AT_ONCE = 2_000;
const MB = 2 ** 20;

const candidate = policyDocument.parse({
  id: "bench-candidate",
  title: "Less about words, more about links",
  inherits: "touchstone-default",
  disable: ["insult", "toxic"],
  rules: [
    {
      name: "many-links",
      when: "features.links_total >= 2",
      action: "flag",
      queue: "links",
      severity: 2,
      reasonCode: "links",
    },
    {
      name: "new-and-promoting",
      when: "author.age_days < 30 && features.promotion >= 0.5",
      action: "hold",
      severity: 3,
      reasonCode: "promotion",
    },
  ],
});

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      verdicts: { type: "string", default: "100000" },
      days: { type: "string", default: "30" },
      help: { type: "boolean", default: false },
    },
  });
  const say = (line: string): void => void process.stdout.write(`${line}\n`);
  const [verdicts, days] = [Number(values.verdicts), Number(values.days)];
  if (values.help || !(verdicts >= 1) || !(days >= 1 && days <= 34)) {
    say(USAGE);
    return values.help ? 0 : 2;
  }
  await bundleFunctions();
  const bench = await openBenchCloud(await synthesise({ nag: false }));
  try {
    const { TableVerdicts = "", TableDirectory = "" } = bench.cloud.outputs;
    const client = documentClient();
    await bench.addTenant(TENANT, false);
    const { key, token } = mintKey(TENANT, "admin", new Date());
    await apiKeyStore({ client, name: TableDirectory }).add(key);

    const until = new Date();
    const since = new Date(until.getTime() - days * DAY);
    const journal = verdictJournal({ client, name: TableVerdicts });
    const active = builtInPolicies.decide;
    const { decide } = compilePolicies([{ document: candidate, version: 1 }]);
    const expected = { items: 0, active: 0, candidate: 0, changed: 0 };
    const filling = performance.now();
    let batch = [];
    for (const entry of journalled(verdicts, since, until)) {
      const [before, after] = [active(entry.facts), decide(entry.facts)];
      expected.items += 1;
      if (before.action !== "allow") expected.active += 1;
      if (after.action !== "allow") expected.candidate += 1;
      if (before.action !== after.action || (after.action !== "allow" && before.queue !== after.queue))
        expected.changed += 1;
      batch.push(entry);
      if (batch.length < AT_ONCE) continue;
      await journal.append(TENANT, batch);
      batch = [];
    }
    await journal.append(TENANT, batch);
    say(`${verdicts} verdicts of ${days} days written in ${((performance.now() - filling) / 1000).toFixed(1)} s`);

    const call = async (method: string, path: string, body?: unknown) => {
      const response = await fetch(`${bench.cloud.url}${path}`, {
        method,
        headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      if (!response.ok) throw new Error(`${response.status}: ${await response.text()}`);
      // biome-ignore lint/suspicious/noExplicitAny: the API's own schema stands for it
      return (await response.json()) as any;
    };
    const started = performance.now();
    const memory: number[] = [];
    let view = await call("POST", "/v1/backtests", { document: candidate, since, until });
    while (view.state === "waiting" || view.state === "running") {
      await new Promise((resolve) => setTimeout(resolve, 250));
      view = await call("GET", `/v1/backtests/${view.id}`);
      memory.push(process.memoryUsage.rss() / MB);
    }
    const seconds = (performance.now() - started) / 1000;
    if (view.state !== "done") throw new Error(`it is ${view.state}: ${JSON.stringify(view.progress)}`);
    const { report } = view;
    const review = (of: "active" | "candidate"): number =>
      report.actions.reduce(
        (sum: number, row: Record<string, number | string>) => sum + (row.action === "allow" ? 0 : Number(row[of])),
        0,
      );
    const counted = {
      items: report.items,
      active: review("active"),
      candidate: review("candidate"),
      changed: report.changed.items,
    };
    const { reads, writes, messages, milliseconds } = report.cost.used;
    say(`backtest: ${seconds.toFixed(1)} s, ${Math.round(verdicts / seconds)}/s on the embedded parts`);
    say(
      `  used: ${reads} reads, ${writes} writes, ${messages} messages, ${(milliseconds / 1000).toFixed(1)} s of functions`,
    );
    const [first = 0] = memory;
    say(
      `  memory of everything together: ${first.toFixed(0)} MB at the beginning, ${Math.max(...memory).toFixed(0)} MB at most, ${memory.at(-1)?.toFixed(0)} MB at the end`,
    );
    say(`  counted:  ${JSON.stringify(counted)}`);
    say(`  directly: ${JSON.stringify(expected)}`);
    return JSON.stringify(counted) === JSON.stringify(expected) ? 0 : 1;
  } finally {
    await bench.close();
  }
}

process.exitCode = await main();
