import { randomUUID } from "node:crypto";
import type { Writable } from "node:stream";
import { Worker } from "node:worker_threads";
import type { EnvironmentPlan, FunctionError, Invocation, Outcome } from "./protocol.ts";

/** What a function's execution environments have in common. */
export interface FunctionPlan {
  /** Short name, as the source folder is named. */
  name: string;
  arn: string;
  physicalName: string;
  folder: string;
  handler: string;
  memoryMb: number;
  timeoutSeconds: number;
  /** All that the function may see of an environment: nothing is inherited. */
  variables: Record<string, string>;
}

export type Result = { payload: string } | { error: FunctionError };

/** One execution environment: a thread with the bundle loaded, invoked once at a time. */
export interface Environment {
  initMs: number;
  invoke(event: string): Promise<Result>;
  /** False once its thread ended; it cannot be invoked any more. */
  alive(): boolean;
  end(): Promise<void>;
}

/** Lambda allows an initialisation this long. */
const initLimitMs = 10_000;

/** Starts a thread and loads the bundle. Resolves to the error instead where loading fails. */
export async function startEnvironment(plan: FunctionPlan, log: Writable): Promise<Environment | FunctionError> {
  const logStreamName = `local/[$LATEST]${randomUUID().replaceAll("-", "")}`;
  const logGroupName = `/aws/lambda/${plan.physicalName}`;
  const workerData: EnvironmentPlan = {
    folder: plan.folder,
    handler: plan.handler,
    context: {
      functionName: plan.physicalName,
      functionVersion: "$LATEST",
      invokedFunctionArn: plan.arn,
      memoryLimitInMB: String(plan.memoryMb),
      logGroupName,
      logStreamName,
    },
  };
  const started = performance.now();
  const worker = new Worker(new URL("./runtime.ts", import.meta.url), {
    workerData,
    env: {
      ...plan.variables,
      AWS_LAMBDA_FUNCTION_NAME: plan.physicalName,
      AWS_LAMBDA_FUNCTION_VERSION: "$LATEST",
      AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(plan.memoryMb),
      AWS_LAMBDA_INITIALIZATION_TYPE: "on-demand",
      AWS_LAMBDA_LOG_GROUP_NAME: logGroupName,
      AWS_LAMBDA_LOG_STREAM_NAME: logStreamName,
      AWS_EXECUTION_ENV: "AWS_Lambda_nodejs24.x",
      LAMBDA_TASK_ROOT: plan.folder,
      NODE_ENV: "production",
      TZ: ":UTC",
      _HANDLER: plan.handler,
    },
    execArgv: [],
    stdout: true,
    stderr: true,
    resourceLimits: { maxOldGenerationSizeMb: plan.memoryMb },
  });
  worker.stdout.pipe(log, { end: false });
  worker.stderr.pipe(log, { end: false });

  let alive = true;
  let waiting: ((outcome: Outcome) => void) | undefined;
  const tell = (outcome: Outcome) => {
    const waiter = waiting;
    waiting = undefined;
    waiter?.(outcome);
  };
  worker.on("message", tell);
  worker.on("error", (cause) => {
    alive = false;
    const fault = cause instanceof Error ? cause : new Error(String(cause));
    tell(failure(fault.name, fault.message, fault.stack?.split("\n")));
  });
  worker.on("exit", (code) => {
    alive = false;
    tell(failure("Runtime.ExitError", `Error: Runtime exited with error: exit status ${code}`));
  });

  /** The next word from the thread, or `late` once the limit has passed: the environment is then lost. */
  function outcome(limitMs: number, late: Outcome): Promise<Outcome> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => {
        alive = false;
        void worker.terminate();
        waiting = undefined;
        resolve(late);
      }, limitMs);
      waiting = (word) => {
        clearTimeout(timer);
        resolve(word);
      };
    });
  }

  const first = await outcome(initLimitMs, failure("Sandbox.Timedout", "Task timed out while it was initialised"));
  if (first.kind === "error") {
    await worker.terminate();
    return first.error;
  }
  return {
    initMs: performance.now() - started,
    alive: () => alive,
    async invoke(event) {
      const requestId = randomUUID();
      const limitMs = plan.timeoutSeconds * 1_000;
      const timedOut = failure(
        "Sandbox.Timedout",
        `RequestId: ${requestId} Error: Task timed out after ${plan.timeoutSeconds.toFixed(2)} seconds`,
      );
      const settled = outcome(limitMs, timedOut);
      worker.postMessage({ requestId, event, deadline: Date.now() + limitMs } satisfies Invocation);
      const word = await settled;
      if (word.kind === "answer") return { payload: word.payload };
      if (word.kind === "error") {
        if (word === timedOut) log.write(`${word.error.errorMessage}\n`);
        return { error: word.error };
      }
      throw new Error("an execution environment said twice that it is ready");
    },
    async end() {
      alive = false;
      await worker.terminate();
    },
  };
}

function failure(errorType: string, errorMessage: string, trace: string[] = []) {
  return { kind: "error" as const, error: { errorType, errorMessage, trace } };
}
