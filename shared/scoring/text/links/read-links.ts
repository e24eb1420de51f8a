import type { Finding } from "../finding.ts";
import type { Claimed } from "../tokenise.ts";
import { PROMOTING_HOSTS } from "./brands.ts";
import { type FoundLink, findLinks } from "./find-links.ts";
import { type Sign, weighSigns } from "./link-card.ts";
import { type LinkEvidence, readAddress } from "./link-evidence.ts";
import { type Shown, shownDomain, shownText } from "./shown-text.ts";

export interface LinkReading {
  /** Links and e-mail addresses, sorted by place. */
  readonly claimed: readonly Claimed[];
  readonly findings: readonly Finding[];
  /** Counts by kind and `link_risk`, the highest probability of one link. What does not occur is left out. */
  readonly features: Readonly<Record<string, number>>;
}

const SOURCE = "text-links";
/** Each link is counted; this many are looked into. */
const MOST_INSPECTED = 256;
/** Least chance that is worth a finding. */
const SUSPICIOUS_FROM = 0.3;

/** Nearly every plain link has less, and a verdict's features are stored. */
const WORTH_STORING = 0.05;

const COUNTED: Readonly<Partial<Record<Sign, string>>> = {
  shortener: "links_shortened",
  ip_host: "links_ip",
  lookalike: "links_lookalike",
  near_brand: "links_lookalike",
  brand_beside: "links_lookalike",
  brand_in_host: "links_lookalike",
  mixed_script: "links_lookalike",
  punycode: "links_punycode",
  credential_path: "links_credential",
  credential_paths: "links_credential",
  credential_host: "links_credential",
  mismatch: "links_mismatch",
  userinfo: "links_mismatch",
  redirect: "links_redirect",
  defanged: "links_defanged",
  script_url: "links_script",
};

/** A code in the address that pays whoever sent it. */
const REFERRAL = /[?&](?:ref|referral|refer|aff|affid|affiliate|aff_id|r|invite|promo|coupon|tag)=[^&]{2,40}/i;

const SCRIPT_TARGET = /(?:\]\(<?|href\s?=\s?["']?|\[url\s?=\s?["']?)(?:javascript|vbscript|data:text\/html)[:;,]/gi;
const MOST_SCRIPTS = 16;

const NONE: LinkReading = { claimed: [], findings: [], features: { links_total: 0 } };

/** Shown text that names another host than the link's own; a part of it, as example.com of www.example.com, is none. */
const misleads = (shown: Shown | undefined, { host, domain }: LinkEvidence): boolean => {
  const claim = shown === undefined ? undefined : shownDomain(shown.text);
  return claim !== undefined && claim.domain !== domain && claim.host !== host;
};

function signsOf(link: FoundLink, shown: Shown | undefined): { signs: Set<Sign>; evidence: LinkEvidence } {
  const evidence = readAddress(link.url);
  const signs = new Set<Sign>(evidence.signs);
  if (link.defanged) signs.add("defanged");
  if (misleads(shown, evidence)) signs.add("mismatch");
  if (evidence.onward === undefined) return { signs, evidence };
  const onward = readAddress(evidence.onward);
  for (const sign of onward.signs) signs.add(sign);
  return { signs, evidence: { ...evidence, params: evidence.params ?? onward.params } };
}

/** Drops links that are but the visible words of another: `[shop.example](https://shop.example/a)` is one link. */
function withoutShown(links: readonly FoundLink[], shown: readonly (Shown | undefined)[]): boolean[] {
  const dropped = links.map(() => false);
  const inside = (at: number, one: Shown): boolean => {
    const link = links[at];
    return link !== undefined && !link.email && link.span[0] >= one.span[0] && link.span[1] <= one.span[1];
  };
  for (let index = 0; index < links.length; index++) {
    const one = shown[index];
    if (one === undefined) continue;
    for (let at = index - 1; inside(at, one); at--) dropped[at] = true;
    for (let at = index + 1; inside(at, one); at++) dropped[at] = true;
  }
  return dropped;
}

/** Finds links in the original text and says what is suspicious about their addresses. Nothing is ever fetched. Linear. */
export function readLinks(text: string): LinkReading {
  const found = findLinks(text);
  const marked = text.includes("](") || text.includes("=");
  const scripts = marked ? findScripts(text) : [];
  if (found.length === 0 && scripts.length === 0) return NONE;
  const links = found.filter((one) => !one.email);
  const shown = links.map(({ span }) => (marked ? shownText(text, span) : undefined));
  const dropped = withoutShown(links, shown);
  const findings: Finding[] = [...scripts];
  const features: Record<string, number> = { links_total: 0 };
  const count = (key: string, by = 1): void => {
    features[key] = (features[key] ?? 0) + by;
  };
  const domains = new Set<string>();
  let riskiest = scripts.length > 0 ? (scripts[0]?.weight ?? 0) : 0;
  let inspected = 0;
  for (const [index, link] of links.entries()) {
    if (dropped[index] === true) continue;
    count("links_total");
    if (++inspected > MOST_INSPECTED) continue;
    const { signs, evidence } = signsOf(link, shown[index]);
    if (evidence.domain !== undefined) domains.add(evidence.domain);
    if (PROMOTING_HOSTS.has(evidence.domain ?? "") || PROMOTING_HOSTS.has(evidence.host) || REFERRAL.test(link.url)) {
      count("links_promoting");
    }
    for (const key of new Set([...signs].flatMap((sign) => COUNTED[sign] ?? []))) count(key);
    const { probability, severity, reasons } = weighSigns(signs);
    riskiest = Math.max(riskiest, probability);
    if (probability < SUSPICIOUS_FROM) continue;
    for (const { code, weight } of reasons) {
      const params = BRANDED.has(code) ? evidence.params : undefined;
      findings.push({ label: "unsafe_link", severity, weight, code, params, span: link.span, source: SOURCE });
    }
  }
  if (scripts.length > 0) count("links_script", scripts.length);
  if (domains.size > 1) features.links_domains = domains.size;
  if (riskiest >= WORTH_STORING) features.link_risk = Math.round(riskiest * 1000) / 1000;
  if (found.length > links.length) features.emails = found.length - links.length;
  const claimed = found.map(({ span, email }): Claimed => ({ span, key: email ? "_email" : "_link" }));
  return { claimed, findings, features };
}

const BRANDED: ReadonlySet<string> = new Set(["link.lookalike", "link.brand_in_host", "link.brand_in_path"]);

/** Marked-up links that would run a program instead of leading anywhere. */
function findScripts(text: string): Finding[] {
  const findings: Finding[] = [];
  const { severity, probability } = weighSigns(["script_url"]);
  for (const { 0: raw, index } of text.matchAll(SCRIPT_TARGET)) {
    findings.push({
      label: "unsafe_link",
      severity,
      weight: probability,
      code: "link.script_url",
      span: [index, index + raw.length],
      source: SOURCE,
    });
    if (findings.length === MOST_SCRIPTS) break;
  }
  return findings;
}
