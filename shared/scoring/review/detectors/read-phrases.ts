import type { Span } from "../../../domain/label.ts";
import { parseLexicon } from "../../text/lexicon.ts";
import { normalise } from "../../text/normalise.ts";
import { findPhrases, isNegated } from "../../text/phrases.ts";
import { tokenise } from "../../text/tokenise.ts";
import { REVIEW_PHRASES } from "./review-phrases.ts";

export interface SaidInReview {
  /** The author says that the review was rewarded. */
  readonly disclosed: readonly Span[];
  /** The author says that praise is rewarded by the seller. */
  readonly offered: readonly Span[];
  /** The author asks for something and holds the review against it. */
  readonly demanded: readonly Span[];
}

const lexicon = parseLexicon(REVIEW_PHRASES);
const NOTHING: SaidInReview = { disclosed: [], offered: [], demanded: [] };

const isKind = (code: string): code is keyof SaidInReview => Object.hasOwn(NOTHING, code);

/**
 * What a review's text says of rewards and demands: `[start, end)` in UTF-16 units, in the order of the text. What is
 * denied ("I was not paid for this review") is left out. English only; in other languages it finds nothing. Linear.
 */
export function readPhrases(text: string | undefined): SaidInReview {
  if (text === undefined) return NOTHING;
  const tokens = tokenise(normalise(text), []);
  const said = { disclosed: [] as Span[], offered: [] as Span[], demanded: [] as Span[] };
  for (const { entry, from, to } of findPhrases(tokens, lexicon)) {
    if (!isKind(entry.code) || (entry.code !== "demanded" && isNegated(tokens, from, to, lexicon))) continue;
    const spans = said[entry.code];
    const [start, end] = [tokens[from]?.start ?? 0, tokens[to - 1]?.end ?? 0];
    if (start >= (spans.at(-1)?.[1] ?? 0)) spans.push([start, end]);
  }
  return said;
}
