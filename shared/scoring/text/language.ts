import type { Finding } from "./finding.ts";
import type { Surface } from "./surface.ts";

const ENOUGH_LETTERS = 8;

/**
 * Says so where the lexicon was not made for the text: the platform names another language, or most letters belong to
 * another script. Latin-script texts without a language tag pass as the lexicon's own.
 */
export function findLanguage(tag: string | undefined, own: string, surface: Surface): Finding[] {
  const named = tag?.split("-", 1)[0]?.toLowerCase();
  const foreign = named !== undefined && named !== own && named !== "und";
  const script = surface.letters >= ENOUGH_LETTERS && surface.otherScript * 2 > surface.letters;
  if (!foreign && !script) return [];
  return [
    {
      label: "unsupported_language",
      severity: 0,
      weight: foreign ? 1 : 0.9,
      code: foreign ? "language.untested" : "language.script",
      source: "text-lexicon",
    },
  ];
}
