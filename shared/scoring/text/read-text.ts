import type { LabelName } from "../../domain/label.ts";
import type { Finding } from "./finding.ts";
import type { Lexicon } from "./lexicon.ts";
import { normalise } from "./normalise.ts";
import { findPhrases, type PhraseHit } from "./phrases.ts";
import { type Surface, surfaceOf } from "./surface.ts";
import { type Claimed, type Token, tokenise } from "./tokenise.ts";
import { weighHits } from "./weigh.ts";
import { type IsWord, readWords } from "./words.ts";

/** A text as every analyser of words sees it. */
export interface TextReading {
  readonly tokens: readonly Token[];
  readonly phrases: readonly PhraseHit[];
  readonly surface: Surface;
  /** What the lexicon's words and phrases say. */
  readonly said: readonly Finding[];
  /** Labels of what the text denies. */
  readonly denied: ReadonlySet<LabelName | "signal">;
}

/**
 * Reads a text once: folded, cut into tokens, disguises seen through, words and phrases of the lexicon found.
 * @param claimed links and addresses, sorted by place; each becomes one token.
 * @param isWord what the model knows; none while it is trained.
 */
export function readText(
  text: string,
  claimed: readonly Claimed[],
  links: number,
  lexicon: Lexicon,
  isWord?: IsWord,
): TextReading {
  const { tokens, hits } = readWords(tokenise(normalise(text), claimed), lexicon, isWord);
  const phrases = findPhrases(tokens, lexicon);
  const denied = new Set<LabelName | "signal">();
  const said = weighHits({ tokens, words: hits, phrases, lexicon, links, denied });
  return { tokens, phrases, surface: surfaceOf(text), said, denied };
}
