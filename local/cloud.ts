import { appendFileSync, createWriteStream, mkdirSync } from "node:fs";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { availableParallelism } from "node:os";
import { join, resolve } from "node:path";
import type { SynthesisedStack } from "../infra/synthesise.ts";
import { checkComprehend } from "./comprehend-endpoint.ts";
import type { LocalEdge } from "./edge/console-edge.ts";
import { consoleEdge } from "./edge/console-edge.ts";
import type { Service } from "./gate/call.ts";
import { checkDeliveries } from "./gate/deliveries.ts";
import type { CallCounts } from "./gate/gate.ts";
import type { GrantReport } from "./gate/grants.ts";
import { grantReport, resourceNames } from "./gate/grants.ts";
import { checkReports, reportTopics } from "./gate/mail-reports.ts";
import { sealsOf } from "./gate/sealing.ts";
import type { LocalHandler } from "./gateway/gateway.ts";
import { openGateway } from "./gateway/gateway.ts";
import { wireApi } from "./gateway/wiring.ts";
import { type LocalSignIn, openIdentity } from "./identity/open-identity.ts";
import type { Result } from "./lambda/environment.ts";
import type { FunctionStats, Invoked, LocalFunction } from "./lambda/function.ts";
import { openFunction } from "./lambda/function.ts";
import { functionPlans } from "./lambda/plans.ts";
import type { Mapping } from "./mapping/mapping.ts";
import { openMapping } from "./mapping/mapping.ts";
import { mappingPlans } from "./mapping/wiring.ts";
import { operatorCredentials } from "./operator.ts";
import { openClient } from "./parts/client.ts";
import type { MailReport } from "./parts/mail-events.ts";
import type { Caller } from "./parts/protocol.ts";
import { provision } from "./parts/provision.ts";
import { startParts } from "./parts/start.ts";
import type { QueueDepth } from "./queue-depths.ts";
import { isEmpty, readDepth } from "./queue-depths.ts";
import { openScheduler } from "./scheduler/scheduler.ts";
import { schedulePlans } from "./scheduler/wiring.ts";
import { key, keyAlias } from "./template/kinds/keys.ts";
import { emailIdentity } from "./template/kinds/mail.ts";
import { queue } from "./template/kinds/queues.ts";
import type { Declarations } from "./template/read.ts";
import { readStacks } from "./template/read.ts";
import type { World } from "./template/world.ts";
import { TemplateRefused } from "./template/world.ts";

export interface CloudOptions {
  /** In order: a stack may import what earlier ones export. */
  stacks: readonly SynthesisedStack[];
  /** Everything that outlives a restart is in it; made where it is missing, for its owner only. */
  dataDir: string;
  /** Of the HTTP API on 127.0.0.1; any free one if absent or 0. */
  port?: number;
  /** Variables for every function, over the template's. */
  environment?: Readonly<Record<string, string>>;
  /** Execution environments of one function at the same time; as many as there are cores, 2 at least, if absent. */
  concurrency?: number;
  /** The same by name, for functions that wait for others nearly all of their time: more of them cost no processor. */
  concurrencyOf?: Readonly<Record<string, number>>;
  /** By function name, how many of its execution environments are up before this returns; none where absent. */
  warm?: Readonly<Record<string, number>>;
  /** A file of HostileOptions (JSON), read again when it changes: the parts then behave as badly as AWS may. For tests. */
  hostile?: string;
  /** Who answers calls of Amazon Comprehend, which has no embedded part; needed where the stacks' switch is on. */
  comprehend?: string;
  /** Asked before the API's routes. */
  before?: LocalHandler;
  /** Takes one line at a time, without content; they are in <dataDir>/logs/cloud.log too. */
  log?: (line: string) => void;
  /** Told of each invocation of a function when it is over. For benches. */
  watch?: (invoked: Invoked) => void;
}

