import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

export const PROGRAM = fileURLToPath(new URL("../../../cli/touchstone.ts", import.meta.url));

/** The environment of a person's shell: nothing of the test's own. */
export const shellEnvironment = (dataDir: string): NodeJS.ProcessEnv => {
  const { INIT_CWD: _, TOUCHSTONE_KEY: __, ...env } = process.env;
  return { ...env, TOUCHSTONE_DATA: dataDir, NO_COLOR: "1" };
};

export interface Ran {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs `touchstone ARG…` to its end. */
export function runCli(dataDir: string, args: readonly string[], more: NodeJS.ProcessEnv = {}): Ran {
  const env = { ...shellEnvironment(dataDir), ...more };
  const { status, stdout, stderr } = spawnSync(process.execPath, [PROGRAM, ...args], { encoding: "utf8", env });
  return { status, stdout, stderr };
}

/** Starts `touchstone ARG…` and leaves it running. */
export const startCli = (dataDir: string, args: readonly string[]): ChildProcess =>
  spawn(process.execPath, [PROGRAM, ...args], { env: shellEnvironment(dataDir), stdio: "ignore" });
