import type { TenantSettings } from "../domain/tenant.ts";
import { type Keys, tenantKeys } from "../keys/keys.ts";
import { kmsClient, unwrapByKms } from "../keys/kms.ts";
import { dataKeyStore } from "../store/data-keys.ts";
import type { Table } from "../store/table.ts";
import { tenantStore } from "../store/tenants.ts";
import type { Clock } from "./clock.ts";
import { expiringCache } from "./expiring-cache.ts";

/** Seconds that an execution environment trusts what it read of a tenant. */
const SETTINGS_SECONDS = 30;

export type SettingsOf = (tenant: string) => Promise<TenantSettings | undefined>;

/** A tenant's settings, read at most every 30 seconds by an execution environment. */
export const cachedSettings = (directory: Table, clock: Clock): SettingsOf =>
  expiringCache(tenantStore(directory).settings, SETTINGS_SECONDS, clock);

/** Tenants' keys, opened by KMS from the directory. */
export const keysByKms = (directory: Table, keyId: string, clock: Clock): Keys =>
  tenantKeys(unwrapByKms(kmsClient(), keyId, dataKeyStore(directory)), clock);
