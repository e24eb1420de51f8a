import type { Finding } from "../finding.ts";
import type { Lexicon } from "../lexicon.ts";
import type { PhraseHit } from "../phrases.ts";
import type { Token } from "../tokenise.ts";
import { type ContactContext, findContactSeeking } from "./contact-seeking.ts";
import { type Details, findDoxxing } from "./doxxing.ts";
import { readHarm } from "./harm.ts";
import { signalsOf } from "./signals.ts";

interface SafetyInput extends Details {
  readonly tokens: readonly Token[];
  readonly phrases: readonly PhraseHit[];
  readonly lexicon: Lexicon;
  /** What the lexicon's words and phrases say. */
  readonly said: readonly Finding[];
  readonly context: ContactContext;
}

/**
 * What words and phrases mean for people's safety once their context is seen: `said` with harm to oneself and others raised,
 * lowered or dropped, and in addition contact-seeking towards minors and doxxing. Linear in tokens and findings.
 */
export function readSafety(input: SafetyInput): Finding[] {
  const { tokens, phrases, lexicon, said, context } = input;
  const signals = signalsOf(phrases, tokens, lexicon);
  return [
    ...readHarm({ said, signals, tokens, lexicon }),
    ...findContactSeeking(signals, context),
    ...findDoxxing(signals, tokens, input),
  ];
}
