import { LABELS, type LabelName, type LabelScore } from "../../domain/label.ts";
import { type Score, type Scorer, strongestFirst } from "../score.ts";
import { evidenceOf, type Finding, labelsOf, round } from "./finding.ts";
import { readLanguage } from "./language.ts";
import { type LanguageModel, UNKNOWN_LANGUAGES } from "./language-ngrams.ts";
import type { Lexicon } from "./lexicon.ts";
import { readLinks } from "./links/read-links.ts";
import { cuesOf } from "./model/cues.ts";
import { ATTACKS, likelihoodOf, MOST_CERTAIN, type ModelReading, modelLabel } from "./model/model-labels.ts";
import type { TextModel } from "./model/text-model.ts";
import type { Head } from "./model/weights-file.ts";
import { readPii } from "./pii/read-pii.ts";
import { readText } from "./read-text.ts";
import type { ContactContext } from "./safety/contact-seeking.ts";
import { readSafety } from "./safety/read-safety.ts";
import { readSubstance } from "./substance/low-substance.ts";
import { type Reach, readPromotion } from "./substance/promotion.ts";

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
  /** ISO 3166-1: whose plan a phone number without "+" follows. */
  readonly country?: string | undefined;
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

const reachOf = (counts: Readonly<Record<string, number>>): Reach => ({
  links: counts.links_total ?? 0,
  promoting: counts.links_promoting ?? 0,
  emails: counts.emails ?? 0,
  phones: counts.pii_phone ?? 0,
  hotlines: counts.hotlines ?? 0,
});

/** What the scorer ships with; without a model the rules judge alone. */
export interface TextResources {
  readonly lexicon: Lexicon;
  readonly languages?: LanguageModel;
  readonly model?: TextModel;
}

/** For every label of texts and for `toxicity` how likely it is, 0 to 1, reported or not. */
export type Likelihoods = Readonly<Record<LabelName | "toxicity", number>>;

export interface TextEngine {
  readonly score: Scorer<PostInput>;
  readonly likelihoods: (input: PostInput) => Likelihoods;
}

/** A text with all that was found in it. */
interface Judged {
  readonly findings: readonly Finding[];
  /** Undefined where the model does not know the language, or there is none. */
  readonly reading: ModelReading | undefined;
  readonly features: Score["features"];
  readonly language: string | undefined;
}

function judgeText(text: string, input: PostInput, { lexicon, languages, model }: TextResources): Judged {
  const links = readLinks(text);
  const pii = readPii(text, links.claimed, input);
  const { tokens, phrases, surface, said, denied } = readText(
    text,
    links.claimed,
    links.features.links_total ?? 0,
    lexicon,
    model?.isWord,
  );
  const context = contextOf(input);
  const language = readLanguage(
    { text, tokens, surface, tag: input.language },
    lexicon.language,
    languages ?? UNKNOWN_LANGUAGES,
  );
  const trusted = language.supported ? said : said.map((one) => ({ ...one, weight: one.weight / 2 }));
  const { contacts, addresses } = pii;
  const brief = readSubstance(text, tokens);
  const pitch = readPromotion(text, tokens, reachOf({ ...links.features, ...pii.features }));
  return {
    findings: [
      ...readSafety({ tokens, phrases, lexicon, said: trusted, context, contacts, addresses }),
      ...links.findings,
      ...pii.findings,
      // A picture with "wow" under it may say a lot.
      ...(input.media > 0 ? [] : brief.findings),
      ...pitch.findings,
      ...language.findings,
      ...unsupportedMedia(input.media),
    ],
    reading:
      model === undefined || !language.supported
        ? undefined
        : {
            model,
            tokens,
            denied,
            lexicon,
            attacked: said.some(({ label }) => ATTACKS.includes(label)),
            margins: [...model.margins(tokens, cuesOf({ text, tokens, said, denied, surface, lexicon }))],
          },
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
      substance: brief.substance,
      promotion: pitch.promotion,
    },
    language: language.language,
  };
}

