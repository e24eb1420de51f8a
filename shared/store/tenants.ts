import { GetCommand, PutCommand } from "@aws-sdk/lib-dynamodb";
import { type TenantSettings, tenantSettings } from "../domain/tenant.ts";
import { held, key, type Table } from "./table.ts";

export interface Tenants {
  settings(tenant: string): Promise<TenantSettings | undefined>;
  /** False where the tenant stands already. */
  create(settings: TenantSettings): Promise<boolean>;
}

/** Tenants' settings in the directory. */
export function tenantStore({ client, name: TableName }: Table): Tenants {
  const keyOf = (tenant: string) => ({ pk: key("tenant", tenant), sk: "settings" });
  return {
    async settings(tenant) {
      const { Item } = await client.send(new GetCommand({ TableName, Key: keyOf(tenant) }));
      return Item ? tenantSettings.parse(Item.settings) : undefined;
    },
    create: (settings) =>
      held(
        client.send(
          new PutCommand({
            TableName,
            Item: { ...keyOf(settings.tenant), settings },
            ConditionExpression: "attribute_not_exists(pk)",
          }),
        ),
      ),
  };
}
