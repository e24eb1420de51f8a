/** What an execution environment's thread is started with. */
export interface EnvironmentPlan {
  /** Folder of the bundle. */
  folder: string;
  /** `file.export`, as the template says. */
  handler: string;
  context: FixedContext;
}

/** The parts of Lambda's context object that do not change between invocations. */
interface FixedContext {
  functionName: string;
  functionVersion: string;
  invokedFunctionArn: string;
  memoryLimitInMB: string;
  logGroupName: string;
  logStreamName: string;
}

/** One invocation; `deadline` in milliseconds since 1970. */
export interface Invocation {
  requestId: string;
  event: string;
  deadline: number;
}

/** An error as Lambda tells a caller of it. */
export interface FunctionError {
  errorType: string;
  errorMessage: string;
  trace: string[];
}

/** From the thread: ready to be invoked, or what an invocation came to. */
export type Outcome = { kind: "ready" } | { kind: "answer"; payload: string } | { kind: "error"; error: FunctionError };
