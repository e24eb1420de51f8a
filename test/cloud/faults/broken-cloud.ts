import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { checkInvariants, type Finding } from "../../../bench/soak/invariants.ts";
import { type Observer, observer } from "../../../bench/soak/observe.ts";
import type { Promises } from "../../../bench/soak/promises.ts";
import { bundleFunctions } from "../../../infra/bundle.ts";
import { synthesise } from "../../../infra/synthesise.ts";
import { type Cloud, startCloud } from "../../../local/cloud.ts";
import type { HostileInput } from "../../../local/hostile/options.ts";
import { writeOptions } from "../../../local/hostile/options-file.ts";
import { mintKey } from "../../../shared/domain/api-key.ts";
import type { Role } from "../../../shared/domain/tenant.ts";
import { createTenant } from "../../../shared/keys/create-tenant.ts";
import { kmsClient } from "../../../shared/keys/kms.ts";
import { apiKeyStore } from "../../../shared/store/api-keys.ts";
import { documentClient } from "../../../shared/store/table.ts";

/** The whole system in this process with the hostile mode at hand. SDK clients find it by the environment. */
export interface BrokenCloud {
  readonly dataDir: string;
  cloud(): Cloud;
  observer(): Observer;
  /** From now on calls of functions meet this, and only this. */
  behave(options: HostileInput): Promise<void>;
  /** Ends it and starts it on the same data: what was received and not deleted is at once there again. */
  restart(): Promise<void>;
  addTenant(tenant: string, itemsPerMinute: number): Promise<void>;
  keyFor(tenant: string, role: Role): Promise<string>;
  check(promises: Promises): Promise<Finding[]>;
  end(): Promise<void>;
}

export async function openBrokenCloud(): Promise<BrokenCloud> {
  await bundleFunctions();
  const stacks = await synthesise({ nag: false });
  const dataDir = mkdtempSync(join(tmpdir(), "touchstone-faults-"));
  const hostile = join(dataDir, "hostile.json");
  writeFileSync(hostile, "{}");
  const open = async () => {
    const cloud = await startCloud({ stacks, dataDir, hostile });
    Object.assign(process.env, cloud.operatorEnvironment);
    return { cloud, observer: observer({ outputs: cloud.outputs, environment: cloud.operatorEnvironment }) };
  };
  let now = await open();
  const directory = () => ({ client: documentClient(), name: now.cloud.outputs.TableDirectory ?? "" });
  return {
    dataDir,
    cloud: () => now.cloud,
    observer: () => now.observer,
    behave: (options) => writeOptions(hostile, options),
    async restart() {
      now.observer.close();
      await now.cloud.close();
      now = await open();
    },
    async addTenant(tenant, itemsPerMinute) {
      const keyId = now.cloud.outputs.KeyContent ?? "";
      await createTenant({ kms: kmsClient(), keyId, directory: directory() }, tenant, { itemsPerMinute });
    },
    async keyFor(tenant, role) {
      const { key, token } = mintKey(tenant, role, new Date());
      await apiKeyStore(directory()).add(key);
      return token;
    },
    async check(promises) {
      return checkInvariants(promises, await now.observer.all());
    },
    async end() {
      now.observer.close();
      await now.cloud.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
