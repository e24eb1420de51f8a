import type { Finding } from "./finding.ts";
import type { Lexicon } from "./lexicon.ts";
import type { Token } from "./tokenise.ts";

const MOST_WORDS = 5;

/**
 * Texts that add nothing: brief praise ("good post", "nice one!"), "first", only emoji or signs, a bare link. A question, a
 * number or any word outside the lexicon's classes BRIEF and FILLER makes it more than that.
 */
export function findLowSubstance(text: string, tokens: readonly Token[], lexicon: Lexicon): Finding[] {
  const finding = (code: string, weight: number, params?: Finding["params"]): Finding[] => [
    { label: "low_substance", severity: 1, weight, code, params, source: "text-lexicon" },
  ];
  const words = tokens.filter((token) => token.alt !== "_mention");
  if (words.length === 0) return finding("substance.no_words", 0.9);
  if (words.every((token) => token.key === "_link"))
    return finding("substance.link_only", 0.7, { links: words.length });
  if (words.length > MOST_WORDS || text.includes("?")) return [];
  const brief = lexicon.classes.get("BRIEF");
  const filler = lexicon.classes.get("FILLER");
  let praises = 0;
  for (const { key } of words) {
    if (brief?.has(key) === true) praises++;
    else if (filler?.has(key) !== true) return [];
  }
  return praises === 0 ? [] : finding("substance.brief", 0.9, { words: words.length });
}
