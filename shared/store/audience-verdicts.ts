import { DeleteCommand, PutCommand, QueryCommand } from "@aws-sdk/lib-dynamodb";
import { caseIdOf } from "../domain/case.ts";
import type { Reversal } from "../domain/reversal.ts";
import { type Verdict, verdict } from "../domain/verdict.ts";
import { alive, daysAfter, held, key, type Table } from "./table.ts";
import { markReversed, reversalIn } from "./verdicts.ts";

const VERSION_DIGITS = 8;
const REMOVED_AT_ONCE = 100;
const skOf = (version: number): string => `v${String(version).padStart(VERSION_DIGITS, "0")}`;

export interface VersionedVerdict {
  readonly version: number;
  /** Undefined where its time is over: its number stays taken until DynamoDB has removed the row. */
  readonly verdict: Verdict | undefined;
  /** How its action was taken back, where it was. */
  readonly reversal?: Reversal;
}

export interface AudienceVerdicts {
  /** The newest verdict on an account's audience. */
  latest(tenant: string, account: string, now: Date): Promise<VersionedVerdict | undefined>;
  /** The account whose audience's case has this id, as long as a verdict on it is kept: who erases it forgets that first. */
  accountNamed(tenant: string, caseId: string): Promise<string | undefined>;
  /** Adds a version; false where that version stands already. Versions are never changed. */
  add(made: Verdict, version: number, days: number): Promise<boolean>;
  /** Notes that a version's action was taken back, as `Verdicts.reverse` does. */
  reverse(tenant: string, account: string, version: number, made: Reversal): Promise<boolean>;
  /** Removes up to 100 versions, and whose audience it was. @returns how many there were. */
  removeSome(tenant: string, account: string): Promise<number>;
}

/** The evolving verdict of each account's audience: one row a version, in the table `verdicts`. */
export function audienceVerdictStore({ client, name: TableName }: Table): AudienceVerdicts {
  const pkOf = (tenant: string, account: string): string => key(tenant, "account", account);
  const namePk = (tenant: string, caseId: string): string => key(tenant, "named", caseId);
  const nameKey = (tenant: string, account: string) => ({
    pk: namePk(tenant, caseIdOf(tenant, { kind: "audience", id: account, revision: "" })),
    sk: "account",
  });
  return {
    async latest(tenant, account, now) {
      const { Items = [] } = await client.send(
        new QueryCommand({
          TableName,
          KeyConditionExpression: "pk = :pk",
          ExpressionAttributeValues: { ":pk": pkOf(tenant, account) },
          ScanIndexForward: false,
          Limit: 1,
          ConsistentRead: true,
        }),
      );
      const [row] = Items;
      if (!row) return undefined;
      const version = Number(String(row.sk).slice(1));
      const reversed = reversalIn(row);
      return {
        version,
        verdict: alive(row, now) ? verdict.parse(row.verdict) : undefined,
        ...(reversed ? { reversal: reversed } : {}),
      };
    },
    async accountNamed(tenant, caseId) {
      const { Items = [] } = await client.send(
        new QueryCommand({
          TableName,
          KeyConditionExpression: "pk = :pk",
          ExpressionAttributeValues: { ":pk": namePk(tenant, caseId) },
          ConsistentRead: true,
        }),
      );
      return Items[0] && String(Items[0].account);
    },
    async add(made, version, days) {
      const { tenant, ref, digest, scoredAt } = made;
      const expiresAt = daysAfter(new Date(scoredAt), days);
      // First, and with every version: what notes the version by its case's id must find the account as long as it stands.
      await client.send(
        new PutCommand({ TableName, Item: { ...nameKey(tenant, ref.id), account: ref.id, expiresAt } }),
      );
      return await held(
        client.send(
          new PutCommand({
            TableName,
            Item: { pk: pkOf(tenant, ref.id), sk: skOf(version), state: "scored", digest, verdict: made, expiresAt },
            ConditionExpression: "attribute_not_exists(pk)",
          }),
        ),
      );
    },
    reverse: (tenant, account, version, made) =>
      markReversed({ client, name: TableName }, { pk: pkOf(tenant, account), sk: skOf(version) }, made),
    async removeSome(tenant, account) {
      const { Items = [] } = await client.send(
        new QueryCommand({
          TableName,
          KeyConditionExpression: "pk = :pk",
          ExpressionAttributeValues: { ":pk": pkOf(tenant, account) },
          ProjectionExpression: "pk, sk",
          Limit: REMOVED_AT_ONCE,
        }),
      );
      const keys = [nameKey(tenant, account), ...Items.map(({ pk, sk }) => ({ pk, sk }))];
      await Promise.all(keys.map((Key) => client.send(new DeleteCommand({ TableName, Key }))));
      return Items.length;
    },
  };
}
