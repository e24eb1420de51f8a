import type { Span } from "../../../domain/label.ts";
import type { Finding } from "../finding.ts";
import type { Claimed } from "../tokenise.ts";
import type { Entity, EntityKind } from "./entity.ts";
import { findEntities } from "./find-entities.ts";

export interface PiiReading {
  readonly findings: readonly Finding[];
  /** Personal data by kind and place, in order. */
  readonly entities: readonly Entity[];
  /** Counts by kind, `pii_*`, and `hotlines`, numbers of companies. What does not occur is left out. */
  readonly features: Readonly<Record<string, number>>;
  /** Where a person could be reached: phones and e-mail addresses. Evidence for doxxing. */
  readonly contacts: readonly Span[];
  /** Street addresses. Evidence for doxxing. */
  readonly addresses: readonly Span[];
}

const SOURCE = "text-pii";

const KINDS: Readonly<Record<EntityKind, { readonly code: string; readonly severity: number }>> = {
  email: { code: "pii.email", severity: 2 },
  phone: { code: "pii.phone", severity: 2 },
  ip: { code: "pii.ip", severity: 2 },
  birth_date: { code: "pii.birth_date", severity: 2 },
  address: { code: "pii.address", severity: 3 },
  licence: { code: "pii.licence", severity: 3 },
  card: { code: "pii.card", severity: 4 },
  iban: { code: "pii.iban", severity: 4 },
  national_id: { code: "pii.national_id", severity: 4 },
  passport: { code: "pii.passport", severity: 4 },
};

export interface PiiContext {
  /** In private channels people hand out their own number: one step less severe. */
  readonly visibility: "public" | "private";
  /** ISO 3166-1 of the item, if the platform gave it. */
  readonly country?: string | undefined;
}

/** Personal data in the original text as findings. Linear. See `findEntities`. */
export function readPii(text: string, claimed: readonly Claimed[], { visibility, country }: PiiContext): PiiReading {
  const { entities, hotlines } = findEntities(text, claimed, country);
  const features: Record<string, number> = {};
  const findings: Finding[] = [];
  const spansOf = (...kinds: readonly EntityKind[]): Span[] =>
    entities.filter(({ kind }) => kinds.includes(kind)).map(({ span }) => span);
  for (const { kind, span, confidence, scheme } of entities) {
    const key = `pii_${kind}`;
    features[key] = (features[key] ?? 0) + 1;
    const { code, severity } = KINDS[kind];
    findings.push({
      label: "privacy.pii",
      severity: visibility === "public" ? severity : severity - 1,
      weight: confidence,
      code,
      ...(scheme === undefined ? {} : { params: { scheme } }),
      span,
      source: SOURCE,
    });
  }
  if (hotlines.length > 0) features.hotlines = hotlines.length;
  return { findings, entities, features, contacts: spansOf("phone", "email"), addresses: spansOf("address") };
}
