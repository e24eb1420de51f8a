import { GetCommand, PutCommand } from "@aws-sdk/lib-dynamodb";
import * as z from "zod";
import type { ItemRef } from "../domain/id.ts";
import type { Keys } from "../keys/keys.ts";
import { alive, daysAfter, key, type Table } from "./table.ts";

/** What a moderator may read of an item. `excerpt`: shortened, so that spans of the verdict do not point into it. */
export const content = z.strictObject({ text: z.string(), title: z.string().optional(), excerpt: z.boolean() });
export type Content = z.infer<typeof content>;

const pkOf = (tenant: string, ref: ItemRef): string => key(tenant, ref.kind, ref.id);
const sealContext = (tenant: string, ref: ItemRef): string => key("content", tenant, ref.kind, ref.id, ref.revision);

export interface Contents {
  /** Keeps what was said, sealed with the tenant's key, for `days` days. Writing it again changes nothing. */
  keep(tenant: string, ref: ItemRef, said: Content, now: Date, days: number): Promise<void>;
  /** @returns undefined where nothing was kept or its time is over. */
  get(tenant: string, ref: ItemRef, now: Date): Promise<Content | undefined>;
}

/** People's words in DynamoDB: always sealed, always with an end. */
export function contentStore({ client, name: TableName }: Table, keys: Pick<Keys, "seal" | "open">): Contents {
  return {
    async keep(tenant, ref, said, now, days) {
      const sealed = await keys.seal(tenant, sealContext(tenant, ref), JSON.stringify(said));
      await client.send(
        new PutCommand({
          TableName,
          Item: { pk: pkOf(tenant, ref), sk: ref.revision, sealed, expiresAt: daysAfter(now, days) },
        }),
      );
    },
    async get(tenant, ref, now) {
      const Key = { pk: pkOf(tenant, ref), sk: ref.revision };
      const { Item } = await client.send(new GetCommand({ TableName, Key, ConsistentRead: true }));
      if (!Item || !alive(Item, now)) return undefined;
      const opened = await keys.open(tenant, sealContext(tenant, ref), Item.sealed as Uint8Array);
      return content.parse(JSON.parse(opened));
    },
  };
}
