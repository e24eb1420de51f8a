import { PutCommand } from "@aws-sdk/lib-dynamodb";
import { caseKey } from "./cases.ts";
import { epochSeconds, queryAll, type Table } from "./table.ts";

/** Seconds that somebody counts as looking after they last said so. */
export const PRESENCE_SECONDS = 60;

export interface Onlooker {
  readonly by: string;
  readonly since: string;
}

export interface Presence {
  /** Says that somebody looks at a case. */
  look(tenant: string, caseId: string, by: string, now: Date): Promise<void>;
  /** Who looks at a case now. */
  of(tenant: string, caseId: string, now: Date): Promise<readonly Onlooker[]>;
}

/** Who looks at a case: a row each under the case, which ends by itself. */
export function presenceStore(table: Table): Presence {
  return {
    async look(tenant, id, by, now) {
      const Item = {
        ...caseKey(tenant, id, `presence#${by}`),
        by,
        since: now.toISOString(),
        expiresAt: epochSeconds(now) + PRESENCE_SECONDS,
      };
      await table.client.send(new PutCommand({ TableName: table.name, Item }));
    },
    async of(tenant, id, now) {
      const rows = await queryAll(table, {
        KeyConditionExpression: "pk = :pk AND begins_with(sk, :present)",
        ExpressionAttributeValues: { ":pk": caseKey(tenant, id).pk, ":present": "presence#" },
      });
      const present = rows.filter(({ expiresAt }) => Number(expiresAt) > epochSeconds(now));
      return present.map(({ by, since }) => ({ by: String(by), since: String(since) }));
    },
  };
}
