import type { Finding } from "../finding.ts";
import type { Token } from "../tokenise.ts";
import { BRIEF_WORDS, FILLER_WORDS } from "./brief-words.ts";

export interface Substance {
  readonly findings: readonly Finding[];
  /** How much the text holds beside praise, filler and links, 0 to 1: 1 − 0.5^(n/3) for n such words. */
  readonly substance: number;
}

const SOURCE = "text-substance";
const MOST_WORDS = 7;
/** Words after these add nothing to the share. */
const MOST_COUNTED = 30;

const LETTER_OR_DIGIT = /[\p{L}\p{N}]/u;
/** Votes that are written in figures. */
const VOTES = /^\s*(?:\+\s?1|\+\+|1st|10\s?\/\s?10|100\s?%|💯)[\s!.]*$/u;
const TRIPLED = /(.)\1\1/su;

/** A word with every run of three and more of one letter as one and as two: niiice is nice, goood is good. */
function isBrief(key: string): boolean {
  if (BRIEF_WORDS.has(key)) return true;
  if (key.length > 40 || !TRIPLED.test(key)) return false;
  return BRIEF_WORDS.has(key.replace(/(.)\1{2,}/gsu, "$1")) || BRIEF_WORDS.has(key.replace(/(.)\1{2,}/gsu, "$1$1"));
}

const isLaughter = (key: string): boolean =>
  key.length > 3 && key.length < 60 && /^(?:[ha]+|[ja]+|[lo]+|[kç]+|w+|x+d*)$/.test(key);

/** True where nothing of the text is a letter or a figure: emoji, signs, spaces. */
const isWordless = (text: string): boolean => !LETTER_OR_DIGIT.test(text);

/**
 * Texts that add nothing: brief praise ("good post", "nice one!", "merci"), "first", "+1", only emoji or signs, a bare
 * link or mention. A question, a number or any word outside the lists makes it more than that.
 */
export function readSubstance(text: string, tokens: readonly Token[]): Substance {
  const low = (code: string, weight: number, params?: Finding["params"]): Substance => ({
    findings: [{ label: "low_substance", severity: 1, weight, code, params, source: SOURCE }],
    substance: Math.round((1 - weight) * 100) / 100,
  });
  if (isWordless(text)) return low("substance.no_words", 0.9);
  if (text.length < 20 && VOTES.test(text)) return low("substance.brief", 0.9, { words: 1 });
  let words = 0;
  let links = 0;
  let praises = 0;
  const content = new Set<string>();
  for (const { key, alt } of tokens) {
    if (alt === "_mention") continue;
    if (key === "_link") links++;
    else {
      words++;
      if (isBrief(key) || isLaughter(key)) praises++;
      else if (!FILLER_WORDS.has(key)) content.add(key);
    }
    if (content.size >= MOST_COUNTED) break;
  }
  if (words === 0) return links === 0 ? low("substance.no_words", 0.9) : low("substance.link_only", 0.7, { links });
  const brief = praises > 0 && content.size === 0 && links === 0 && words <= MOST_WORDS && !text.includes("?");
  if (brief) return low("substance.brief", words > 5 ? 0.75 : 0.9, { words });
  return { findings: [], substance: Math.round((1 - 0.5 ** (content.size / 3)) * 100) / 100 };
}
