import type { Span } from "../../domain/label.ts";
import type { Scorer } from "../score.ts";
import { type ContactContext, findContactSeeking, type Signal } from "./child-safety.ts";
import { findDoxxing } from "./doxxing.ts";
import { type Finding, labelsOf } from "./finding.ts";
import { findLanguage } from "./language.ts";
import type { Lexicon } from "./lexicon.ts";
import { readLinks } from "./links.ts";
import { normalise } from "./normalise.ts";
import { findPhrases } from "./phrases.ts";
import { readPii } from "./pii.ts";
import { findLowSubstance } from "./substance.ts";
import { surfaceOf } from "./surface.ts";
import { tokenise } from "./tokenise.ts";
import { weighHits } from "./weigh.ts";
import { readWords } from "./words.ts";

export interface PostInput {
  readonly text: string | undefined;
  /** Count of media references. */
  readonly media: number;
  /** `minors` lowers the reporting thresholds of safety labels and what contact-seeking needs. */
  readonly audience: "general" | "minors";
  readonly visibility: "public" | "private";
  readonly author?: { readonly ageBand?: "under_13" | "13_15" | "16_17" | "adult" | undefined } | undefined;
  /** BCP 47 tag as the platform gave it. */
  readonly language?: string | undefined;
}

const contextOf = ({ audience, author }: PostInput): ContactContext => ({
  minors: audience === "minors",
  author: author?.ageBand === undefined ? "unknown" : author.ageBand === "adult" ? "adult" : "minor",
});

const ratio = (part: number, whole: number): number => (whole === 0 ? 0 : Math.round((part / whole) * 1000) / 1000);

const unsupportedMedia = (count: number): Finding[] =>
  count === 0
    ? []
    : [
        {
          label: "unsupported_media",
          severity: 0,
          weight: 1,
          code: "media.unsupported",
          params: { media: count },
          source: "text-lexicon",
        },
      ];

/**
 * A scorer of posts by lexicon, phrases, links and personal data. Pure; linear in the text's length; takes any string.
 * Spans are `[start, end)` in UTF-16 units of the text as given. Reasons carry counts and our own words only.
 */
export function createPostScorer(lexicon: Lexicon): Scorer<PostInput> {
  const version = lexicon.version;
  const models = ["lexicon", "links", "pii"].map((part) => `text-${part}@${version}`);
  return (input) => {
    const media = unsupportedMedia(input.media);
    const { text } = input;
    if (text === undefined || text === "") {
      return { labels: labelsOf(media, false, version), features: { media: input.media }, models, degraded: false };
    }
    const links = readLinks(text);
    const pii = readPii(text, links.claimed, input.visibility === "public");
    const { tokens, hits } = readWords(tokenise(normalise(text), links.claimed), lexicon);
    const phrases = findPhrases(tokens, lexicon);
    const surface = surfaceOf(text);
    const context = contextOf(input);
    const signals: Signal[] = phrases
      .filter(({ entry }) => entry.label === "signal")
      .map(({ entry, from, to }) => ({
        code: entry.code,
        span: [tokens[from]?.start ?? 0, tokens[to - 1]?.end ?? 0] satisfies Span,
      }));
    const language = findLanguage(input.language, lexicon.language, surface);
    const said = weighHits({ tokens, words: hits, phrases, lexicon, links: links.features.links_total ?? 0 });
    const trusted = language.length === 0 ? said : said.map((one) => ({ ...one, weight: one.weight / 2 }));
    const findings: Finding[] = [
      ...trusted,
      ...links.findings,
      ...pii.findings,
      ...findContactSeeking(signals, context),
      ...findDoxxing(signals, pii.contacts),
      ...(input.media > 0 ? [] : findLowSubstance(text, tokens, lexicon)),
      ...language,
      ...media,
    ];
    return {
      labels: labelsOf(findings, context.minors, version),
      features: {
        characters: surface.characters,
        words: tokens.length,
        letters_ratio: ratio(surface.letters, surface.characters),
        uppercase_ratio: ratio(surface.capitals, surface.letters),
        digits_ratio: ratio(surface.digits, surface.characters),
        exclamations: surface.exclamations,
        emoji: surface.emoji,
        mentions: tokens.filter((token) => token.alt === "_mention").length,
        disguised_words: tokens.filter((token) => token.disguised).length,
        media: input.media,
        ...links.features,
        ...pii.features,
      },
      models,
      degraded: false,
    };
  };
}
