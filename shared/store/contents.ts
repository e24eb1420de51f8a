import { DeleteCommand, GetCommand, PutCommand } from "@aws-sdk/lib-dynamodb";
import type { ItemRef } from "../domain/id.ts";
import { type Content, content } from "../domain/kept-content.ts";
import type { AuthorKeys } from "../keys/author-keys.ts";
import type { Keys } from "../keys/keys.ts";
import { alive, daysAfter, key, type Table } from "./table.ts";

/** Whose words, and of which item. */
export interface ContentOf {
  readonly tenant: string;
  readonly author: string;
  readonly ref: ItemRef;
}

/** Days that a legal hold keeps evidence, unless an operator lets it go before. */
const HOLD_DAYS = 3_650;

const keyOf = ({ tenant, ref }: ContentOf) => ({ pk: key(tenant, ref.kind, ref.id), sk: ref.revision });
const sealContext = ({ tenant, ref }: ContentOf): string => key("content", tenant, ref.kind, ref.id, ref.revision);

export interface Contents {
  /** Keeps what was said, sealed with its author's key, for `days` days. Writing it again changes nothing. */
  keep(of: ContentOf, said: Content, now: Date, days: number): Promise<void>;
  /** @returns undefined where nothing was kept, its time is over, or its author was erased. */
  get(of: ContentOf, now: Date): Promise<Content | undefined>;
  /** Seals it anew under the tenant's key: a legal hold outlives the author's. */
  hold(of: ContentOf, now: Date): Promise<void>;
  remove(of: ContentOf): Promise<void>;
}

/** People's words in DynamoDB: always sealed, always with an end. */
export function contentStore(
  { client, name: TableName }: Table,
  authors: AuthorKeys,
  tenants: Pick<Keys, "seal" | "open">,
): Contents {
  const row = async (of: ContentOf, now: Date) => {
    const { Item } = await client.send(new GetCommand({ TableName, Key: keyOf(of), ConsistentRead: true }));
    return Item && alive(Item, now) ? Item : undefined;
  };
  const opened = async (of: ContentOf, found: Record<string, unknown>): Promise<string | undefined> => {
    const sealed = found.sealed as Uint8Array;
    if (found.hold === true) return tenants.open(of.tenant, sealContext(of), sealed);
    return authors.open(of.tenant, of.author, sealContext(of), sealed);
  };
  return {
    async keep(of, said, now, days) {
      const sealed = await authors.seal(of.tenant, of.author, sealContext(of), JSON.stringify(said));
      await client.send(new PutCommand({ TableName, Item: { ...keyOf(of), sealed, expiresAt: daysAfter(now, days) } }));
    },
    async get(of, now) {
      const found = await row(of, now);
      const said = found && (await opened(of, found));
      return said === undefined ? undefined : content.parse(JSON.parse(said));
    },
    async hold(of, now) {
      const found = await row(of, now);
      if (!found || found.hold === true) return;
      const said = await opened(of, found);
      if (said === undefined) return;
      const sealed = await tenants.seal(of.tenant, sealContext(of), said);
      await client.send(
        new PutCommand({ TableName, Item: { ...found, sealed, hold: true, expiresAt: daysAfter(now, HOLD_DAYS) } }),
      );
    },
    async remove(of) {
      await client.send(new DeleteCommand({ TableName, Key: keyOf(of) }));
    },
  };
}
