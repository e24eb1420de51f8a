import { readLanguage } from "../../../shared/scoring/text/language.ts";
import { readLinks } from "../../../shared/scoring/text/links/read-links.ts";
import { cuesOf } from "../../../shared/scoring/text/model/cues.ts";
import { normalise } from "../../../shared/scoring/text/normalise.ts";
import { readPii } from "../../../shared/scoring/text/pii/read-pii.ts";
import { readText } from "../../../shared/scoring/text/read-text.ts";
import { readSafety } from "../../../shared/scoring/text/safety/read-safety.ts";
import type { TextResources } from "../../../shared/scoring/text/score-post.ts";
import { readSubstance } from "../../../shared/scoring/text/substance/low-substance.ts";
import { readPromotion } from "../../../shared/scoring/text/substance/promotion.ts";
import { tokenise } from "../../../shared/scoring/text/tokenise.ts";
import { type Rate, rateOf } from "./rate.ts";

/** What one part of the scorer costs when it runs alone on what the parts before it made. */
export interface AnalyserCost {
  readonly name: string;
  readonly rate: Rate;
  /** It is a part of the analyser before it and doesn't count twice. */
  readonly within?: true;
}

export const LABEL_MODEL = "label model alone: hashing, margins, probabilities";

/** Each analyser alone, in the order in which the scorer runs them. `onStart` is told its name. */
export function analyserCosts(
  { lexicon, languages, model }: Required<TextResources>,
  posts: readonly string[],
  onStart: (name: string) => void,
): AnalyserCost[] {
  const public_ = { visibility: "public" } as const;
  const read = posts.map((text) => {
    const links = readLinks(text);
    const pii = readPii(text, links.claimed, public_);
    const reading = readText(text, links.claimed, 0, lexicon, model.isWord);
    return { text, links, pii, normal: normalise(text), ...reading };
  });
  type Read = (typeof read)[number];
  const context = { minors: false, author: "unknown" } as const;
  const reach = { links: 0, promoting: 0, emails: 0, phones: 0, hotlines: 0 };
  const analysers: readonly (readonly [name: string, analyse: (post: Read) => unknown, within?: true])[] = [
    ["links", ({ text }) => readLinks(text)],
    ["personal data", ({ text, links }) => readPii(text, links.claimed, public_)],
    [
      "words, disguises and phrases, folding and cutting included",
      ({ text, links }) => readText(text, links.claimed, 0, lexicon, model.isWord),
    ],
    ["  of it: folding", ({ text }) => normalise(text), true],
    ["  of it: cutting into tokens", ({ normal, links }) => tokenise(normal, links.claimed), true],
    [
      "language",
      ({ text, tokens, surface }) =>
        readLanguage({ text, tokens, surface, tag: undefined }, lexicon.language, languages),
    ],
    [
      "safety rules",
      ({ tokens, phrases, said, pii: { contacts, addresses } }) =>
        readSafety({ tokens, phrases, lexicon, said, context, contacts, addresses }),
    ],
    ["substance", ({ text, tokens }) => readSubstance(text, tokens)],
    ["promotion", ({ text, tokens }) => readPromotion(text, tokens, reach)],
    [
      LABEL_MODEL,
      (post) => {
        const margins = model.margins(post.tokens, cuesOf({ ...post, lexicon }));
        let sum = 0;
        for (let head = 0; head < margins.length; head++) sum += model.probability(head, margins[head] ?? 0);
        return sum;
      },
    ],
  ];
  return analysers.map(([name, analyse, within]) => {
    onStart(name.trim());
    const rate = rateOf(read.length, (post) => analyse(read[post] as Read));
    return { name, rate, ...(within ? { within } : {}) };
  });
}
