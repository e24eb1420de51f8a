import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ScanCommand } from "@aws-sdk/lib-dynamodb";
import { bundleFunctions } from "../../../infra/bundle.ts";
import { synthesise } from "../../../infra/synthesise.ts";
import { type Cloud, startCloud } from "../../../local/cloud.ts";
import { mintKey } from "../../../shared/domain/api-key.ts";
import type { Role, TenantSettings } from "../../../shared/domain/tenant.ts";
import { createTenant } from "../../../shared/keys/create-tenant.ts";
import { kmsClient } from "../../../shared/keys/kms.ts";
import { apiKeyStore } from "../../../shared/store/api-keys.ts";
import { memberStore } from "../../../shared/store/members.ts";
import { documentClient, type Table } from "../../../shared/store/table.ts";
import { brandOf, colleague, colleagueOf, leaverOf, spareKeyOf } from "./belongings.ts";

/** The whole system in this process, on a folder of its own, with what tests do to it as its operator. */
export interface WholeCloud {
  readonly cloud: Cloud;
  readonly dataDir: string;
  /** The table of a stack output. */
  table(output: string): Table;
  addTenant(tenant: string, settings?: Partial<Omit<TenantSettings, "tenant">>): Promise<void>;
  /** A key's token; its state is what the authoriser will find. */
  keyFor(tenant: string, role: Role, state?: "valid" | "expired" | "revoked"): Promise<string>;
  /** Every row of every table, as text, by table and key. */
  rows(): Promise<Map<string, string>>;
  /** All that was logged. */
  logged(): string;
  end(): Promise<void>;
}

const HOUR = 3_600_000;

export interface WholeCloudOptions {
  /** Over the context of cdk.json. */
  readonly context?: Readonly<Record<string, unknown>>;
  /** Who answers for Amazon Comprehend. */
  readonly comprehend?: string;
  /** Variables for every function. */
  readonly environment?: Readonly<Record<string, string>>;
}

/** Starts it. SDK clients of this process find it by the environment. */
export async function openWholeCloud({ context = {}, ...asked }: WholeCloudOptions = {}): Promise<WholeCloud> {
  await bundleFunctions();
  const stacks = await synthesise({ nag: false, context });
  const dataDir = mkdtempSync(join(tmpdir(), "touchstone-security-"));
  const concurrencyOf = { deliver: 8, "deliver-again": 8 };
  const cloud = await startCloud({ stacks, dataDir, concurrencyOf, ...asked });
  Object.assign(process.env, cloud.operatorEnvironment);
  const client = documentClient();
  const table = (output: string): Table => {
    const name = cloud.outputs[output];
    if (name === undefined) throw new Error(`no stack output ${output}`);
    return { client, name };
  };
  return {
    cloud,
    dataDir,
    table,
    async addTenant(tenant, settings = {}) {
      const { KeyContent: keyId = "" } = cloud.outputs;
      await createTenant({ kms: kmsClient(), keyId, directory: table("TableDirectory") }, tenant, settings);
      const members = memberStore(table("TableDirectory"));
      for (const id of [colleagueOf(tenant), leaverOf(tenant)]) await members.set(tenant, { ...colleague(tenant), id });
      const { key } = mintKey(tenant, "auditor", new Date());
      await apiKeyStore(table("TableDirectory")).add({ ...key, id: spareKeyOf(tenant) });
    },
    async keyFor(tenant, role, state = "valid") {
      const now = new Date();
      const expires = state === "expired" ? new Date(now.getTime() - HOUR) : undefined;
      const brands = role === "brand" ? [brandOf(tenant)] : undefined;
      const { key, token } = mintKey(tenant, role, now, expires, brands);
      const keys = apiKeyStore(table("TableDirectory"));
      await keys.add(key);
      if (state === "revoked") await keys.revoke(tenant, key.id, now);
      return token;
    },
    async rows() {
      const all = new Map<string, string>();
      for (const output of Object.keys(cloud.outputs).filter((name) => name.startsWith("Table"))) {
        let ExclusiveStartKey: Record<string, unknown> | undefined;
        do {
          const page = await client.send(
            new ScanCommand({ TableName: table(output).name, ...(ExclusiveStartKey && { ExclusiveStartKey }) }),
          );
          for (const row of page.Items ?? []) all.set(`${output} ${row.pk} ${row.sk}`, JSON.stringify(row));
          ExclusiveStartKey = page.LastEvaluatedKey;
        } while (ExclusiveStartKey);
      }
      return all;
    },
    logged() {
      const filesBelow = (folder: string): string[] =>
        readdirSync(folder).flatMap((name) => {
          const path = join(folder, name);
          return statSync(path).isDirectory() ? filesBelow(path) : [path];
        });
      return filesBelow(join(dataDir, "logs"))
        .map((file) => readFileSync(file, "utf8"))
        .join("\n");
    },
    async end() {
      await cloud.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