export interface Cloud {
  /** http://127.0.0.1:PORT of the HTTP API. */
  url: string;
  /** The stacks' outputs. */
  outputs: Record<string, string>;
  /** With these, an SDK client reaches the parts as the operator, who may do everything. */
  operatorEnvironment: Record<string, string>;
  /** What stands in front of the console and the API; undefined where the stacks declare no distribution. */
  edge: LocalEdge | undefined;
  /** The page that shows the mails that were sent, and their data at /store; undefined where the stacks send none. */
  inbox: string | undefined;
  /** How people sign in; undefined where the stacks declare no client of a user pool. */
  signIn: LocalSignIn | undefined;
  /** By function name. */
  functions(): Record<string, FunctionStats>;
  /** Resources that the templates declare and that have no effect here, each with its reason. */
  inert: Declarations["inert"];
  /** Calls that were let through, by caller and action. */
  calls(): Promise<CallCounts>;
  /** Every right of every function with the number of calls that needed it, and the calls that were refused. */
  grants(): Promise<GrantReport>;
  /** Runs a function with an event; its error is a result. */
  invoke(name: string, event: unknown): Promise<Result>;
  /** By the name of the stack output that holds the queue's URL, else by the queue's name. */
  queueDepths(): Promise<Record<string, QueueDepth>>;
  schedules(): string[];
  /** Runs a schedule now and waits for its function. */
  tick(schedule: string): Promise<void>;
  /** Resolves once every mapped queue is empty and nothing runs; false if that took longer than the limit. */
  idle(timeoutMs: number): Promise<boolean>;
  close(): Promise<void>;
}

const region = "us-east-1";
// The one that fauxqs gives its resources.
const account = "000000000000";
const threads: Service[][] = [["dynamodb"], ["sqs", "sns", "kms"]];
const forwarding: Service[] = ["comprehend"];
const mailing: Service[] = ["ses"];

/**
 * Builds the cloud that the stacks describe, on this machine, and starts it.
 * @throws TemplateRefused where they declare something that it does not know, or that AWS would refuse
 */
