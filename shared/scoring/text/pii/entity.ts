import type { Span } from "../../../domain/label.ts";

/** Kinds of personal data that are found; the mark of a redacted one is the kind in brackets. */
export const ENTITY_KINDS = [
  "email",
  "phone",
  "card",
  "iban",
  "national_id",
  "passport",
  "licence",
  "birth_date",
  "address",
  "ip",
] as const;
export type EntityKind = (typeof ENTITY_KINDS)[number];

/** One piece of personal data in the original text. */
export interface Entity {
  readonly kind: EntityKind;
  /** `[start, end)` in UTF-16 units of the original. */
  readonly span: Span;
  /** Chance that it is what it looks like, 0 to 1; judged by hand. */
  readonly confidence: number;
  /** Which national scheme, as "US SSN"; our own words. */
  readonly scheme?: string | undefined;
}
