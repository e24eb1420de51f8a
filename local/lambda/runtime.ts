import { existsSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { parentPort, workerData } from "node:worker_threads";
import type { EnvironmentPlan, FunctionError, Invocation, Outcome } from "./protocol.ts";

// Runs inside an execution environment's thread: loads the bundle and hands it one event after another.

const port = parentPort;
if (port === null) throw new Error("local/lambda/runtime.ts runs as a worker thread");
const { folder, handler, context } = workerData as EnvironmentPlan;
const send = (outcome: Outcome) => port.postMessage(outcome);

type Handler = (event: unknown, context: object) => unknown;

try {
  const handle = await load();
  port.on("message", (invocation: Invocation) => void invoke(handle, invocation));
  send({ kind: "ready" });
} catch (error) {
  send({ kind: "error", error: describe(error) });
}

async function load(): Promise<Handler> {
  const [file = "", name = ""] = handler.split(".");
  const path = [".mjs", ".js", ".cjs"].map((ending) => join(folder, file + ending)).find((one) => existsSync(one));
  if (path === undefined) throw fault("Runtime.ImportModuleError", `Cannot find module '${file}'`);
  const loaded = await import(pathToFileURL(path).href);
  const handle = loaded[name] ?? loaded.default?.[name];
  if (typeof handle !== "function") throw fault("Runtime.HandlerNotFound", `${handler} is undefined or not exported`);
  return handle;
}

async function invoke(handle: Handler, { requestId, event, deadline }: Invocation): Promise<void> {
  try {
    const answer = await handle(JSON.parse(event), {
      ...context,
      awsRequestId: requestId,
      callbackWaitsForEmptyEventLoop: true,
      getRemainingTimeInMillis: () => Math.max(0, deadline - Date.now()),
    });
    send({ kind: "answer", payload: JSON.stringify(answer ?? null) });
  } catch (error) {
    const described = describe(error);
    console.error(JSON.stringify({ level: "ERROR", message: "Invoke Error", requestId, ...described }));
    send({ kind: "error", error: described });
  }
}

function describe(error: unknown): FunctionError {
  if (!(error instanceof Error)) return { errorType: typeof error, errorMessage: String(error), trace: [] };
  return { errorType: error.name, errorMessage: error.message, trace: error.stack?.split("\n") ?? [] };
}

function fault(name: string, message: string): Error {
  const error = new Error(message);
  error.name = name;
  return error;
}
