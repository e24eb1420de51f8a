import { mkdtempSync, rmSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Answer, Call, Service } from "../../../local/gate/call.ts";
import { serve } from "../../../local/gate/server.ts";
import { hostileInterceptors } from "../../../local/hostile/hostile-mode.ts";
import type { HostileInput } from "../../../local/hostile/options.ts";
import { hostileOptions } from "../../../local/hostile/options.ts";
import { openQueues } from "../../../local/parts/queues.ts";
import { openTables } from "../../../local/parts/tables.ts";

export interface HostileService {
  readonly config: {
    readonly endpoint: string;
    readonly region: string;
    readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
    readonly maxAttempts: number;
  };
  readonly urlOf: (url: string) => string;
  /** How often each kind of mishap came, such as `stale index`. */
  readonly mishaps: ReadonlyMap<string, number>;
  readonly stop: () => Promise<void>;
}

interface Part {
  handle(call: Call): Promise<Answer>;
  close(): Promise<void>;
}

async function start(service: Service, part: Part, input: HostileInput, remove: () => void): Promise<HostileService> {
  const options = hostileOptions.parse(input);
  const mishaps = new Map<string, number>();
  const note = (line: string) => {
    const kind = line.replace(/^hostile: /, "").replace(/ \w+:.*$/, "");
    mishaps.set(kind, (mishaps.get(kind) ?? 0) + 1);
  };
  const pass = hostileInterceptors(() => options, note).reduceRight<(call: Call) => Promise<Answer>>(
    (next, interceptor) => (call) => interceptor(call, next),
    part.handle,
  );
  // SNS and SQS share a port here: only the JSON protocol names its target.
  const named = (call: Call): Call =>
    service === "sqs" && call.headers["x-amz-target"] === undefined ? { ...call, service: "sns" } : call;
  const server = serve(
    service,
    (call) => pass(named(call)),
    () => {},
  );
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    config: {
      endpoint,
      region: "eu-west-1",
      credentials: { accessKeyId: "test", secretAccessKey: "test" },
      maxAttempts: 6,
    },
    // The names that fauxqs gives its queues end in .localhost, which not every machine resolves.
    urlOf: (url) => `${endpoint}${new URL(url).pathname}`,
    mishaps,
    async stop() {
      await part.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      remove();
    },
  };
}

function folder(): { path: string; remove: () => void } {
  const path = mkdtempSync(join(tmpdir(), "touchstone-hostile-"));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

/** The embedded DynamoDB behind the hostile mode. */
export function startHostileTables(options: HostileInput): Promise<HostileService> {
  const { path, remove } = folder();
  return start("dynamodb", openTables(path), options, remove);
}

/** The embedded SQS and SNS behind the hostile mode. */
export async function startHostileQueues(options: HostileInput): Promise<HostileService> {
  const { path, remove } = folder();
  return start("sqs", await openQueues(path, "eu-west-1"), options, remove);
}
