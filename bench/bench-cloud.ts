import { mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { SynthesisedStack } from "../infra/synthesise.ts";
import { type Cloud, startCloud } from "../local/cloud.ts";
import { mintKey } from "../shared/domain/api-key.ts";
import { createTenant } from "../shared/keys/create-tenant.ts";
import { kmsClient } from "../shared/keys/kms.ts";
import { apiKeyStore } from "../shared/store/api-keys.ts";
import { documentClient } from "../shared/store/table.ts";

/** Nothing that is measured may run into a quota. */
const ITEMS_PER_MINUTE = 10_000_000;
const ENVIRONMENTS = 4;

/** A tenant of the bench, and the key that sends its items. */
export interface BenchTenant {
  readonly tenant: string;
  readonly token: string;
}

export interface BenchCloud {
  readonly cloud: Cloud;
  /** Makes a tenant with the settings that every tenant starts with, its quota apart. */
  addTenant(tenant: string, publishAllowed: boolean): Promise<BenchTenant>;
  /** Bytes that the functions have logged so far. */
  logBytes(): number;
  close(): Promise<void>;
}

/**
 * Starts an embedded cloud on a folder of its own, and makes it the one that this process's SDK clients find.
 * @param environment variables of every function, over the template's
 */
export async function openBenchCloud(
  stacks: readonly SynthesisedStack[],
  environment: Readonly<Record<string, string>> = {},
): Promise<BenchCloud> {
  const dataDir = mkdtempSync(join(tmpdir(), "touchstone-bench-"));
  const cloud = await startCloud({ stacks, dataDir, environment, concurrency: ENVIRONMENTS, warm: 0 });
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
    logBytes() {
      const folder = join(dataDir, "logs");
      const files = readdirSync(folder).filter((file) => file !== "cloud.log");
      return files.reduce((sum, file) => sum + statSync(join(folder, file)).size, 0);
    },
    async close() {
      await cloud.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
