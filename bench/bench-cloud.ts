import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { SynthesisedStack } from "../infra/synthesise.ts";
import { type Cloud, type CloudOptions, startCloud } from "../local/cloud.ts";
import { readStacks } from "../local/template/read.ts";
import { mintKey } from "../shared/domain/api-key.ts";
import { createTenant } from "../shared/keys/create-tenant.ts";
import { kmsClient } from "../shared/keys/kms.ts";
import { apiKeyStore } from "../shared/store/api-keys.ts";
import { documentClient } from "../shared/store/table.ts";
import { type Tap, variableOf } from "./tap.ts";

/** Nothing that is measured may run into a quota. */
const ITEMS_PER_MINUTE = 10_000_000;
const ENVIRONMENTS = 4;
const NEWLINE = 10;

/** A tenant of the bench, and the key that sends its items. */
export interface BenchTenant {
  readonly tenant: string;
  readonly token: string;
}

export interface BenchCloud {
  readonly cloud: Cloud;
  /** Makes a tenant with the settings that every tenant starts with, its quota apart. */
  addTenant(tenant: string, publishAllowed: boolean): Promise<BenchTenant>;
  /** What the functions have logged so far. */
  logged(): { readonly bytes: number; readonly lines: number };
  close(): Promise<void>;
}

const WORLD = { partition: "aws", account: "000000000000", region: "us-east-1" };

/** What leads every call of the functions through the tap; a queue's URL is where its calls go, whatever the endpoint. */
function environmentOf(stacks: readonly SynthesisedStack[], { urls }: Tap): Record<string, string> {
  const { outputs } = readStacks(stacks, { ...WORLD, queuesUrl: urls.sqs, apiUrl: "http://127.0.0.1" });
  const sends = ["Posts", "Reviews", "Audiences"].map((name) => [
    `QUEUE_${name.toUpperCase()}`,
    outputs[`Queue${name}`],
  ]);
  return Object.fromEntries([
    ...Object.entries(urls).map(([service, url]) => [variableOf(service as keyof typeof urls), url]),
    ...sends,
  ]);
}

/**
 * Starts an embedded cloud on a folder of its own, and makes it the one that this process's SDK clients find.
 * @param tap stands between its functions and its parts
 * @param how over what the benches have in common
 */
export async function openBenchCloud(
  stacks: readonly SynthesisedStack[],
  tap?: Tap,
  how: Partial<Omit<CloudOptions, "stacks" | "dataDir">> = {},
): Promise<BenchCloud> {
  const dataDir = mkdtempSync(join(tmpdir(), "touchstone-bench-"));
  const environment = tap ? environmentOf(stacks, tap) : {};
  const cloud = await startCloud({ stacks: [...stacks], dataDir, environment, concurrency: ENVIRONMENTS, ...how });
  tap?.connect(cloud.operatorEnvironment);
  Object.assign(process.env, cloud.operatorEnvironment);
  const { TableDirectory = "", KeyContent = "" } = cloud.outputs;
  const directory = { client: documentClient(), name: TableDirectory };
  return {
    cloud,
    async addTenant(tenant, publishAllowed) {
      const settings = { itemsPerMinute: ITEMS_PER_MINUTE, publishAllowed };
      await createTenant({ kms: kmsClient(), keyId: KeyContent, directory }, tenant, settings);
      const { key, token } = mintKey(tenant, "platform", new Date());
      await apiKeyStore(directory).add(key);
      return { tenant, token };
    },
    logged() {
      const folder = join(dataDir, "logs");
      const files = readdirSync(folder).filter((file) => file !== "cloud.log");
      const texts = files.map((file) => readFileSync(join(folder, file)));
      return {
        bytes: texts.reduce((sum, text) => sum + text.length, 0),
        lines: texts.reduce((sum, text) => sum + text.filter((byte) => byte === NEWLINE).length, 0),
      };
    },
    async close() {
      await cloud.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
