import { LinkifyIt, type Match } from "linkify-it";
import type { Span } from "../../domain/label.ts";
import type { Finding } from "./finding.ts";
import { findRisks, RISK_KINDS } from "./link-risk.ts";
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

/** Finds links in the original text and says what is suspicious about their addresses. Nothing is ever fetched. Linear. */
export function readLinks(text: string): LinkReading {
  const found = findAll(text);
  const findings: Finding[] = [];
  const features: Record<string, number> = { links_total: 0 };
  for (const kind of RISK_KINDS) features[`links_${kind}`] = 0;
  let links = 0;
  for (const { span, url, email } of found) {
    if (email) continue;
    links++;
    if (links > MOST_INSPECTED) continue;
    for (const { kind, ...evidence } of findRisks(text, span, url)) {
      features[`links_${kind}`] = (features[`links_${kind}`] ?? 0) + 1;
      findings.push({ label: "unsafe_link", ...evidence, span, source: SOURCE });
    }
  }
  features.links_total = links;
  const claimed = found.map(({ span, email }): Claimed => ({ span, key: email ? "_email" : "_link" }));
  return { claimed, findings, features };
}
