import type { Span } from "../../domain/label.ts";
import type { Signal } from "./child-safety.ts";
import type { Finding } from "./finding.ts";

/** Furthest that the detail may stand from the words that say whose it is, in UTF-16 units. */
const NEAR = 120;

const near = (a: readonly [number, number], b: readonly [number, number]): boolean =>
  a[0] - b[1] <= NEAR && b[0] - a[1] <= NEAR;

/**
 * Words that point at a third person's whereabouts or number (`dox.third_person`) beside the detail itself: a phone, an
 * e-mail address, or a street address (`dox.street`). Either alone is no doxxing.
 */
export function findDoxxing(signals: readonly Signal[], contacts: readonly Span[]): Finding[] {
  const pointing = signals.filter((signal) => signal.code === "dox.third_person");
  if (pointing.length === 0) return [];
  const streets = signals.filter((signal) => signal.code === "dox.street");
  const findings: Finding[] = [];
  for (const { span } of pointing) {
    const street = streets.find((candidate) => near(candidate.span, span));
    const contact = contacts.find((candidate) => near(candidate, span));
    const detail = street?.span ?? contact;
    if (detail === undefined) continue;
    findings.push({
      label: "privacy.doxxing",
      severity: street === undefined ? 5 : 6,
      weight: 0.75,
      code: street === undefined ? "dox.contact" : "dox.address",
      span: [Math.min(span[0], detail[0]), Math.max(span[1], detail[1])],
      source: "text-pii",
    });
    if (findings.length === 8) break;
  }
  return findings;
}
