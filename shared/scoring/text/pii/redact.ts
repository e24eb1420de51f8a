import { readLinks } from "../links/read-links.ts";
import type { Entity } from "./entity.ts";
import { findEntities } from "./find-entities.ts";

/** Replaces each entity by its kind in brackets: `[phone]`. The entities must be of this text; overlapping ones become one mark. */
export function redact(text: string, entities: readonly Pick<Entity, "kind" | "span">[]): string {
  let clean = "";
  let at = 0;
  for (const { kind, span } of [...entities].sort((a, b) => a.span[0] - b.span[0])) {
    if (span[0] >= at) clean += `${text.slice(at, span[0])}[${kind}]`;
    at = Math.max(at, span[1]);
  }
  return clean + text.slice(at);
}

/** Bounds the work on texts made so that each mark brings a new find to light. */
const MOST_PASSES = 4;

/** A text without the personal data that can be found in it, nor in what is left when that is gone. */
export function withoutPii(text: string, country?: string): string {
  let clean = text;
  for (let pass = 0; pass < MOST_PASSES; pass++) {
    const { entities } = findEntities(clean, readLinks(clean).claimed, country);
    if (entities.length === 0) break;
    clean = redact(clean, entities);
  }
  return clean;
}
