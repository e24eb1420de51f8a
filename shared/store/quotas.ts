import { UpdateCommand } from "@aws-sdk/lib-dynamodb";
import { epochSeconds, held, key, type Table } from "./table.ts";

export type Taken = { readonly ok: true } | { readonly ok: false; readonly retryAfterSeconds: number };

export interface Quotas {
  /** Takes `items` from the tenant's budget of this minute; a refusal takes nothing. */
  take(tenant: string, items: number, itemsPerMinute: number, now: Date): Promise<Taken>;
}

/** Items accepted a minute, counted in the directory: one write for each request, whatever its number of items. */
export function quotaStore({ client, name: TableName }: Table): Quotas {
  return {
    async take(tenant, items, itemsPerMinute, now) {
      const second = epochSeconds(now);
      const minute = Math.floor(second / 60);
      const room = itemsPerMinute - items;
      const refused = { ok: false, retryAfterSeconds: (minute + 1) * 60 - second } as const;
      if (room < 0) return refused;
      const taken = await held(
        client.send(
          new UpdateCommand({
            TableName,
            Key: { pk: key("tenant", tenant), sk: key("quota", String(minute)) },
            UpdateExpression: "ADD used :items SET expiresAt = :end",
            ConditionExpression: "attribute_not_exists(used) OR used <= :room",
            ExpressionAttributeValues: { ":items": items, ":room": room, ":end": second + 3_600 },
          }),
        ),
      );
      return taken ? { ok: true } : refused;
    },
  };
}
