import { Profanity } from "@2toad/profanity";
import { Filter } from "bad-words";
import { englishDataset, englishRecommendedTransformers, RegExpMatcher } from "obscenity";
import type { LabelName } from "../../../shared/domain/label.ts";
import type { Lexicon } from "../../../shared/scoring/text/lexicon.ts";

/** A yes/no judgement of a text. */
export interface Filtering {
  readonly name: string;
  readonly flags: (text: string) => boolean;
}

const TOXIC: ReadonlySet<string> = new Set<LabelName>([
  "profanity",
  "insult",
  "harassment",
  "threat",
  "hate",
  "graphic",
  "sexual_adult",
  "self_harm",
  "extremism",
]);

/** Our own word list without reading or phrases, as whole words: the floor. */
function wholeWords({ words }: Lexicon): Filtering {
  const toxic = new Set([...words].filter(([, entry]) => TOXIC.has(entry.label)).map(([word]) => word));
  return {
    name: "own words, whole",
    flags: (text) => (text.toLowerCase().match(/[a-z0-9]+/g) ?? []).some((word) => toxic.has(word)),
  };
}

/** The keyword filters that npm knows best, each as it comes for English, any hit counting. */
export function keywordFilters(lexicon: Lexicon): readonly Filtering[] {
  const obscenity = new RegExpMatcher({ ...englishDataset.build(), ...englishRecommendedTransformers });
  const badWords = new Filter();
  const profanity = new Profanity({ languages: ["en"] });
  return [
    { name: "obscenity", flags: (text) => obscenity.hasMatch(text) },
    { name: "bad-words", flags: (text) => badWords.isProfane(text) },
    { name: "@2toad/profanity", flags: (text) => profanity.exists(text) },
    wholeWords(lexicon),
    { name: "flags everything", flags: () => true },
  ];
}
