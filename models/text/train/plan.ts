import type { Head, LabelledText, Split } from "../data/labelled-text.ts";
import { CONTEXT_SET, CUSTOMER_SET, OWN_SET } from "../data/own-texts.ts";
import { RESPELLED_SET } from "../data/respelled-texts.ts";

/** Cost of a mistake on a row of each set; a set that is absent takes no part. */
type Shares = Readonly<Record<string, number>>;

/** One of the questions that the weights are first fitted to: one head as some sets understand it. */
export interface Question {
  readonly name: string;
  readonly head: Head;
  readonly sets: Shares;
  /** Inverse strength of the penalty. */
  readonly cost: number;
}

/** How the questions' answers make a head's: fitted on rows of these sets' calibration splits. */
export interface Combination {
  readonly head: Head;
  readonly sets: Shares;
  /** Rows whose shares of positives a probability speaks of; `evenOdds`: as if half of them were toxic. */
  readonly calibrateOn: { readonly sets: Shares; readonly evenOdds: boolean };
  /** Least probability that is reported. */
  readonly report: number;
}

const JIGSAW: Shares = { jigsaw_wiki_subset: 1, jigsaw_robtest_binary: 1 };
const OWN: Shares = { [OWN_SET]: 0.5, [CONTEXT_SET]: 0.4, [CUSTOMER_SET]: 2, [RESPELLED_SET]: 0.1 };
const OWN_LITTLE: Shares = { [OWN_SET]: 0.2, [CONTEXT_SET]: 0.1, [CUSTOMER_SET]: 0.5, [RESPELLED_SET]: 0.1 };
const TOXICITY: Shares = {
  ...JIGSAW,
  ...OWN,
  civil_comments_mini: 0.3,
  civil_comments_toxic: 0.3,
  davidson: 0.2,
  cad_v1_1: 0.3,
  gab_hate_corpus: 0.3,
  sbic_devtest: 0.3,
  paradetox: 0.5,
  surge_toxicity: 1,
  wiki_bias_eval: 0.5,
  convabuse: 0.5,
  stormfront_vicomtech: 0.3,
  dynahate_devtest: 0.3,
  hatemoji: 0.3,
  mlma: 0.2,
};
const WRITTEN_TO_FOOL: Shares = { dynahate_devtest: 1, hatemoji: 1, sbic_devtest: 1 };

/** Stands for the rows of other sets that are taken not to be what a set without other topics asks about. */
export const BACKGROUND = "background";

export const QUESTIONS: readonly Question[] = [
  { name: "toxic, Wikipedia", head: "toxicity", sets: JIGSAW, cost: 1 },
  { name: "toxic, our own sentences", head: "toxicity", sets: OWN, cost: 1 },
  { name: "toxic, all", head: "toxicity", sets: TOXICITY, cost: 1 },
  { name: "toxic, rewritten pairs", head: "toxicity", sets: { paradetox: 1 }, cost: 1 },
  { name: "offensive tweets", head: "toxicity", sets: { davidson: 1 }, cost: 1 },
  { name: "obscene, Wikipedia", head: "profanity", sets: JIGSAW, cost: 1 },
  { name: "obscene, news", head: "profanity", sets: { civil_comments_mini: 1, paradetox: 0.3 }, cost: 1 },
  { name: "insult, Wikipedia", head: "insult", sets: JIGSAW, cost: 1 },
  {
    name: "insult, all",
    head: "insult",
    sets: { ...JIGSAW, ...OWN, civil_comments_mini: 0.3, paradetox: 0.3 },
    cost: 1,
  },
  { name: "insult, news", head: "insult", sets: { civil_comments_mini: 1 }, cost: 1 },
  { name: "threat, Wikipedia", head: "threat", sets: JIGSAW, cost: 4 },
  { name: "threat, all", head: "threat", sets: TOXICITY, cost: 4 },
  { name: "severe, Wikipedia", head: "harassment", sets: JIGSAW, cost: 1 },
  { name: "abuse of a person, Reddit", head: "harassment", sets: { cad_v1_1: 1 }, cost: 1 },
  { name: "abuse of a bot", head: "harassment", sets: { convabuse: 1 }, cost: 2 },
  { name: "identity attack, Wikipedia", head: "hate", sets: JIGSAW, cost: 4 },
  { name: "hate, all", head: "hate", sets: TOXICITY, cost: 1 },
  { name: "hate, tweets", head: "hate", sets: { davidson: 1 }, cost: 1 },
  { name: "abuse of a group, Reddit", head: "hate", sets: { cad_v1_1: 1 }, cost: 1 },
  { name: "hate, Gab", head: "hate", sets: { gab_hate_corpus: 1 }, cost: 1 },
  { name: "hate, written to fool", head: "hate", sets: WRITTEN_TO_FOOL, cost: 1 },
  { name: "hate, Stormfront", head: "hate", sets: { stormfront_vicomtech: 1 }, cost: 1 },
  { name: "sexual", head: "sexual_adult", sets: TOXICITY, cost: 2 },
  { name: "suicidal", head: "self_harm", sets: { twitter_suicidal_intention: 1, [BACKGROUND]: 0.5, ...OWN }, cost: 1 },
  {
    name: "advertising",
    head: "spam",
    sets: { sms_spam_collection: 1, sms_smishing_5971: 1, youtube_spam: 1, [BACKGROUND]: 0.5, ...OWN },
    cost: 4,
  },
  {
    name: "phishing by SMS",
    head: "scam",
    sets: { sms_spam_collection: 1, sms_smishing_5971: 1, [BACKGROUND]: 0.5, ...OWN },
    cost: 4,
  },
  {
    name: "side effect",
    head: "adverse_event",
    sets: { psytar: 1, [BACKGROUND]: 0.5, ...OWN },
    cost: 1,
  },
];

