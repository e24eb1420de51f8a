import { parse } from "tldts";
import type { Span } from "../../../domain/label.ts";

/** What a markdown, HTML or BBCode link shows for its target, and where that stands. */
export interface Shown {
  readonly text: string;
  readonly span: Span;
}

/** How far around a link to look, in UTF-16 units. */
const MOST_AROUND = 300;

const DOMAIN_LIKE = /^[^\s/@]{1,200}\.[^\s/@.]{2,24}$/;

/** The host that a link's visible words name, if they name one, with its registrable domain. */
export function shownDomain(shown: string): { readonly host: string; readonly domain: string } | undefined {
  const bare = shown.trim().replace(/^https?:\/\//i, "");
  const host = (bare.split(/[/?#:]/, 1)[0] ?? "").toLowerCase();
  if (!DOMAIN_LIKE.test(host)) return undefined;
  const parsed = parse(host, { allowPrivateDomains: true });
  if (parsed.domain === null || (parsed.isIcann !== true && parsed.isPrivate !== true)) return undefined;
  return { host, domain: parsed.domain };
}

const between = (text: string, from: number, to: number): Shown => ({ text: text.slice(from, to), span: [from, to] });

/** What the link at `[start, end)` shows instead of its address, looking a bounded way around it. */
export function shownText(text: string, [start, end]: Span): Shown | undefined {
  const floor = Math.max(0, start - MOST_AROUND);
  const before = text.slice(floor, start);
  if (before.endsWith("](") || before.endsWith("](<")) {
    const close = before.lastIndexOf("](");
    const open = before.lastIndexOf("[", close);
    return open < 0 ? undefined : between(text, floor + open + 1, floor + close);
  }
  const html = /href\s?=\s?["']?$/i.test(before.slice(-12));
  const bbcode = !html && /\[url\s?=\s?["']?$/i.test(before.slice(-8));
  if (!html && !bbcode) return undefined;
  const after = text.slice(end, end + MOST_AROUND);
  const opened = after.indexOf(html ? ">" : "]");
  const closed = html ? after.indexOf("</a", opened + 1) : after.indexOf("[/", opened + 1);
  return opened < 0 || closed < 0 ? undefined : between(text, end + opened + 1, end + closed);
}