const ofLabel = (findings: readonly Finding[], label: Head): readonly Finding[] =>
  findings.filter((finding) => finding.label === label);

/** The model's labels where it has a head, those of rules alone for the rest. */
function joinLabels({ findings, reading }: Judged, minors: boolean, version: string): LabelScore[] {
  if (reading === undefined) return labelsOf(findings, minors, version);
  const { heads } = reading.model;
  const modelled = new Set<Head>(heads.map(({ head }) => head));
  const labels = labelsOf(
    findings.filter(({ label }) => !modelled.has(label)),
    minors,
    version,
  );
  heads.forEach(({ head }, place) => {
    if (head === TOXICITY) return;
    const label = modelLabel(reading, place, ofLabel(findings, head), minors);
    if (label !== undefined) labels.push(label);
  });
  return labels.sort(strongestFirst);
}

const TOXICITY = "toxicity";
/** What "toxic" covers where only rules speak. */
const TOXIC: readonly LabelName[] = ["profanity", "insult", "harassment", "threat", "hate", "graphic", "sexual_adult"];

function likelihoodsOf(judged: Judged, minors: boolean, version: string): Likelihoods {
  const { findings, reading } = judged;
  const likelihoods: Record<string, number> = { [TOXICITY]: 0 };
  for (const label of Object.keys(LABELS)) likelihoods[label] = 0;
  for (const [label, own] of Map.groupBy(findings, (finding) => finding.label)) {
    likelihoods[label] = evidenceOf(own).probability;
  }
  for (const label of TOXIC) likelihoods[TOXICITY] = Math.max(likelihoods[TOXICITY] ?? 0, likelihoods[label] ?? 0);
  reading?.model.heads.forEach(({ head }, place) => {
    likelihoods[head] = likelihoodOf(reading, place, ofLabel(findings, head));
  });
  // What a verdict reports is as likely as the verdict says.
  for (const { label, probability } of joinLabels(judged, minors, version)) {
    likelihoods[label] = probability < MOST_CERTAIN ? probability : Math.max(probability, likelihoods[label] ?? 0);
  }
  return likelihoods as Likelihoods;
}

/**
 * Judges posts by the trained model, the lexicon, phrases, links and personal data. Pure; linear in the text's length;
 * takes any string. Spans are `[start, end)` in UTF-16 units of the text as given. Reasons carry counts and our own words
 * only.
 */
export function createTextEngine(resources: TextResources): TextEngine {
  const { lexicon, model } = resources;
  const { version } = lexicon;
  const models = ["lexicon", "links", "pii"].map((part) => `text-${part}@${version}`);
  if (model !== undefined) models.push(`text-model@${model.version}`);
  const toxicity = model?.indexOf(TOXICITY) ?? -1;
  return {
    score: (input) => {
      const { text } = input;
      const minors = input.audience === "minors";
      if (text === undefined || text === "") {
        const labels = labelsOf(unsupportedMedia(input.media), minors, version);
        return { labels, features: { media: input.media }, models, degraded: false };
      }
      const judged = judgeText(text, input, resources);
      const { reading, features, language } = judged;
      return {
        labels: joinLabels(judged, minors, version),
        features:
          reading === undefined || toxicity < 0
            ? features
            : { ...features, [TOXICITY]: round(likelihoodOf(reading, toxicity, [])) },
        models,
        degraded: false,
        ...(language === undefined ? {} : { language }),
      };
    },
    likelihoods: (input) => {
      const judged =
        input.text === undefined || input.text === ""
          ? { findings: unsupportedMedia(input.media), reading: undefined, features: {}, language: undefined }
          : judgeText(input.text, input, resources);
      return likelihoodsOf(judged, input.audience === "minors", version);
    },
  };
}

/** The scorer alone, as judges take it. */
export const createPostScorer = (resources: TextResources): Scorer<PostInput> => createTextEngine(resources).score;