const WIKIPEDIA_FIRST: Shares = {
  ...JIGSAW,
  ...OWN,
  civil_comments_mini: 0.1,
  surge_toxicity: 0.5,
  paradetox: 0.1,
  davidson: 0.05,
  cad_v1_1: 0.1,
  gab_hate_corpus: 0.1,
  wiki_bias_eval: 0.2,
};

const WIKIPEDIA_ODDS = { sets: { jigsaw_wiki_subset: 1 }, evenOdds: true };
const ALL_WIKIPEDIA_ODDS = { sets: JIGSAW, evenOdds: false };

export const COMBINATIONS: readonly Combination[] = [
  { head: "toxicity", sets: WIKIPEDIA_FIRST, calibrateOn: ALL_WIKIPEDIA_ODDS, report: 0.5 },
  { head: "profanity", sets: { ...WIKIPEDIA_FIRST, ...OWN_LITTLE }, calibrateOn: WIKIPEDIA_ODDS, report: 0.5 },
  { head: "insult", sets: { ...WIKIPEDIA_FIRST, ...OWN_LITTLE }, calibrateOn: WIKIPEDIA_ODDS, report: 0.5 },
  {
    head: "harassment",
    sets: { ...JIGSAW, ...OWN, cad_v1_1: 0.5, convabuse: 1, paradetox: 0.1, wiki_bias_eval: 0.2 },
    calibrateOn: { sets: { ...JIGSAW, cad_v1_1: 0.5, convabuse: 1 }, evenOdds: false },
    report: 0.5,
  },
  {
    head: "threat",
    sets: { ...WIKIPEDIA_FIRST, dynahate_devtest: 0.3, hatemoji: 0.3 },
    calibrateOn: WIKIPEDIA_ODDS,
    report: 0.6,
  },
  {
    head: "hate",
    sets: {
      ...WIKIPEDIA_FIRST,
      ...OWN_LITTLE,
      dynahate_devtest: 0.1,
      hatemoji: 0.1,
      sbic_devtest: 0.1,
      stormfront_vicomtech: 0.1,
    },
    calibrateOn: WIKIPEDIA_ODDS,
    report: 0.5,
  },
  {
    head: "sexual_adult",
    sets: {
      sbic_devtest: 1,
      civil_comments_mini: 0.3,
      convabuse: 1,
      ...JIGSAW,
      ...OWN,
      paradetox: 0.2,
      surge_toxicity: 0.5,
    },
    calibrateOn: { sets: { sbic_devtest: 1, civil_comments_mini: 0.3, convabuse: 1, ...JIGSAW }, evenOdds: false },
    report: 0.5,
  },
  {
    head: "self_harm",
    sets: { twitter_suicidal_intention: 1, [BACKGROUND]: 1, ...OWN },
    calibrateOn: { sets: { twitter_suicidal_intention: 1, [BACKGROUND]: 1, ...OWN }, evenOdds: false },
    report: 0.5,
  },
  {
    head: "spam",
    sets: { sms_spam_collection: 1, sms_smishing_5971: 1, youtube_spam: 1, [BACKGROUND]: 1, ...OWN },
    calibrateOn: {
      sets: { sms_spam_collection: 1, sms_smishing_5971: 1, youtube_spam: 1, [BACKGROUND]: 1, ...OWN },
      evenOdds: false,
    },
    report: 0.9,
  },
  {
    head: "scam",
    sets: { sms_spam_collection: 1, sms_smishing_5971: 1, [BACKGROUND]: 1, ...OWN },
    calibrateOn: { sets: { sms_spam_collection: 1, sms_smishing_5971: 1, [BACKGROUND]: 1, ...OWN }, evenOdds: false },
    report: 0.9,
  },
  {
    head: "adverse_event",
    sets: { psytar: 1, [BACKGROUND]: 1, ...OWN },
    calibrateOn: { sets: { psytar: 1, [BACKGROUND]: 1, ...OWN }, evenOdds: false },
    report: 0.5,
  },
];

