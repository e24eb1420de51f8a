import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { parentPort, workerData } from "node:worker_threads";
import type { Answer, Call, Service } from "../gate/call.ts";
import type { Gate, Interceptor, Principal } from "../gate/gate.ts";
import { openGate } from "../gate/gate.ts";
import { readPolicy } from "../gate/policy.ts";
import { ConnectionLost } from "../gate/refusal.ts";
import { serve } from "../gate/server.ts";
import { hostileInterceptors } from "../hostile/hostile-mode.ts";
import { optionsFile } from "../hostile/options-file.ts";
import { openForwarder } from "./forward.ts";
import { openKeys } from "./keys.ts";
import { openMail } from "./mail.ts";
import type { PartsPlan, Question, Questions, Report, Settings } from "./protocol.ts";
import { openQueues } from "./queues.ts";
import { openTables } from "./tables.ts";

// One thread of embedded parts, each behind its gate on a loopback port of its own.

interface Part {
  handle(call: Call): Promise<Answer>;
  close?(): Promise<void>;
}

const port = parentPort;
if (port === null) throw new Error("local/parts/thread.ts runs as a worker thread");
const plan = workerData as PartsPlan;
const report = (message: Report) => port.postMessage(message);
const log = (line: string) => report({ kind: "log", line });

/** What stands between the gate and every part of this thread. */
const interceptors: readonly Interceptor[] =
  plan.hostile === undefined ? [] : hostileInterceptors(optionsFile(plan.hostile), log);

let closing = false;
const underWay = new Set<Promise<Answer>>();
const parts = new Map<Service, Part>();
const gates = new Map<Service, Gate>();

if (plan.services.includes("dynamodb")) parts.set("dynamodb", openTables(join(plan.dataDir, "tables")));
if (plan.services.includes("sqs")) {
  const queues = await openQueues(join(plan.dataDir, "queues"), plan.region);
  parts.set("sqs", queues);
  parts.set("sns", { handle: queues.handle });
}
const mail = plan.services.includes("ses") ? await openMail((one) => report({ kind: "mail", report: one })) : undefined;
if (mail) parts.set("ses", mail);
if (plan.comprehend !== undefined) parts.set("comprehend", { handle: openForwarder(plan.comprehend) });

const servers = new Map<Service, Server>();
const urls: Partial<Record<Service, string>> = {};
for (const service of plan.services) {
  const handle = async (call: Call) => {
    const gate = gates.get(service);
    if (gate === undefined) throw new Error("called before the gate was configured");
    return await gate.handle(call);
  };
  const server = serve(service, handle, log);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  servers.set(service, server);
  urls[service] = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function configure(settings: Settings): null {
  const principals = new Map(
    settings.callers.map(({ accessKey, name, arn, policies }): [string, Principal] => [
      accessKey,
      { name, arn, statements: policies?.flatMap(({ document, where }) => readPolicy(document, where)) },
    ]),
  );
  const keys = plan.services.includes("kms") ? openKeys(join(plan.dataDir, "keyring.json"), settings.keys) : undefined;
  if (keys !== undefined) parts.set("kms", keys);
  const naming = { ...settings, keyArn: keys?.keyArn ?? (() => undefined) };
  for (const service of plan.services) {
    const part = parts.get(service);
    if (part === undefined) throw new Error(`no part for ${service}`);
    gates.set(
      service,
      openGate({
        naming,
        seals: settings.seals,
        principals,
        part: (call) => track(service, part.handle, call),
        interceptors,
        log,
      }),
    );
  }
  return null;
}

/** Calls under way in the tables; long polls of queues are ended by their part itself. */
function track(service: Service, handle: Part["handle"], call: Call): Promise<Answer> {
  // An interceptor may have held the call back for longer than the part stood.
  if (closing) return Promise.reject(new ConnectionLost());
  const answered = handle(call);
  if (service !== "dynamodb") return answered;
  underWay.add(answered);
  return answered.finally(() => underWay.delete(answered));
}

async function close(): Promise<null> {
  closing = true;
  await Promise.allSettled(underWay);
  const closed = [...servers.values()].map((server) => new Promise((resolve) => server.close(resolve)));
  // Queues first: that ends long polls, whose connections would otherwise be waited for.
  for (const part of parts.values()) await part.close?.();
  for (const server of servers.values()) server.closeAllConnections();
  await Promise.all(closed);
  return null;
}

function counts(): Questions["counts"]["answer"] {
  const all: Questions["counts"]["answer"] = {};
  for (const gate of gates.values()) {
    for (const [caller, actions] of Object.entries(gate.counts())) all[caller] = { ...all[caller], ...actions };
  }
  return all;
}

async function answerTo(question: Question): Promise<unknown> {
  switch (question.name) {
    case "configure":
      return configure(question.argument);
    case "counts":
      return counts();
    case "uses":
      return [...gates.values()].flatMap((gate) => gate.uses());
    case "close":
      return await close();
  }
}

port.on("message", async (question: Question) => {
  try {
    report({ kind: "answer", id: question.id, value: await answerTo(question) });
  } catch (error) {
    report({ kind: "fault", id: question.id, message: error instanceof Error ? error.message : String(error) });
  }
});
report({ kind: "open", urls, ...(mail && { inbox: mail.inbox }) });
