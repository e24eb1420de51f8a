// `npm start`: the embedded cloud, the demo tenant, a stream of posts, and the console.
import { mkdirSync, rmSync } from "node:fs";
import { buildConsole } from "../console/build.ts";
import { bundleFunctions } from "../infra/bundle.ts";
import { synthesise } from "../infra/synthesise.ts";
import { claimFolder } from "./claim-folder.ts";
import { type Cloud, startCloud } from "./cloud.ts";
import { readConnection, writeConnection } from "./connection.ts";
import { serveConsole } from "./console-files.ts";
import { subscribeDemo } from "./demo-subscriptions.ts";
import { DEMO_TENANT, seedDemoTenant } from "./demo-tenant.ts";
import type { LocalHandler } from "./gateway/gateway.ts";
import { userLines } from "./identity/user-lines.ts";
import { type Options, readOptions, USAGE } from "./options.ts";
import { runStream } from "./run-stream.ts";
import { samplePlatform } from "./sample/sample-platform.ts";

const say = (line: string): void => void process.stdout.write(`${line}\n`);
/** Any address will do where no mail leaves the machine. */
const DEMO_SENDER = "alerts@touchstone.example";
const seconds = (from: number): string => `${((Date.now() - from) / 1000).toFixed(1)} s`;
// scripts/run.mjs says when the command began, so that the time to the first verdict leaves nothing out.
const began = Number(process.env.TOUCHSTONE_BEGAN ?? Date.now());

async function boot(options: Options): Promise<{ cloud: Cloud; platform: string }> {
  const [built, stacks] = await Promise.all([
    buildConsole(),
    bundleFunctions().then(() => synthesise({ nag: false, context: { mailFrom: DEMO_SENDER } })),
  ]);
  let page: LocalHandler = () => false;
  const cloud = await startCloud({
    stacks,
    dataDir: options.dataDir,
    port: options.port,
    // Warm where the first item passes: a cold start would be most of its way.
    warm: { authorise: 1, intake: 1, "score-post": 1, "open-case": 1 },
    ...(process.env.AWS_ENDPOINT_URL_COMPREHEND && { comprehend: process.env.AWS_ENDPOINT_URL_COMPREHEND }),
    ...(process.env.TOUCHSTONE_HOSTILE && { hostile: process.env.TOUCHSTONE_HOSTILE }),
    // They wait for receivers: with as few as of the others, two dead ones would keep everybody waiting.
    concurrencyOf: { deliver: 8, "deliver-again": 8 },
    // Webhooks go to public addresses by https only, here too; whoever tries a receiver of their own names its host:port.
    ...(process.env.TOUCHSTONE_WEBHOOK_HOSTS && {
      environment: { DELIVERY_HOSTS: process.env.TOUCHSTONE_WEBHOOK_HOSTS },
    }),
    before: async (request, response) => samplePlatform(request, response) || page(request, response),
  });
  Object.assign(process.env, cloud.operatorEnvironment);
  const tokens = await seedDemoTenant(cloud, readConnection(options.dataDir)?.tokens ?? {});
  await subscribeDemo(cloud.outputs.TableDirectory ?? "", DEMO_TENANT, new Date());
  page = serveConsole({ ...built, edge: cloud.edge, config: cloud.signIn });
  writeConnection(options.dataDir, {
    url: cloud.url,
    tenant: DEMO_TENANT,
    tokens,
    outputs: cloud.outputs,
    environment: cloud.operatorEnvironment,
  });
  return { cloud, platform: tokens.platform };
}

function stayUp(cloud: Cloud): void {
  say("");
  say(`  console  ${cloud.url}/`);
  say(`  alerts   ${cloud.url}/alerts   (what came of the sample; subscriptions are beside them)`);
  if (cloud.inbox) say(`  mails    ${cloud.inbox}/   (what was sent by e-mail: nothing leaves this machine)`);
  say(`  API      ${cloud.url}/v1   (keys are in the data folder's connection.json)`);
  for (const line of cloud.signIn ? userLines(cloud.signIn.password) : []) say(`  ${line}`);
  say("  stop     Ctrl-C");
}

async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2));
  if (options === "help") return say(USAGE);
  if (options.fresh) rmSync(options.dataDir, { recursive: true, force: true });
  mkdirSync(options.dataDir, { recursive: true, mode: 0o700 });
  const release = claimFolder(options.dataDir);
  const { cloud, platform } = await boot(options);
  say(`touchstone: the embedded cloud is up after ${seconds(began)} (${cloud.url}, data in ${options.dataDir}/)`);

  let stopping = false;
  const stop = async (code: number): Promise<never> => {
    stopping = true;
    await cloud.close();
    release();
    process.exit(code);
  };
  for (const signal of ["SIGINT", "SIGTERM"] as const)
    process.on(signal, () => {
      if (!stopping) void stop(0);
    });

  const well = await runStream({ cloud, token: platform, tenant: DEMO_TENANT, input: options.input, began });
  if (options.once) await stop(well ? 0 : 1);
  stayUp(cloud);
}

main().catch((error: unknown) => {
  process.stderr.write(`touchstone: ${error instanceof Error ? error.message : "could not start"}\n`);
  process.exit(1);
});
