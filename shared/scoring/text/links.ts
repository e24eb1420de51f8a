import { LinkifyIt, type Match } from "linkify-it";
import { parse } from "tldts";
import type { Span } from "../../domain/label.ts";
import { CREDENTIAL_WORDS, SHORTENERS } from "./brands.ts";
import type { Finding } from "./finding.ts";
import { findLookalike } from "./lookalike.ts";
import type { Claimed } from "./tokenise.ts";

export interface LinkReading {
  /** Links and e-mail addresses, sorted by place. */
  readonly claimed: readonly Claimed[];
  readonly findings: readonly Finding[];
  /** `links_*` counts. */
  readonly features: Readonly<Record<string, number>>;
}

const SOURCE = "text-links";
/** Pieces are read one by one, so that no cost grows faster than the text. */
const LONGEST_PIECE = 1_024;
/** Each link is counted; this many are looked into. */
const MOST_INSPECTED = 256;
const MOST_AROUND = 300;

const FURTHER_ZONES =
  "xyz top online site club live store link click app dev info name mobi icu buzz shop vip win work world life today space tech website fun press host pw cam bid loan men date review trade download party racing stream science cricket faith webcam bar best monster quest cyou rest sbs cfd bond".split(
    " ",
  );
/** Country zones that are words: "delayed.no refund" is a slip of the space bar, not a link. */
const WORD_ZONES = new Set("am as at be by do he in is it me my no or pm so st th to us we".split(" "));

const linkify = new LinkifyIt({ fuzzyLink: true, fuzzyEmail: true, fuzzyIP: false, urlAuth: true }).tlds(
  FURTHER_ZONES,
  true,
);

const MAY_HOLD_LINK = /[^\s.][.:@][^\s.]/;

interface Found {
  readonly span: Span;
  readonly url: string;
  readonly email: boolean;
}

function isSlip(match: Match): boolean {
  if (match.schema !== "" || /[/?#]/.test(match.raw) || /^www\./i.test(match.raw)) return false;
  const dot = match.raw.lastIndexOf(".");
  return WORD_ZONES.has(match.raw.slice(dot + 1).toLowerCase());
}

function readPiece(text: string, from: number, to: number, into: Found[]): void {
  const piece = text.slice(from, to);
  if (!MAY_HOLD_LINK.test(piece)) return;
  for (const match of linkify.match(piece) ?? []) {
    const email = match.schema === "mailto:";
    if (!email && isSlip(match)) continue;
    into.push({ span: [from + match.index, from + match.lastIndex], url: match.url, email });
  }
}

function findAll(text: string): Found[] {
  const found: Found[] = [];
  if (!MAY_HOLD_LINK.test(text)) return found;
  for (const word of text.matchAll(/\S+/g)) {
    const end = word.index + word[0].length;
    for (let from = word.index; from < end; ) {
      let to = Math.min(end, from + LONGEST_PIECE);
      // A surrogate pair stays whole.
      if (to < end && (text.charCodeAt(to) & 0xfc00) === 0xdc00) to--;
      readPiece(text, from, to, found);
      from = to;
    }
  }
  return found;
}

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

/** Finds links in the original text and says what is suspicious about their addresses. Nothing is ever fetched. Linear. */
export function readLinks(text: string): LinkReading {
  const found = findAll(text);
  const findings: Finding[] = [];
  const count = { total: 0, shortener: 0, ip_host: 0, punycode: 0, lookalike: 0, credential_path: 0, mismatch: 0 };
  for (const { span, url, email } of found) {
    if (email) continue;
    count.total++;
    if (count.total > MOST_INSPECTED) continue;
    const add = (code: string, severity: number, weight: number, params?: Finding["params"]): void => {
      findings.push({ label: "unsafe_link", severity, weight, code, params, span, source: SOURCE });
    };
    const { hostname, domain, domainWithoutSuffix, publicSuffix, isIp } = parse(url);
    const host = hostname ?? "";
    if (isIp === true) {
      count.ip_host++;
      add("link.ip_host", 4, 0.7);
    }
    if (domain !== null && SHORTENERS.has(domain)) {
      count.shortener++;
      add("link.shortener", 1, 0.3);
    }
    const lookalike = findLookalike(host, domainWithoutSuffix ?? "", publicSuffix ?? "");
    if (lookalike !== undefined) {
      count.lookalike++;
      add(lookalike.code, 5, lookalike.weight, { brand: lookalike.brand });
    }
    if (host.split(".").some((label) => label.startsWith("xn--"))) {
      count.punycode++;
      add("link.punycode", 2, 0.35);
    }
    const pathAt = url.indexOf("/", url.indexOf("//") + 2);
    const path = pathAt < 0 ? "" : url.slice(pathAt, pathAt + MOST_AROUND).toLowerCase();
    const words = CREDENTIAL_WORDS.filter((word) => path.includes(word)).length;
    if (words > 0) {
      count.credential_path++;
      // One such word is on many honest sites; two on one path, or one on a bare address, are not.
      add("link.credential_path", words > 1 || isIp === true ? 3 : 1, words > 1 || isIp === true ? 0.5 : 0.25);
    }
    const authority = url.slice(url.indexOf("//") + 2, pathAt < 0 ? undefined : pathAt);
    const shown = shownText(text, span);
    const claims = shown === undefined ? undefined : shownDomain(shown);
    if ((claims !== undefined && claims !== domain) || authority.includes("@")) {
      count.mismatch++;
      add("link.mismatch", 5, 0.85);
    }
  }
  const claimed = found.map(({ span, email }): Claimed => ({ span, key: email ? "_email" : "_link" }));
  const features = Object.fromEntries(Object.entries(count).map(([kind, value]) => [`links_${kind}`, value]));
  return { claimed, findings, features };
}
