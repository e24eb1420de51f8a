// `npm run eval:campaigns`: made-up campaigns among made-up honest reviews, through the scoring core with the state it
// would have. It shows that the detectors work, and how soon; how well they do on real campaigns it cannot show.
import { parseArgs } from "node:util";
import { liveLine } from "../cli/live-line.ts";
import { offlineJudge } from "../cli/score/offline-judge.ts";
import { campaignsIn } from "./campaigns/campaigns.ts";
import { honestWorld } from "./campaigns/honest-world.ts";
import { replay } from "./campaigns/replay.ts";
import { campaignReport } from "./campaigns/report.ts";

const USAGE = "npm run eval:campaigns -- [--seed N]     N is a whole number, 1 where left out";

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: { seed: { type: "string", default: "1" }, help: { type: "boolean", default: false } },
  });
  const seed = Number(values.seed);
  if (values.help || !Number.isInteger(seed)) {
    process.stdout.write(`${USAGE}\n`);
    return values.help ? 0 : 2;
  }
  const world = honestWorld(seed);
  const campaigns = campaignsIn(world, seed);
  const told = [...world.told, ...campaigns.flatMap((campaign) => campaign.told)];
  let now = new Date(0);
  const judge = offlineJudge(() => now);
  const live = liveLine(process.stderr);
  const begun = process.threadCpuUsage();
  const outcomes = await replay(
    told,
    judge,
    (time) => {
      now = time;
    },
    (done, of) => live.show(`${done} of ${of} reviews`),
  );
  live.clear();
  const { user, system } = process.threadCpuUsage(begun);
  const seconds = (user + system) / 1e6;
  process.stdout.write(
    `${outcomes.length} made-up reviews of half a year, seed ${seed}; judged in ${seconds.toFixed(1)} s of processor time\n` +
      "Injected campaigns prove that the detectors work, not how well they do on real ones.\n\n" +
      `${campaignReport(world, campaigns, outcomes).join("\n")}\n`,
  );
  return 0;
}

process.exitCode = await main();