export async function startCloud(options: CloudOptions): Promise<Cloud> {
  const closers: (() => Promise<unknown>)[] = [];
  const close = async () => {
    for (const closer of closers.splice(0).reverse()) await closer();
  };
  try {
    return { ...(await build(options, closers)), close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function build(options: CloudOptions, closers: (() => Promise<unknown>)[]): Promise<Omit<Cloud, "close">> {
  const dataDir = resolve(options.dataDir);
  const logs = join(dataDir, "logs");
  mkdirSync(logs, { recursive: true, mode: 0o700 });
  const log = openLog(join(logs, "cloud.log"), options.log, closers);
  const operator = operatorCredentials(dataDir);

  let identity: Awaited<ReturnType<typeof openIdentity>>;
  const before: LocalHandler = async (request, response) =>
    (await identity?.handle(request, response)) || (await options.before?.(request, response)) || false;
  const gateway = openGateway(before, log);
  const url = await listen(gateway.server, options.port ?? 0);
  closers.push(() => stop(gateway.server));

  const hostile = options.hostile === undefined ? {} : { hostile: resolve(options.hostile) };
  const { comprehend } = options;
  const hasMail = options.stacks.some(({ template }) =>
    Object.values(template.Resources).some(({ Type }) => Type === emailIdentity.type),
  );
  /** No mail is sent before all of this stands. */
  const tellOfMail = ({ configurationSet, event }: MailReport): void => {
    for (const TopicArn of reportTopics(declarations, configurationSet))
      void client
        .callTopics("Publish", { TopicArn, Message: JSON.stringify(event) })
        .catch((fault) => log(`a report on a mail was lost: ${String(fault)}`));
  };
  const parts = await Promise.all([
    ...threads.map((services) => startParts({ services, dataDir, region, ...hostile }, log, crash)),
    ...(comprehend ? [startParts({ services: forwarding, dataDir, region, ...hostile, comprehend }, log, crash)] : []),
    ...(hasMail ? [startParts({ services: mailing, dataDir, region, ...hostile }, log, crash, tellOfMail)] : []),
  ]);
  closers.push(() => Promise.all(parts.map((thread) => thread.ask("close", null))));
  const urls = Object.assign({}, ...parts.map((thread) => thread.urls)) as Record<Service, string>;

  const world: World = { partition: "aws", account, region, queuesUrl: urls.sqs, apiUrl: url };
  const declarations = readStacks(options.stacks, world);
  checkDeliveries(declarations);
  checkReports(declarations, world);
  checkComprehend(declarations, comprehend);
  identity = await openIdentity(declarations, world, dataDir, log);
  const reach = {
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    AWS_ENDPOINT_URL_DYNAMODB: urls.dynamodb,
    AWS_ENDPOINT_URL_SQS: urls.sqs,
    AWS_ENDPOINT_URL_SNS: urls.sns,
    AWS_ENDPOINT_URL_KMS: urls.kms,
  };
  const declared = functionPlans(
    declarations,
    world,
    {
      ...reach,
      ...(comprehend && { AWS_ENDPOINT_URL_COMPREHEND: urls.comprehend }),
      ...(hasMail && { AWS_ENDPOINT_URL_SESV2: urls.ses }),
    },
    // Loopback has no TLS.
    { CONSOLE_ORIGIN: url, ...options.environment },
  );
  const operatorArn = `arn:${world.partition}:iam::${account}:user/operator`;
  const callers: Caller[] = [
    { accessKey: operator.accessKey, name: "operator", arn: operatorArn, policies: undefined },
    ...declared.map(({ caller }) => caller),
  ];
  const settings = { ...world, callers, keys: keysOf(declarations), seals: sealsOf(declarations) };
  await Promise.all(parts.map((thread) => thread.ask("configure", settings)));
  const client = openClient(urls, { accessKey: operator.accessKey, region });
  const grants = async (): Promise<GrantReport> => {
    const uses = await Promise.all(parts.map((thread) => thread.ask("uses", null)));
    const roles = declared.map(({ caller }) => caller);
    return grantReport(roles, uses.flat(), resourceNames(declarations));
  };
  closers.push(() => noteGrants(process.env.TOUCHSTONE_GRANTS_LOG, grants));

  // Measured on 2 cores: 4 environments of each function more than doubled the time from intake to verdict.
  const concurrency = options.concurrency ?? Math.max(2, availableParallelism());
  const concurrencyOf = (name: string): number => options.concurrencyOf?.[name] ?? concurrency;
  const functions = declared.map(({ plan, reserved = Number.POSITIVE_INFINITY }) => {
    const environments = Math.min(reserved, concurrencyOf(plan.name));
    const logFile = join(logs, `${plan.name}.log`);
    return openFunction(plan, { environments, logFile, log, watch: options.watch });
  });
  closers.push(() => Promise.all(functions.map((fn) => fn.close())));
  const functionOf = (arn: string, asker: string): LocalFunction => {
    const [, inner = arn] = /\/functions\/(arn:[^/]+)\/invocations$/.exec(arn) ?? [];
    const found = functions.find(({ plan }) => plan.arn === inner);
    if (found === undefined) throw new TemplateRefused(`${asker}: no stack declares the function ${inner}`);
    return found;
  };
  const mapped = mappingPlans(declarations, declared, concurrencyOf);
  const schedules = openScheduler(schedulePlans(declarations, functionOf));
  const api = wireApi(declarations, world, functionOf);
  const edge = consoleEdge(declarations, world);

  const warmed = functions.map((fn) => fn.warm(options.warm?.[fn.plan.name] ?? 0));
  await Promise.all([provision(declarations, client), ...warmed]);
  const mappings = mapped.map(({ plan, functionArn }): Mapping => {
    const target = functionOf(functionArn, plan.queueArn);
    return openMapping(plan, target, openClient(urls, { accessKey: accessKeyOf(target), region }), log);
  });
  closers.push(() => Promise.all(mappings.map((mapping) => mapping.close())));
  if (api !== undefined) gateway.route(api.routes, api.identity, edge);
  schedules.start();
  closers.push(async () => schedules.stop());

  const isQuiet = async () => {
    const busy = () => mappings.some((mapping) => mapping.busy()) || functions.some((fn) => fn.stats().inFlight > 0);
    if (busy()) return false;
    const depths = await Promise.all(mappings.map(({ plan }) => readDepth(client, plan.queueUrl)));
    return depths.every(isEmpty) && !busy();
  };

  return {
    url,
    outputs: declarations.outputs,
    operatorEnvironment: {
      ...reach,
      AWS_ACCESS_KEY_ID: operator.accessKey,
      AWS_SECRET_ACCESS_KEY: operator.secret,
    },
    inert: declarations.inert,
    edge,
    inbox: parts.find(({ inbox }) => inbox !== undefined)?.inbox,
    signIn: identity?.signIn,
    functions: () => Object.fromEntries(functions.map((fn) => [fn.plan.name, fn.stats()])),
    async calls() {
      const counts = await Promise.all(parts.map((thread) => thread.ask("counts", null)));
      return merged(counts);
    },
    grants,
    async invoke(name, event) {
      const target = functions.find(({ plan }) => plan.name === name);
      if (target === undefined) throw new Error(`no function is named ${name}`);
      return await target.invoke(JSON.stringify(event));
    },
    async queueDepths() {
      const outputOf = new Map(Object.entries(declarations.outputs).map(([output, value]) => [value, output]));
      const named = declarations
        .of(queue)
        .map(
          async ({ name, ref }): Promise<[string, QueueDepth]> => [
            outputOf.get(ref) ?? name,
            await readDepth(client, ref),
          ],
        );
      return Object.fromEntries(await Promise.all(named));
    },
    schedules: schedules.names,
    tick: schedules.tick,
    async idle(timeoutMs) {
      const until = Date.now() + timeoutMs;
      // Quiet twice: a message may pass from one queue to the next between two looks at them.
      for (let quiet = 0; quiet < 2; ) {
        if (Date.now() > until) return false;
        quiet = (await isQuiet()) ? quiet + 1 : 0;
        await new Promise((done) => setTimeout(done, 20));
      }
      return true;
    },
  };
}

function keysOf(declarations: Declarations) {
  const aliases = declarations.of(keyAlias);
  return declarations.of(key).map(({ ref, attributes }) => ({
    id: ref,
    arn: attributes.Arn ?? "",
    aliases: aliases
      .filter(({ properties }) => [ref, attributes.Arn].includes(properties.TargetKeyId))
      .map(({ properties }) => properties.AliasName),
  }));
}

/** One line for each cloud that ran: scripts/unused-grants.ts reads them together. */
async function noteGrants(file: string | undefined, grants: () => Promise<GrantReport>): Promise<void> {
  if (file !== undefined) appendFileSync(file, `${JSON.stringify(await grants())}\n`);
}

function accessKeyOf({ plan }: LocalFunction): string {
  return plan.variables.AWS_ACCESS_KEY_ID ?? "";
}

function merged(counts: CallCounts[]): CallCounts {
  const all: CallCounts = {};
  for (const [caller, actions] of counts.flatMap((one) => Object.entries(one))) {
    all[caller] = { ...all[caller], ...actions };
  }
  return all;
}

function openLog(file: string, told: ((line: string) => void) | undefined, closers: (() => Promise<unknown>)[]) {
  const stream = createWriteStream(file, { flags: "a", mode: 0o600 });
  closers.push(() => new Promise<void>((done) => stream.end(done)));
  return (line: string) => {
    stream.write(`${new Date().toISOString()} ${line}\n`);
    told?.(line);
  };
}

function listen(server: Server, port: number): Promise<string> {
  return new Promise((done, failed) => {
    server.once("error", failed);
    server.listen(port, "127.0.0.1", () => done(`http://127.0.0.1:${(server.address() as AddressInfo).port}`));
  });
}

function stop(server: Server): Promise<unknown> {
  const stopped = new Promise((done) => server.close(done));
  server.closeAllConnections();
  return stopped;
}

/** Without its tables or queues nothing that the cloud answers would be true. */
function crash(fault: Error): void {
  setImmediate(() => {
    throw fault;
  });
}
