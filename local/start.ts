// `npm start`: the embedded cloud, the demo tenant, a stream of posts, and the page of cases.
import { mkdirSync, rmSync } from "node:fs";
import { bundleFunctions } from "../infra/bundle.ts";
import { synthesise } from "../infra/synthesise.ts";
import { claimFolder } from "./claim-folder.ts";
import { type Cloud, startCloud } from "./cloud.ts";
import { readConnection, writeConnection } from "./connection.ts";
import { type ConsoleServer, consoleServer } from "./console-server.ts";
import { DEMO_TENANT, seedDemoTenant } from "./demo-tenant.ts";
import { type Options, readOptions, USAGE } from "./options.ts";
import { runStream } from "./run-stream.ts";

const say = (line: string): void => void process.stdout.write(`${line}\n`);
const seconds = (from: number): string => `${((Date.now() - from) / 1000).toFixed(1)} s`;
// scripts/run.mjs says when the command began, so that the time to the first verdict leaves nothing out.
const began = Number(process.env.TOUCHSTONE_BEGAN ?? Date.now());

async function boot(options: Options): Promise<{ cloud: Cloud; page: ConsoleServer; platform: string }> {
  const [, stacks] = await bundleFunctions().then(
    async (bundles) => [bundles, await synthesise({ nag: false })] as const,
  );
  let page: ConsoleServer | undefined;
  const cloud = await startCloud({
    stacks,
    dataDir: options.dataDir,
    port: options.port,
    // Warm where the first item passes: a cold start would be most of its way.
    warm: { authorise: 1, intake: 1, "score-post": 1, "open-case": 1 },
    ...(process.env.AWS_ENDPOINT_URL_COMPREHEND && { comprehend: process.env.AWS_ENDPOINT_URL_COMPREHEND }),
    ...(process.env.TOUCHSTONE_HOSTILE && { hostile: process.env.TOUCHSTONE_HOSTILE }),
    before: async (request, response) => (page ? page.handle(request, response) : false),
  });
  Object.assign(process.env, cloud.operatorEnvironment);
  const tokens = await seedDemoTenant(cloud.outputs, readConnection(options.dataDir)?.tokens ?? {});
  page = consoleServer(tokens.moderator);
  writeConnection(options.dataDir, {
    url: cloud.url,
    tenant: DEMO_TENANT,
    tokens,
    outputs: cloud.outputs,
    environment: cloud.operatorEnvironment,
  });
  return { cloud, page, platform: tokens.platform };
}

function stayUp(cloud: Cloud, page: ConsoleServer): void {
  const link = () => say(`  cases    ${page.newLink(cloud.url)}   (opens once; press Enter here for a new link)`);
  say("");
  link();
  say(`  API      ${cloud.url}/v1   (keys are in the data folder's connection.json)`);
  say("  stop     Ctrl-C");
  if (process.stdin.isTTY) process.stdin.on("data", link);
}

async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2));
  if (options === "help") return say(USAGE);
  if (options.fresh) rmSync(options.dataDir, { recursive: true, force: true });
  mkdirSync(options.dataDir, { recursive: true, mode: 0o700 });
  const release = claimFolder(options.dataDir);
  const { cloud, page, platform } = await boot(options);
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
  stayUp(cloud, page);
}

main().catch((error: unknown) => {
  process.stderr.write(`touchstone: ${error instanceof Error ? error.message : "could not start"}\n`);
  process.exit(1);
});
