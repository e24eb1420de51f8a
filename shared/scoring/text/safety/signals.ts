import type { Span } from "../../../domain/label.ts";
import type { Lexicon } from "../lexicon.ts";
import { isNegated, isReported, type PhraseHit } from "../phrases.ts";
import type { Token } from "../tokenise.ts";

/** A signal phrase that was found: evidence that a safety rule puts together with others. */
export interface Signal {
  readonly code: string;
  readonly span: Span;
}

/** The negation is part of the phrase, or says nothing against it. */
const KEEPS_NEGATION = "N";
/** Says what a text is about (advice, a game, recovery) and stands whoever said it. */
const CONTEXT = "context.";
/** More of one code says no more, and rules that compare places must stay linear. */
const MOST_OF_A_CODE = 32;

/**
 * The signal phrases of a text in the order of their places, at most 32 of a code. Left out are denied ones ("never send a
 * picture of yourself"), and what somebody else is told to have said or what stands between quotation marks.
 */
export function signalsOf(phrases: readonly PhraseHit[], tokens: readonly Token[], lexicon: Lexicon): Signal[] {
  const signals: Signal[] = [];
  const counts = new Map<string, number>();
  for (const { entry, from, to } of phrases) {
    const { code, label, flags } = entry;
    if (label !== "signal") continue;
    const count = counts.get(code) ?? 0;
    if (count >= MOST_OF_A_CODE) continue;
    if (!flags.includes(KEEPS_NEGATION) && isNegated(tokens, from, to, lexicon)) continue;
    if (!code.startsWith(CONTEXT) && isReported(tokens, from, lexicon)) continue;
    counts.set(code, count + 1);
    signals.push({ code, span: [tokens[from]?.start ?? 0, tokens[to - 1]?.end ?? 0] });
  }
  return signals;
}
