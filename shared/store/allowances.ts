import { GetCommand, PutCommand } from "@aws-sdk/lib-dynamodb";
import * as z from "zod";
import { epochSeconds, held, key, type Table } from "./table.ts";

/** At most so many in any so many seconds. */
export interface Limit {
  readonly most: number;
  readonly seconds: number;
}

const use = z.strictObject({
  /** Epoch seconds. */
  at: z.int(),
  /** What it was used for: the same is not counted twice. */
  id: z.string(),
  /** Whom it was used by, or for. */
  by: z.string(),
});
export type Use = z.infer<typeof use>;

export interface Allowances {
  /** What was used of one, the oldest first, as far as `seconds` ago. */
  used(tenant: string, name: string, seconds: number, now: Date): Promise<readonly Use[]>;
  /**
   * Uses one up, where no limit is reached yet. True also where it was used for the same `id` before: whoever repeats
   * after a crash goes on.
   */
  take(
    tenant: string,
    name: string,
    asked: Pick<Use, "id" | "by">,
    limits: readonly Limit[],
    now: Date,
  ): Promise<boolean>;
}

const MOST_TRIES = 10;

/** Is there room for one more? */
export const isAllowed = (uses: readonly Use[], limits: readonly Limit[], now: Date): boolean =>
  limits.every(({ most, seconds }) => uses.filter(({ at }) => at > epochSeconds(now) - seconds).length < most);

/** How often something may be done in a sliding window, a row each, in the table of deliveries. */
export function allowanceStore({ client, name: TableName }: Table): Allowances {
  const keyOf = (tenant: string, name: string) => ({ pk: key(tenant, "allowance", name), sk: "used" });
  const read = async (tenant: string, name: string) => {
    const { Item } = await client.send(new GetCommand({ TableName, Key: keyOf(tenant, name), ConsistentRead: true }));
    return { uses: z.array(use).parse(Item?.uses ?? []), version: z.int().parse(Item?.version ?? 0) };
  };
  const since = (uses: readonly Use[], seconds: number, now: Date): Use[] =>
    uses.filter(({ at }) => at > epochSeconds(now) - seconds);
  return {
    async used(tenant, name, seconds, now) {
      return since((await read(tenant, name)).uses, seconds, now);
    },
    async take(tenant, name, asked, limits, now) {
      const longest = Math.max(...limits.map(({ seconds }) => seconds));
      for (let attempt = 0; attempt < MOST_TRIES; attempt += 1) {
        const { uses, version } = await read(tenant, name);
        if (uses.some(({ id }) => id === asked.id)) return true;
        if (!isAllowed(uses, limits, now)) return false;
        const Item = {
          ...keyOf(tenant, name),
          uses: [...since(uses, longest, now), { ...asked, at: epochSeconds(now) }],
          version: version + 1,
          expiresAt: epochSeconds(now) + longest,
        };
        const write = new PutCommand({
          TableName,
          Item,
          ConditionExpression: version === 0 ? "attribute_not_exists(pk)" : "version = :before",
          ...(version === 0 ? {} : { ExpressionAttributeValues: { ":before": version } }),
        });
        if (await held(client.send(write))) return true;
      }
      throw new Error("an allowance was always used by somebody else");
    },
  };
}
