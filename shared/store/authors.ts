import { DeleteCommand, GetCommand, PutCommand } from "@aws-sdk/lib-dynamodb";
import { together } from "../runtime/together.ts";
import { alive, batchGet, daysAfter, held, key, type Table } from "./table.ts";

/** Days that an erasure is remembered: longer than a message can live in a queue and its dead-letter queue. */
const ERASURE_DAYS = 30;

export interface Authors {
  /** The author's content key, sealed under the tenant's. */
  sealedKey(tenant: string, author: string): Promise<Uint8Array | undefined>;
  /** False where the author has a key already: the first stays. */
  addKey(tenant: string, author: string, sealed: Uint8Array): Promise<boolean>;
  /** Notes that the author is to be erased, so that what is still under way is not kept. */
  noteErasure(tenant: string, author: string, now: Date): Promise<void>;
  /** Destroys the author's content key: nothing that was sealed with it can be read again, here or in a backup. */
  destroyKey(tenant: string, author: string): Promise<void>;
  /** When the author was erased; what was received before then must not be kept. */
  erasedAt(tenant: string, author: string, now: Date): Promise<Date | undefined>;
}

/**
 * Authors' content keys. The table has no backups on purpose: a key that is destroyed here is destroyed everywhere, and
 * with it the author's words in every backup of the table `content`.
 */
export function authorStore(table: Table): Authors {
  const { client, name: TableName } = table;
  const keyOf = (tenant: string, author: string, sk: "key" | "erasure") => ({ pk: key(tenant, author), sk });
  /** The messages of one invocation are asked for together. */
  const erasureOf = together(async (pks: readonly string[]) => {
    const keys = [...new Set(pks)].map((pk) => ({ pk, sk: "erasure" }));
    const byPk = new Map((await batchGet(table, keys, true)).map((row) => [row.pk, row]));
    return pks.map((pk) => ({ status: "fulfilled" as const, value: byPk.get(pk) }));
  });
  return {
    async sealedKey(tenant, author) {
      const Key = keyOf(tenant, author, "key");
      const { Item } = await client.send(new GetCommand({ TableName, Key, ConsistentRead: true }));
      return Item?.sealed as Uint8Array | undefined;
    },
    addKey: (tenant, author, sealed) =>
      held(
        client.send(
          new PutCommand({
            TableName,
            Item: { ...keyOf(tenant, author, "key"), sealed },
            ConditionExpression: "attribute_not_exists(pk)",
          }),
        ),
      ),
    async noteErasure(tenant, author, now) {
      await client.send(
        new PutCommand({
          TableName,
          Item: {
            ...keyOf(tenant, author, "erasure"),
            at: now.toISOString(),
            expiresAt: daysAfter(now, ERASURE_DAYS),
          },
        }),
      );
    },
    async destroyKey(tenant, author) {
      await client.send(new DeleteCommand({ TableName, Key: keyOf(tenant, author, "key") }));
    },
    async erasedAt(tenant, author, now) {
      const row = await erasureOf(keyOf(tenant, author, "erasure").pk);
      return row && alive(row, now) ? new Date(String(row.at)) : undefined;
    },
  };
}
