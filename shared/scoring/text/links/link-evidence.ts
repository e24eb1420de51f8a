import { parse } from "tldts";
import type { Reason } from "../../../domain/label.ts";
import {
  BAIT_WORDS,
  BRANDS,
  CHEAP_ZONES,
  CREDENTIAL_WORDS,
  FORM_HOSTS,
  FREE_HOSTS,
  FREE_ZONES,
  SHORTENERS,
} from "./brands.ts";
import { findLookalike, type Lookalike, mixesScripts, shownLabel } from "./lookalike.ts";

/** Signs that an address alone can show. */
export type LinkSign =
  | "ip_host"
  | "odd_ip"
  | "shortener"
  | "lookalike"
  | "near_brand"
  | "brand_beside"
  | "brand_in_host"
  | "brand_in_path"
  | "mixed_script"
  | "punycode"
  | "userinfo"
  | "port"
  | "subdomains"
  | "redirect"
  | "shared_host"
  | "form_host"
  | "free_zone"
  | "cheap_zone"
  | "credential_host"
  | "credential_path"
  | "credential_paths"
  | "hyphens"
  | "digits"
  | "random_name"
  | "long_token"
  | "recipient"
  | "planted";

export interface LinkEvidence {
  readonly signs: ReadonlySet<LinkSign>;
  /** Host as a browser would read it, lower case. */
  readonly host: string;
  /** Registrable domain, private suffixes counted: each site of a shared host is one of its own. */
  readonly domain: string | undefined;
  /** Where a redirect in the query leads. */
  readonly onward: string | undefined;
  readonly params: Reason["params"];
}

/** Longest stretch of an address that is looked into, in UTF-16 units. */
const MOST_OF_URL = 600;
const MANY_SUBDOMAINS = 3;
const MANY_HYPHENS = 3;
const MANY_DIGITS = 5;
const LONG_TOKEN = 24;

const NUMERIC_HOST = /^(?:0x[0-9a-f]+|\d+)(?:\.(?:0x[0-9a-f]+|\d+)){0,3}$/;
const PLAIN_IPV4 = /^(?:[1-9]\d{0,2}|0)(?:\.(?:[1-9]\d{0,2}|0)){3}$/;
/** Private suffixes that sell names as a registry does (uk.com, krakow.pl), and networks that only carry files. */
const NOT_SHARED = /^[a-z]{2,3}\.[a-z]{2,3}$|\.(?:pl|ru|jp|no)$|^(?:cloudfront\.net|githubusercontent\.com)$/;
const ONWARD = /^(?:https?:)?(?:\/\/|%2f%2f)|^https?%3a/i;

function decoded(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}

/** The address of another site that a query hands over: `?url=https://…`. */
function onwardOf(query: string, domain: string | undefined): string | undefined {
  for (const pair of query.split(/[&;]/, 12)) {
    const value = pair.slice(pair.indexOf("=") + 1);
    if (value === pair || !ONWARD.test(value)) continue;
    const target = decoded(value);
    const url = target.startsWith("//") ? `http:${target}` : target;
    const other = parse(url, { allowPrivateDomains: true });
    if (other.hostname !== null && other.hostname !== "" && other.domain !== domain) return url;
  }
  return undefined;
}

