import type { LinkSign } from "./link-evidence.ts";

/** Signs of the address itself, and those that its surroundings in the text give. */
export type Sign = LinkSign | "mismatch" | "script_url" | "defanged";

interface Points {
  /** Log odds that the sign adds. */
  readonly points: number;
  /** Code of its reason, see shared/domain/reason-links.ts. */
  readonly code: string;
  /** Severity of a link that has it, once the link is suspicious at all. */
  readonly severity: number;
}

const of = (code: string, points: number, severity: number): Points => ({ code, points, severity });

/**
 * Log odds of a link in a post before anything is known of it: about one in eighty. Points were set by hand below the log
 * likelihood ratios of one half of a public set of 60,000 addresses (`eval/links.ts` prints both halves; benign
 * ones there are home pages, so cheap zones and shared hosts look worse in it than they are).
 */
const BEFORE = -4.4;

const CARD: Readonly<Record<Sign, Points>> = {
  lookalike: of("link.lookalike", 5.5, 5),
  near_brand: of("link.lookalike", 3.8, 3),
  brand_beside: of("link.brand_in_host", 4.5, 4),
  brand_in_host: of("link.brand_in_host", 5.6, 5),
  mixed_script: of("link.mixed_script", 5.5, 5),
  mismatch: of("link.mismatch", 6, 5),
  userinfo: of("link.userinfo", 5, 5),
  script_url: of("link.script_url", 6, 5),
  ip_host: of("link.ip_host", 4.6, 4),
  odd_ip: of("link.ip_host", 2, 5),
  shortener: of("link.shortener", 3.6, 1),
  free_zone: of("link.cheap_zone", 3.8, 3),
  cheap_zone: of("link.cheap_zone", 1.8, 3),
  credential_paths: of("link.credential", 3, 3),
  credential_path: of("link.credential", 1.8, 3),
  credential_host: of("link.credential", 2, 3),
  shared_host: of("link.shared_host", 2.4, 3),
  form_host: of("link.shared_host", 1.3, 3),
  brand_in_path: of("link.brand_in_path", 2.6, 3),
  redirect: of("link.redirect", 2, 3),
  subdomains: of("link.subdomains", 2, 3),
  digits: of("link.odd_name", 2.2, 3),
  hyphens: of("link.odd_name", 1.5, 3),
  random_name: of("link.odd_name", 0.8, 3),
  long_token: of("link.long_token", 1.5, 3),
  recipient: of("link.recipient", 3.2, 3),
  planted: of("link.planted", 2.8, 3),
  punycode: of("link.punycode", 0.7, 2),
  port: of("link.port", 0.8, 2),
  defanged: of("link.defanged", 1, 2),
};

/** One reason for a link's risk with its share of it. */
export interface LinkReason {
  readonly code: string;
  /** Shares of one link together give its probability: 1 − Π(1 − weight). */
  readonly weight: number;
}

export interface LinkRisk {
  /** Chance that the link is unsafe, 0 to 1. */
  readonly probability: number;
  readonly severity: number;
  readonly reasons: readonly LinkReason[];
}

/** Adds up a link's signs. */
export function weighSigns(signs: Iterable<Sign>): LinkRisk {
  const byCode = new Map<string, number>();
  let total = 0;
  let severity = 0;
  for (const sign of signs) {
    const { code, points, severity: own } = CARD[sign];
    byCode.set(code, (byCode.get(code) ?? 0) + points);
    total += points;
    severity = Math.max(severity, own);
  }
  const probability = 1 / (1 + Math.exp(-(BEFORE + total)));
  const reasons = [...byCode].map(([code, points]) => ({ code, weight: 1 - (1 - probability) ** (points / total) }));
  return { probability, severity, reasons };
}