/** Sets that hold one topic only: their heads need the background to know what other texts look like. */
const ONE_TOPIC: ReadonlySet<Head> = new Set(["self_harm", "spam", "scam", "adverse_event"]);
const BACKGROUND_SHARE = 4;

interface Answer {
  readonly positive: 0 | 1;
  readonly cost: number;
}

/** What a row says to a question that asks `sets` about `head`, if anything. Every fourth row of other sets is background. */
function answerOf(row: LabelledText, head: Head, sets: Shares, place: number): Answer | undefined {
  const truth = row.truth[head];
  const cost = sets[row.set];
  if (truth !== undefined && cost !== undefined) return { positive: truth, cost };
  const background = sets[BACKGROUND];
  if (background === undefined || cost !== undefined || truth !== undefined || !ONE_TOPIC.has(head)) return undefined;
  if (place % BACKGROUND_SHARE !== 0) return undefined;
  // "Kill yourself" is toxic and about self-harm.
  const harmless = head === "self_harm" ? row.truth.toxicity === 0 : row.truth.toxicity !== undefined;
  return harmless ? { positive: 0, cost: background } : undefined;
}

/** Families of sets whose share of positives says nothing of other texts: each has a constant of its own in a fit. */
export const CONSTANTS: readonly (readonly string[])[] = [
  ["davidson"],
  ["cad_v1_1"],
  ["gab_hate_corpus"],
  ["stormfront_vicomtech"],
  ["sbic_devtest"],
  ["dynahate_devtest", "hatemoji"],
  ["mlma"],
  ["convabuse"],
  ["civil_comments_mini", "civil_comments_toxic"],
];

const constantOf = (set: string, head: Head): number =>
  ONE_TOPIC.has(head) ? -1 : CONSTANTS.findIndex((family) => family.includes(set));

/** Rows that a question is put to. */
export interface Asked {
  readonly documents: Int32Array;
  readonly positive: Uint8Array;
  readonly cost: Float64Array;
  /** Place of each row's own constant, or -1. */
  readonly constant: Int32Array;
  readonly constants: number;
}

interface Rows {
  readonly rows: readonly LabelledText[];
  readonly places: Int32Array;
}

/** The rows of one split that answer a question, in order. */
export function rowsFor({ rows, places }: Rows, split: Split, head: Head, sets: Shares): Asked {
  const documents: number[] = [];
  const positive: number[] = [];
  const cost: number[] = [];
  const constant: number[] = [];
  rows.forEach((row, document) => {
    const answer = row.split === split ? answerOf(row, head, sets, places[document] as number) : undefined;
    if (answer === undefined) return;
    documents.push(document);
    positive.push(answer.positive);
    cost.push(answer.cost);
    constant.push(constantOf(row.set, head));
  });
  return {
    documents: Int32Array.from(documents),
    positive: Uint8Array.from(positive),
    cost: Float64Array.from(cost),
    constant: Int32Array.from(constant),
    constants: CONSTANTS.length,
  };
}
