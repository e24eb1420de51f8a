import { isDeepStrictEqual } from "node:util";
import type { ItemMessage } from "../contracts/messages.ts";
import type { Item, ItemKind } from "../domain/item.ts";
import type { TenantSettings } from "../domain/tenant.ts";
import type { Verdict } from "../domain/verdict.ts";
import type { Keys } from "../keys/keys.ts";
import type { SettingsOf } from "../runtime/tenant-context.ts";
import { Unprocessable } from "../runtime/unprocessable.ts";
import type { Authors } from "../store/authors.ts";
import { itemOf } from "./prepare-item.ts";

export interface OpenedMessage<Kind extends ItemKind> {
  readonly item: Extract<Item, { kind: Kind }>;
  readonly settings: TenantSettings;
}

export interface MessagePorts {
  readonly settingsOf: SettingsOf;
  readonly keys: Pick<Keys, "open">;
  readonly authors: Pick<Authors, "erasedAt">;
}

/** Who wrote it, or whose audience it is about. */
const personOf = (item: Item): string => ("author" in item ? item.author.id : item.account.id);

/**
 * The item of a message and its tenant's settings.
 * @returns undefined where its author was erased after it was received: nothing of it may be kept.
 * @throws Unprocessable where the tenant is not known, or the item is not the one that the message speaks of.
 */
export async function openMessage<const Kind extends ItemKind>(
  { settingsOf, keys, authors }: MessagePorts,
  message: ItemMessage,
  kinds: readonly Kind[],
): Promise<OpenedMessage<Kind> | undefined> {
  const settings = await settingsOf(message.tenant);
  if (!settings) throw new Unprocessable("tenant_unknown");
  const item = await itemOf(keys, message);
  const { kind, id } = message.ref;
  if (item.kind !== kind || item.id !== id || !kinds.includes(item.kind as Kind))
    throw new Unprocessable("item_is_not_the_referenced_one");
  const receivedAt = new Date(message.receivedAt);
  const erasedAt = await authors.erasedAt(message.tenant, personOf(item), receivedAt);
  if (erasedAt && erasedAt >= receivedAt) return undefined;
  return { settings, item: item as OpenedMessage<Kind>["item"] };
}

/**
 * The verdict that `POST /v1/score` sent along, or else the one that `judge` makes.
 * @throws Unprocessable where the one sent along is about another item.
 */
export function verdictFor<Made extends Verdict | Promise<Verdict>>(
  message: ItemMessage,
  judge: () => Made,
): Verdict | Made {
  const { tenant, ref, digest, verdict } = message;
  if (!verdict) return judge();
  if (verdict.tenant !== tenant || verdict.digest !== digest || !isDeepStrictEqual(verdict.ref, ref))
    throw new Unprocessable("verdict_of_another_item");
  return verdict;
}
