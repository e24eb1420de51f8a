import type { WriteStream } from "node:fs";
import { createWriteStream } from "node:fs";
import type { Environment, FunctionPlan, Result } from "./environment.ts";
import { startEnvironment } from "./environment.ts";

/** What a function did since the cloud started. Durations in milliseconds, initialisation apart. */
export interface FunctionStats {
  invocations: number;
  errors: number;
  coldStarts: number;
  initMs: number[];
  totalMs: number;
  memoryMb: number;
  inFlight: number;
}

export interface LocalFunction {
  plan: FunctionPlan;
  stats(): FunctionStats;
  /** Runs the handler with an event (JSON). Never rejects because of the function: its error is a result. */
  invoke(event: string): Promise<Result>;
  /** Makes sure that this many environments are up. Rejects where the bundle cannot be loaded. */
  warm(environments: number): Promise<void>;
  close(): Promise<void>;
}

/** An invocation that is over; times in milliseconds since 1970. */
export interface Invoked {
  name: string;
  /** JSON, as the function was given it. */
  event: string;
  began: number;
  ended: number;
}

export interface FunctionLimits {
  /** Environments at the same time; further invocations wait their turn. */
  environments: number;
  logFile: string;
  /** Told of each invocation when it is over. */
  watch?: ((invoked: Invoked) => void) | undefined;
  /** Told of each failed invocation by its error's type alone: a message may quote what people wrote. */
  log: (line: string) => void;
}

/** Bytes of an event and of an answer: Lambda's limit of a synchronous invocation. */
export const payloadLimit = 6 * 1024 * 1024;

/** The error of an event that the function was never given. */
export const eventTooLarge = "RequestEntityTooLargeException";

const tooLarge = (errorType: string, what: string): Result => ({
  error: { errorType, errorMessage: `the ${what} is over ${payloadLimit} bytes`, trace: [] },
});

/** A function: its execution environments, reused when idle and started when all are busy. */
export function openFunction(
  plan: FunctionPlan,
  { environments, logFile, watch, log: report }: FunctionLimits,
): LocalFunction {
  const log: WriteStream = createWriteStream(logFile, { flags: "a", mode: 0o600 });
  // Each environment's two streams add listeners of their own.
  log.setMaxListeners(0);
  const stats: FunctionStats = {
    invocations: 0,
    errors: 0,
    coldStarts: 0,
    initMs: [],
    totalMs: 0,
    memoryMb: plan.memoryMb,
    inFlight: 0,
  };
  const idle: Environment[] = [];
  const all = new Set<Environment>();
  const turns: (() => void)[] = [];
  let places = environments;
  let closed = false;

  async function takePlace(): Promise<void> {
    if (places > 0) places -= 1;
    else await new Promise<void>((resolve) => turns.push(resolve));
  }

  function leavePlace(): void {
    const next = turns.shift();
    if (next === undefined) places += 1;
    else next();
  }

  async function fresh() {
    stats.coldStarts += 1;
    const started = await startEnvironment(plan, log);
    if (!("invoke" in started)) {
      log.write(`${JSON.stringify({ level: "ERROR", message: "Init Error", ...started })}\n`);
      return started;
    }
    stats.initMs.push(started.initMs);
    all.add(started);
    return started;
  }

  function putBack(environment: Environment): void {
    if (environment.alive() && !closed) idle.push(environment);
    else all.delete(environment);
  }

  /** One that was used last is warmest; one may have ended by itself since. */
  function takeIdle(): Environment | undefined {
    let environment = idle.pop();
    while (environment !== undefined && !environment.alive()) {
      all.delete(environment);
      environment = idle.pop();
    }
    return environment;
  }

  async function run(event: string): Promise<Result> {
    const chosen = takeIdle() ?? (await fresh());
    if (!("invoke" in chosen)) return { error: chosen };
    const [started, began] = [performance.now(), Date.now()];
    const result = await chosen.invoke(event);
    stats.totalMs += performance.now() - started;
    watch?.({ name: plan.name, event, began, ended: Date.now() });
    putBack(chosen);
    if ("payload" in result && Buffer.byteLength(result.payload) > payloadLimit) {
      return tooLarge("Function.ResponseSizeTooLarge", "answer");
    }
    return result;
  }

  return {
    plan,
    stats: () => ({ ...stats, initMs: [...stats.initMs] }),
    async invoke(event) {
      if (Buffer.byteLength(event) > payloadLimit) return tooLarge(eventTooLarge, "event");
      stats.inFlight += 1;
      await takePlace();
      try {
        if (closed) return { error: { errorType: "Closed", errorMessage: "the cloud is closing", trace: [] } };
        stats.invocations += 1;
        const result = await run(event);
        if ("error" in result) {
          stats.errors += 1;
          report(`${plan.name} failed: ${result.error.errorType} (see ${logFile})`);
        }
        return result;
      } finally {
        stats.inFlight -= 1;
        leavePlace();
      }
    },
    async warm(wanted) {
      const missing = Math.min(wanted, environments) - all.size;
      const started = await Promise.all(Array.from({ length: Math.max(0, missing) }, fresh));
      for (const one of started) {
        if (!("invoke" in one))
          throw new Error(`${plan.name} cannot be initialised: ${one.errorType} (see ${logFile})`);
        putBack(one);
      }
    },
    async close() {
      closed = true;
      await Promise.all([...all].map((environment) => environment.end()));
      await new Promise<void>((resolve) => log.end(resolve));
    },
  };
}
