import { GetCommand, PutCommand } from "@aws-sdk/lib-dynamodb";
import { held, key, type Table } from "./table.ts";

export interface DataKeys {
  /** The tenant's data key as KMS wrapped it. */
  wrapped(tenant: string): Promise<Uint8Array | undefined>;
  /** False where the tenant has one already: the first stays. */
  add(tenant: string, wrapped: Uint8Array): Promise<boolean>;
}

/** Wrapped data keys in the directory; only KMS can open them. */
export function dataKeyStore({ client, name: TableName }: Table): DataKeys {
  const keyOf = (tenant: string) => ({ pk: key("tenant", tenant), sk: "datakey" });
  return {
    async wrapped(tenant) {
      const { Item } = await client.send(new GetCommand({ TableName, Key: keyOf(tenant) }));
      return Item?.wrapped as Uint8Array | undefined;
    },
    add: (tenant, wrapped) =>
      held(
        client.send(
          new PutCommand({
            TableName,
            Item: { ...keyOf(tenant), wrapped },
            ConditionExpression: "attribute_not_exists(pk)",
          }),
        ),
      ),
  };
}
