import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Connection, readConnection } from "../../local/connection.ts";
import type { HostileInput } from "../../local/hostile/options.ts";
import { writeOptions } from "../../local/hostile/options-file.ts";

const UP = "  stop     Ctrl-C";

/** The embedded cloud as a process that can be killed, on a data folder of its own, with the hostile mode at hand. */
export class CloudProcess {
  readonly dataDir = mkdtempSync(join(tmpdir(), "touchstone-soak-"));
  private readonly options = join(this.dataDir, "hostile.json");
  private child: ChildProcess | undefined;

  constructor() {
    writeFileSync(this.options, "{}");
  }

  /** Starts it (again) and resolves once it answers. @throws Error with what it printed where it ends instead. */
  async start(): Promise<Connection> {
    const empty = join(this.dataDir, "empty.jsonl");
    writeFileSync(empty, "");
    const args = ["local/start.ts", "--port", "0", "--data", this.dataDir, "--input", empty];
    const env = { ...process.env, TOUCHSTONE_HOSTILE: this.options };
    const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "pipe"], env });
    this.child = child;
    let printed = "";
    const note = (chunk: Buffer) => {
      printed = (printed + chunk).slice(-20_000);
    };
    child.stderr?.on("data", note);
    await new Promise<void>((resolve, reject) => {
      child.stdout?.on("data", (chunk: Buffer) => {
        note(chunk);
        if (printed.includes(UP)) resolve();
      });
      child.once("exit", (code) => reject(new Error(`it ended with ${code}:\n${printed}`)));
    });
    const connection = readConnection(this.dataDir);
    if (!connection) throw new Error("it left no connection file");
    return connection;
  }

  /** From now on calls meet this, also after a restart. */
  behave(options: HostileInput): Promise<void> {
    return writeOptions(this.options, options);
  }

  /** `kill -9`, or a polite stop; resolves once it has ended. */
  async stop(signal: "SIGKILL" | "SIGTERM"): Promise<void> {
    const { child } = this;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    child.removeAllListeners("exit");
    const ended = new Promise((resolve) => child.once("exit", resolve));
    child.kill(signal);
    await ended;
  }

  /** Stops it and removes its data. */
  async end(): Promise<void> {
    await this.stop("SIGKILL");
    rmSync(this.dataDir, { recursive: true, force: true });
  }
}
