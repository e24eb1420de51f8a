import { LinkifyIt, type Match } from "linkify-it";
import type { Span } from "../../../domain/label.ts";
import { type Piece, refang, splitPieces } from "./pieces.ts";

/** A link or an e-mail address where it stands in the original text. */
export interface FoundLink {
  readonly span: Span;
  /** What it leads to, with a scheme, as spelled by its writer. */
  readonly url: string;
  readonly email: boolean;
  /** Spelled so that software should not see it: hxxp, [.], "dot com". */
  readonly defanged: boolean;
}

const FURTHER_ZONES =
  "xyz top online site club live store link click app dev info name mobi icu buzz shop vip win work world life today space tech website fun press host pw cam bid loan men date review trade download party racing stream science cricket faith webcam bar best monster quest cyou rest sbs cfd bond".split(
    " ",
  );
/**
 * Zones that are also words or endings of file names: "delayed.no refund" is a slip of the space bar and README.md a
 * file, not links.
 */
const WORD_ZONES = new Set("am as at be by do he in is it me my no or pm so st th to us we md py sh".split(" "));

const linkify = new LinkifyIt({ fuzzyLink: true, fuzzyEmail: true, fuzzyIP: false, urlAuth: true }).tlds(
  FURTHER_ZONES,
  true,
);

/** Addresses without a name and without a scheme: digits alone would be a version, a port or a path makes it a link. */
const BARE_ADDRESS = /(?<![\w.])\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}(?::\d{1,5})?\/[^\s<>"')\]]{0,1000}/g;
/** Schemes that linkify passes over because a sign such as "=" stands before them. */
const SCHEME = /(?:https?|ftp):\/\/[^\s]/gi;
const MOST_PASSED_OVER = 4;

function isSlip({ schema, raw }: Match): boolean {
  if (schema !== "" || /[/?#]/.test(raw) || /^www\./i.test(raw)) return false;
  const zone = raw.slice(raw.lastIndexOf(".") + 1);
  // "…end.De nada": a sentence that begins right after its stop.
  const sentence = /^[A-Z][a-z]{1,2}$/.test(zone) && raw !== raw.toUpperCase() && /[a-z]\.[A-Z]/.test(raw);
  return sentence || WORD_ZONES.has(zone.toLowerCase());
}

interface Place {
  readonly from: number;
  readonly to: number;
  readonly url: string;
  readonly email: boolean;
}

function matchAll(text: string): Place[] {
  const places: Place[] = [];
  for (const match of linkify.match(text) ?? []) {
    const email = match.schema === "mailto:";
    if (email || !isSlip(match)) places.push({ from: match.index, to: match.lastIndex, url: match.url, email });
  }
  const covered = (at: number): boolean => places.some(({ from, to }) => at >= from && at < to);
  let tries = 0;
  for (const { index } of text.matchAll(SCHEME)) {
    if (covered(index) || tries++ >= MOST_PASSED_OVER) continue;
    const match = linkify.match(text.slice(index))?.[0];
    if (match === undefined || match.index !== 0) continue;
    places.push({ from: index, to: index + match.lastIndex, url: match.url, email: false });
  }
  for (const { 0: raw, index } of text.matchAll(BARE_ADDRESS)) {
    if (covered(index) || raw.split(/[/:.]/, 4).some((part) => Number(part) > 255)) continue;
    places.push({ from: index, to: index + raw.length, url: `http://${raw}`, email: false });
  }
  return places.sort((a, b) => a.from - b.from);
}

function readPiece(text: string, piece: Piece, into: FoundLink[]): void {
  const { from, to } = piece;
  const plain = text.slice(from, to);
  const { text: read, places } = piece.disguised ? refang(plain) : { text: plain, places: undefined };
  const changed = read !== plain;
  for (const place of matchAll(read)) {
    // Units of the refanged text lead back to where they stood.
    const start = places?.[place.from] ?? place.from;
    const end = places === undefined ? place.to : (places[place.to - 1] ?? place.to) + 1;
    // Two ways to read one place: what began first stands.
    if (from + start < (into.at(-1)?.span[1] ?? 0)) continue;
    const defanged = changed && plain.slice(start, end) !== read.slice(place.from, place.to);
    into.push({ span: [from + start, from + end], url: place.url, email: place.email, defanged });
  }
}

/** Every link and e-mail address, in order of place, none overlapping. Linear; nothing is ever fetched. */
export function findLinks(text: string): FoundLink[] {
  const found: FoundLink[] = [];
  for (const piece of splitPieces(text)) readPiece(text, piece, found);
  return found;
}
