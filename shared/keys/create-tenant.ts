import type { KMSClient } from "@aws-sdk/client-kms";
import { defaultSettings, type TenantSettings } from "../domain/tenant.ts";
import { dataKeyStore } from "../store/data-keys.ts";
import type { Table } from "../store/table.ts";
import { tenantStore } from "../store/tenants.ts";
import { createDataKey } from "./kms.ts";

/**
 * Creates a tenant: its data key first, then its settings, so that a tenant with settings always has a key. For
 * operators; doing it again changes nothing.
 * @returns false where the tenant stood already.
 */
export async function createTenant(
  { kms, keyId, directory }: { readonly kms: KMSClient; readonly keyId: string; readonly directory: Table },
  tenant: string,
  settings: Partial<Omit<TenantSettings, "tenant">> = {},
): Promise<boolean> {
  await createDataKey(kms, keyId, dataKeyStore(directory), tenant);
  return tenantStore(directory).create({ ...defaultSettings(tenant), ...settings });
}
