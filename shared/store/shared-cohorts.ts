import { DeleteCommand, PutCommand } from "@aws-sdk/lib-dynamodb";
import { alive, daysAfter, key, queryAll, type Table } from "./table.ts";
import { shortened } from "./text-bands.ts";

/** As long as an account's own sketches hold the followers by whom its rows are found. */
const DAYS = 14;

/** Which accounts of a tenant gained the same followers in suspicious times. */
export interface SharedCohorts {
  /**
   * Notes an account under followers that stand for such a time.
   * @returns under how many of them the other account stands with which it has most in common
   */
  meet(tenant: string, account: string, followers: readonly number[], now: Date): Promise<number>;
  /** Takes an account's notes away. */
  leave(tenant: string, account: string, followers: readonly number[]): Promise<void>;
}

/**
 * One small row for each follower and account, in the table `signals`; written only for the few followers that stand for
 * a suspicious time, when a verdict newly tells of it. Hashes on both sides: the rows name nobody.
 */
export function sharedCohorts(table: Table): SharedCohorts {
  const { client, name: TableName } = table;
  const pkOf = (tenant: string, follower: number): string => key(tenant, "cohort", String(follower));
  return {
    async meet(tenant, account, followers, now) {
      const own = shortened(account);
      const met = new Map<string, number>();
      await Promise.all(
        followers.map(async (follower) => {
          const pk = pkOf(tenant, follower);
          await client.send(new PutCommand({ TableName, Item: { pk, sk: own, expiresAt: daysAfter(now, DAYS) } }));
          // After the own note: of two who come at the same time one at least meets the other.
          const rows = await queryAll(table, {
            KeyConditionExpression: "pk = :pk",
            ExpressionAttributeValues: { ":pk": pk },
            ConsistentRead: true,
            Limit: 50,
          });
          for (const { sk, ...row } of rows)
            if (sk !== own && alive(row, now)) met.set(String(sk), (met.get(String(sk)) ?? 0) + 1);
        }),
      );
      return Math.max(0, ...met.values());
    },
    async leave(tenant, account, followers) {
      const sk = shortened(account);
      await Promise.all(
        followers.map((follower) =>
          client.send(new DeleteCommand({ TableName, Key: { pk: pkOf(tenant, follower), sk } })),
        ),
      );
    },
  };
}
