import type { ItemMessage } from "../contracts/messages.ts";
import type { ItemRef } from "../domain/id.ts";
import type { Item } from "../domain/item.ts";
import { item as itemSchema } from "../domain/item.ts";
import type { Keys } from "../keys/keys.ts";

/** An item that is ready to be queued: who it is, the digest of its content, its fingerprints keyed. */
export interface PreparedItem<Kind extends Item = Item> {
  readonly item: Kind;
  readonly ref: ItemRef;
  readonly digest: string;
}

/** JSON with sorted keys: the same content gives the same bytes, whatever order its fields were sent in. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  const fields = Object.entries(value).filter(([, field]) => field !== undefined);
  fields.sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${fields.map(([name, field]) => `${JSON.stringify(name)}:${canonical(field)}`).join(",")}}`;
}

/** What makes a revision: facts about the author, their device or the target's owner may change without an edit. */
function contentOf(item: Item): unknown {
  const { revision: _, ...rest } = item;
  if (!("author" in rest)) return rest;
  const { fingerprints: __, author, ...content } = rest;
  if (content.kind === "post") return { ...content, author: author.id };
  const { owner: ___, ...target } = content.target;
  return { ...content, author: author.id, target };
}

async function keyed<F extends Record<string, string | undefined>>(
  keys: Pick<Keys, "digest">,
  tenant: string,
  fingerprints: F,
): Promise<F> {
  const entries = Object.entries(fingerprints).map(async ([use, value]) => {
    if (value === undefined || use === "id") return [use, value] as const;
    return [use, await keys.digest(tenant, `fingerprint/${use}`, value)] as const;
  });
  return Object.fromEntries(await Promise.all(entries)) as F;
}

/** Replaces the platform's digests by keyed ones: an unkeyed hash of an IP prefix can be enumerated. */
async function keyFingerprints<Kind extends Item>(
  keys: Pick<Keys, "digest">,
  tenant: string,
  item: Kind,
): Promise<Kind> {
  if (!("author" in item)) return item;
  const own = item.fingerprints ? { fingerprints: await keyed(keys, tenant, item.fingerprints) } : {};
  if (item.kind === "post" || !item.target.owner) return { ...item, ...own };
  const owner = await keyed(keys, tenant, item.target.owner);
  return { ...item, ...own, target: { ...item.target, owner } };
}

/** Gives an item its identity: its revision (the platform's, or one made of its content) and the digest of its content. */
export async function prepareItem<Kind extends Item>(
  keys: Pick<Keys, "digest">,
  tenant: string,
  item: Kind,
): Promise<PreparedItem<Kind>> {
  const digest = await keys.digest(tenant, "content", canonical(contentOf(item)));
  const revision = item.revision ?? `c.${digest.slice(0, 22)}`;
  return {
    item: await keyFingerprints(keys, tenant, item),
    ref: { kind: item.kind, id: item.id, revision },
    digest,
  };
}

const isPrivate = (item: Item): boolean => "channel" in item && item.channel.visibility === "private";
const sealContext = (tenant: string, ref: ItemRef): string => `queue#${tenant}#${ref.kind}#${ref.id}#${ref.revision}`;

/** The message of a prepared item; a private item enters the queue only sealed. */
export async function toMessage(
  keys: Pick<Keys, "seal">,
  tenant: string,
  { item, ref, digest }: PreparedItem,
  receivedAt: Date,
): Promise<ItemMessage> {
  const envelope = { v: 1, tenant, ref, digest, receivedAt: receivedAt.toISOString() } as const;
  if (!isPrivate(item)) return { ...envelope, item };
  const sealed = await keys.seal(tenant, sealContext(tenant, ref), JSON.stringify(item));
  return { ...envelope, sealed: Buffer.from(sealed).toString("base64") };
}

/** The item of a message, opened if it was sealed. @throws where it was sealed for another tenant or item. */
export async function itemOf(keys: Pick<Keys, "open">, message: ItemMessage): Promise<Item> {
  if (message.item) return message.item;
  const sealed = Buffer.from(message.sealed ?? "", "base64");
  const opened = await keys.open(message.tenant, sealContext(message.tenant, message.ref), sealed);
  return itemSchema.parse(JSON.parse(opened));
}