/** An e-mail address in the link: the page greets the one it was sent to. */
const RECIPIENT = /[/?#=&][\w.+-]{1,40}(?:@|%40)[\w-]{1,40}\.[a-z]{2,6}/;
/** A page among the files of somebody's blog software: it was put there by another. */
const PLANTED = /\/(?:wp-(?:content|includes|admin)|\.well-known|cgi-bin)\/.{0,200}(?:\/|\.php|\.html?)$/;

/** The parts of a label that is nothing but two or more credential words: confirmauthentication. */
function isGlued(label: string): boolean {
  let reached = 1;
  for (let at = 0; at < label.length && at < 31; at++) {
    if ((reached & (1 << at)) === 0) continue;
    for (let end = at + 4; end <= label.length && end < 31; end++) {
      if (BAIT_WORDS.has(label.slice(at, end))) reached |= 1 << end;
    }
  }
  return label.length < 31 && (reached & (1 << label.length)) !== 0;
}

/** `login.shop.example` is how shops name their own; `secure-login.example` and `shop.login.example` are bait. */
function namesCredentials(ahead: readonly string[], name: string): boolean {
  for (const [place, label] of [...ahead, name].entries()) {
    const parts = label.split("-");
    if (parts.some((part) => CREDENTIAL_WORDS.has(part)) && (parts.length > 1 || place > 0)) return true;
    if (label.length >= 9 && !CREDENTIAL_WORDS.has(label) && isGlued(label)) return true;
  }
  return false;
}

const BRAND_SIGNS: Readonly<Record<Lookalike["how"], LinkSign>> = {
  drawn: "lookalike",
  near: "near_brand",
  inside: "brand_in_host",
  beside: "brand_beside",
};

const VOWEL = /[aeiouy]/;
/** Five consonants in a row and more, or letters and figures by turns: a name that nobody chose. */
function looksRandom(name: string): boolean {
  let consonants = 0;
  let turns = 0;
  let wasDigit = false;
  for (const sign of name) {
    const digit = sign >= "0" && sign <= "9";
    if (sign !== name[0] && digit !== wasDigit) turns++;
    wasDigit = digit;
    consonants = digit || sign === "-" || VOWEL.test(sign) ? 0 : consonants + 1;
    if (consonants >= 6) return true;
  }
  return turns >= 4;
}

function hasLongToken(path: string): boolean {
  let run = 0;
  let digits = 0;
  for (let index = 0; index <= path.length; index++) {
    const code = path.charCodeAt(index);
    const digit = code >= 48 && code <= 57;
    if (digit || (code >= 97 && code <= 122)) {
      run++;
      if (digit) digits++;
      continue;
    }
    if (run >= LONG_TOKEN && digits >= 4) return true;
    run = 0;
    digits = 0;
  }
  return false;
}

/** What an address shows of itself. Nothing is fetched; bounded work, whatever its length. */
export function readAddress(url: string): LinkEvidence {
  const signs = new Set<LinkSign>();
  let params: Reason["params"];
  const address = url.slice(0, MOST_OF_URL);
  const afterScheme = address.slice(address.indexOf("//") + 2);
  const authority = afterScheme.split(/[/?#\\]/, 1)[0] ?? "";
  const rest = afterScheme.slice(authority.length).toLowerCase();
  const parsed = parse(address, { allowPrivateDomains: true });
  let host = (parsed.hostname ?? "").toLowerCase();
  if (NUMERIC_HOST.test(host)) {
    signs.add("ip_host");
    // 0xC0A80101, 3232235777 and 0300.0250.1.1 are one address in spellings that only machines read.
    if (!PLAIN_IPV4.test(host)) {
      signs.add("odd_ip");
      host = URL.parse(`http://${host}/`)?.hostname ?? host;
    }
  } else if (parsed.isIp === true) signs.add("ip_host");
  const ip = signs.has("ip_host");
  const suffix = parsed.publicSuffix ?? "";
  const name = ip ? "" : (parsed.domainWithoutSuffix ?? "");
  const domain = ip ? host : (parsed.domain ?? undefined);
  const zone = suffix.slice(suffix.lastIndexOf(".") + 1);

  if (domain !== undefined && SHORTENERS.has(domain)) signs.add("shortener");
  const shared =
    (parsed.isPrivate === true && !NOT_SHARED.test(suffix)) || (domain !== undefined && FREE_HOSTS.has(domain));
  if (shared) signs.add("shared_host");
  if (FORM_HOSTS.has(host) || (domain !== undefined && FORM_HOSTS.has(domain))) signs.add("form_host");
  if (FREE_ZONES.has(zone)) signs.add("free_zone");
  else if (CHEAP_ZONES.has(zone)) signs.add("cheap_zone");

  const lookalike = ip ? undefined : findLookalike(host, name, suffix);
  if (lookalike !== undefined) {
    signs.add(BRAND_SIGNS[lookalike.how]);
    params = { brand: lookalike.brand };
  }
  if (host.includes("xn--") || /[^\0-\x7f]/.test(host)) {
    if (host.split(".").some((label) => mixesScripts(shownLabel(label)))) signs.add("mixed_script");
    if (host.includes("xn--")) signs.add("punycode");
  }
  const at = authority.lastIndexOf("@");
  if (at >= 0) signs.add("userinfo");
  const port = /:(\d{1,5})$/.exec(authority.slice(at + 1))?.[1];
  if (port !== undefined && port !== "80" && port !== "443") signs.add("port");

  if (!ip) {
    const before = parsed.subdomain ?? "";
    const labels = before === "" ? [] : before.split(".").filter((label) => label !== "www");
    if (labels.length >= MANY_SUBDOMAINS) signs.add("subdomains");
    const own = `${before}.${name}`;
    let hyphens = 0;
    let digits = 0;
    for (const sign of own) {
      if (sign === "-") hyphens++;
      else if (sign >= "0" && sign <= "9") digits++;
    }
    if (hyphens >= MANY_HYPHENS) signs.add("hyphens");
    if (digits >= MANY_DIGITS) signs.add("digits");
    if (looksRandom(name) && !name.startsWith("xn--")) signs.add("random_name");
    if (namesCredentials(labels, name)) signs.add("credential_host");
  }

  const question = rest.indexOf("?");
  const path = question < 0 ? rest : rest.slice(0, question);
  const words = new Set(
    path.split(/[^a-z-]+/).flatMap((word) => (word.includes("-") ? [word, ...word.split("-")] : [word])),
  );
  let credentials = 0;
  let branded: string | undefined;
  for (const word of words) {
    if (CREDENTIAL_WORDS.has(word)) credentials++;
    else if (BRANDS.has(word) && word !== name) branded ??= word;
  }
  if (credentials > 1) signs.add("credential_paths");
  else if (credentials === 1) signs.add("credential_path");
  const cheap = shared || signs.has("cheap_zone") || signs.has("free_zone");
  if (branded !== undefined && (cheap || credentials > 0 || [...words].some((word) => BAIT_WORDS.has(word)))) {
    signs.add("brand_in_path");
    params ??= { brand: branded };
  }
  if (hasLongToken(rest)) signs.add("long_token");
  if (RECIPIENT.test(rest)) signs.add("recipient");
  if (PLANTED.test(path)) signs.add("planted");
  const onward =
    question < 0 ? undefined : onwardOf(address.slice(address.length - rest.length + question + 1), domain);
  if (onward !== undefined) signs.add("redirect");
  return { signs, host, domain, onward, params };
}
