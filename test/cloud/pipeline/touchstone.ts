import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Connection, readConnection } from "../../../local/connection.ts";

/** `npm start` as a process of its own, on a data folder of its own, with nothing streamed unless `input` says so. */
export class Touchstone {
  readonly dataDir = mkdtempSync(join(tmpdir(), "touchstone-test-"));
  private child: ChildProcess | undefined;
  private output = "";

  /** Starts it (again) and waits until it stays up. */
  async start(): Promise<Connection> {
    const empty = join(this.dataDir, "empty.jsonl");
    writeFileSync(empty, "");
    this.output = "";
    const args = ["local/start.ts", "--port", "0", "--data", this.dataDir, "--input", empty];
    const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "pipe"] });
    this.child = child;
    child.stderr?.on("data", (chunk: Buffer) => {
      this.output += chunk;
    });
    await new Promise<void>((resolve, reject) => {
      child.stdout?.on("data", (chunk: Buffer) => {
        this.output += chunk;
        if (this.output.includes("  stop     Ctrl-C")) resolve();
      });
      child.once("exit", (code) => reject(new Error(`it ended with ${code}:\n${this.output}`)));
    });
    const connection = readConnection(this.dataDir);
    if (!connection) throw new Error("it left no connection file");
    return connection;
  }

  /** What it printed since it was started. */
  get printed(): string {
    return this.output;
  }

  /** `kill -9`, or a polite stop; resolves once it has ended. */
  async stop(signal: "SIGKILL" | "SIGTERM"): Promise<number | null> {
    const { child } = this;
    if (!child || child.exitCode !== null) return child?.exitCode ?? null;
    const ended = new Promise<number | null>((resolve) => child.once("exit", resolve));
    child.removeAllListeners("exit");
    const done = new Promise<number | null>((resolve) => child.once("exit", resolve));
    child.kill(signal);
    return Promise.race([ended, done]);
  }

  /** Stops it and removes its data. */
  async end(): Promise<void> {
    await this.stop("SIGTERM");
    if (existsSync(this.dataDir)) rmSync(this.dataDir, { recursive: true, force: true });
  }
}
