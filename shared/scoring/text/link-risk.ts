import { parse } from "tldts";
import type { Reason, Span } from "../../domain/label.ts";
import { CREDENTIAL_WORDS, SHORTENERS } from "./brands.ts";
import { findLookalike } from "./lookalike.ts";

export const RISK_KINDS = ["shortener", "ip_host", "punycode", "lookalike", "credential_path", "mismatch"] as const;

/** One thing that is suspicious about a link's address. */
interface Risk {
  readonly kind: (typeof RISK_KINDS)[number];
  readonly code: string;
  readonly severity: number;
  readonly weight: number;
  readonly params?: Reason["params"];
}

/** How far around a link, and into its path, to look, in UTF-16 units. */
const MOST_AROUND = 300;

const DOMAIN_LIKE = /^[^\s/@]{1,200}\.[^\s/@.]{2,24}$/;

/** The registrable domain that a link's visible words name, if they name one. */
function shownDomain(shown: string): string | undefined {
  const bare = shown.trim().replace(/^https?:\/\//i, "");
  const host = bare.split(/[/?#]/, 1)[0] ?? "";
  if (!DOMAIN_LIKE.test(host)) return undefined;
  const parsed = parse(host);
  return parsed.isIcann === true ? (parsed.domain ?? undefined) : undefined;
}

/** What a markdown or HTML link shows for its target, looking a bounded way around it. */
function shownText(text: string, [start, end]: Span): string | undefined {
  const before = text.slice(Math.max(0, start - MOST_AROUND), start);
  if (before.endsWith("](")) {
    const open = before.lastIndexOf("[");
    return open < 0 ? undefined : before.slice(open + 1, -2);
  }
  if (!/href\s?=\s?["']?$/i.test(before.slice(-12))) return undefined;
  const after = text.slice(end, end + MOST_AROUND);
  const opened = after.indexOf(">");
  const closed = after.indexOf("<", opened + 1);
  return opened < 0 || closed < 0 ? undefined : after.slice(opened + 1, closed);
}

/** What is suspicious about the link at `span`, which leads to `url`. Bounded work, whatever the text's length. */
export function findRisks(text: string, span: Span, url: string): Risk[] {
  const risks: Risk[] = [];
  const { hostname, domain, domainWithoutSuffix, publicSuffix, isIp } = parse(url);
  const host = hostname ?? "";
  const bare = isIp === true;
  if (bare) risks.push({ kind: "ip_host", code: "link.ip_host", severity: 4, weight: 0.7 });
  if (domain !== null && SHORTENERS.has(domain)) {
    risks.push({ kind: "shortener", code: "link.shortener", severity: 1, weight: 0.3 });
  }
  const lookalike = findLookalike(host, domainWithoutSuffix ?? "", publicSuffix ?? "");
  if (lookalike !== undefined) {
    const { code, weight, brand } = lookalike;
    risks.push({ kind: "lookalike", code, severity: 5, weight, params: { brand } });
  }
  if (host.split(".").some((label) => label.startsWith("xn--"))) {
    risks.push({ kind: "punycode", code: "link.punycode", severity: 2, weight: 0.35 });
  }
  const afterScheme = url.slice(url.indexOf("//") + 2, url.indexOf("//") + 2 + 2 * MOST_AROUND);
  const authority = afterScheme.split(/[/?#]/, 1)[0] ?? "";
  const path = afterScheme.slice(authority.length).toLowerCase();
  const words = CREDENTIAL_WORDS.filter((word) => path.includes(word)).length;
  if (words > 0) {
    // One such word is on many honest sites; two on one path, or one on a bare address, are not.
    const grave = words > 1 || bare;
    risks.push({
      kind: "credential_path",
      code: "link.credential_path",
      severity: grave ? 3 : 1,
      weight: grave ? 0.5 : 0.25,
    });
  }
  const shown = shownText(text, span);
  const claims = shown === undefined ? undefined : shownDomain(shown);
  if ((claims !== undefined && claims !== domain) || authority.includes("@")) {
    risks.push({ kind: "mismatch", code: "link.mismatch", severity: 5, weight: 0.85 });
  }
  return risks;
}
