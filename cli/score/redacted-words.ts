import type { Item } from "../../shared/domain/item.ts";
import { withoutPii } from "../../shared/scoring/text/pii/redact.ts";

/** What a person wrote of an item, with the personal data in it replaced by marks such as `[phone]`; nothing of others. */
export function redactedWords(item: Item): { readonly title?: string; readonly text?: string } {
  if (item.kind !== "post" && item.kind !== "review") return {};
  const title = item.kind === "review" ? item.title : undefined;
  return {
    ...(title === undefined ? {} : { title: withoutPii(title, item.country) }),
    ...(item.text === undefined ? {} : { text: withoutPii(item.text, item.country) }),
  };
}
