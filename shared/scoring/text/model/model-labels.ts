import type { LabelName, LabelScore, Reason, Span } from "../../../domain/label.ts";
import {
  type Evidence,
  easeOf,
  evidenceOf,
  type Finding,
  MOST_REASONS,
  mergeSpans,
  reportedFrom,
  round,
} from "../finding.ts";
import type { Lexicon } from "../lexicon.ts";
import { isNegated } from "../phrases.ts";
import type { Token } from "../tokenise.ts";
import { severityOf } from "./severity.ts";
import type { TextModel } from "./text-model.ts";
import type { Head, HeadParameters } from "./weights-file.ts";

const SOURCE = "text-model";
/** Share of the evidence that the marked words together have, and how many they are at most. */
const MARKED_SHARE = 0.6;
const MOST_MARKED = 5;
/** Codes of single words: in context the model knows better than they. Other rules read whole phrases, or the whole text. */
const WORD_CODES: ReadonlySet<string> = new Set([
  "text.profanity",
  "text.sexual",
  "text.insult",
  "text.slur",
  "text.graphic",
  "text.extremism",
]);
/** Labels with so much training data that phrases are evidence like any other. */
const WELL_KNOWN: ReadonlySet<LabelName> = new Set(["profanity", "insult"]);
/** Those where the model also ranks texts better than rules do; a verdict still heeds a rule. */
const WELL_RANKED: ReadonlySet<LabelName> = new Set([...WELL_KNOWN, "harassment", "threat", "hate"]);
/** Least probability of a label for which a rule speaks. */
const BACKED = 0.05;
/** Share of the model's probability that stays where a text denies the label, or context lowered every phrase of it. */
const DOUBTED = 0.4;
/** Severity of what context has lowered. */
const LOWERED = 2;

/** What the model makes of a text: per head its probability, before and after rules. */
export interface ModelReading {
  readonly model: TextModel;
  readonly margins: readonly number[];
  readonly tokens: readonly Token[];
  /** Labels of what the text denies. */
  readonly denied: ReadonlySet<LabelName | "signal">;
  readonly lexicon: Lexicon;
  /** A rule reads an attack, or its language, that the text does not deny. */
  readonly attacked: boolean;
}

/** Labels of attacks and their language: a text that denies one of them denies the others. */
export const ATTACKS: readonly LabelName[] = ["insult", "harassment", "threat", "hate", "profanity"];

/** True where the text denies the label, or context (protest, a game, the past) lowered every phrase of it. */
function isDoubted(label: Head, { denied, attacked }: ModelReading, phrases: readonly Finding[]): boolean {
  // "You are not an idiot": all that could be toxic, or swearing, in it is denied.
  if (label === "toxicity" || label === "profanity") return !attacked && ATTACKS.some((attack) => denied.has(attack));
  if (phrases.length > 0) return phrases.every(({ severity, lowered }) => lowered === true || severity <= LOWERED);
  return denied.has(label) || (ATTACKS.includes(label) && ATTACKS.some((attack) => denied.has(attack)));
}

/**
 * A head's calibrated probability, less where the text or its context takes the words back: the model does not read that
 * far around. A phrase that a rule reads holds it up, however rare it was in training, unless its label is `exempt`.
 */
function probabilityOf(
  reading: ModelReading,
  head: number,
  rules: readonly Finding[],
  exempt: ReadonlySet<LabelName>,
): { readonly probability: number; readonly doubted: boolean } {
  const { model, margins } = reading;
  const { head: name } = model.heads[head] as HeadParameters;
  const own = model.probability(head, margins[head] as number);
  const phrases = rules.filter(({ code }) => !WORD_CODES.has(code));
  const doubted = isDoubted(name, reading, phrases);
  const base = doubted ? own * DOUBTED : own;
  const holding = phrases.filter(({ label }) => !exempt.has(label));
  return { probability: holding.length === 0 ? base : Math.max(base, evidenceOf(holding).probability), doubted };
}

/** How likely a head's label is where it is not reported: for putting texts in order. */
export const likelihoodOf = (reading: ModelReading, head: number, rules: readonly Finding[]): number =>
  probabilityOf(reading, head, rules, WELL_RANKED).probability;

interface Explained {
  readonly spans: Span[];
  readonly reason: Reason;
  /** The tokens that moved the head most. */
  readonly words: readonly number[];
}

/** The words that moved a head most, as spans, with their share of all that spoke for it. */
function explainHead({ model, tokens }: ModelReading, head: number): Explained {
  const shares = model.shares(tokens, head);
  let all = 0;
  for (const share of shares) if (share > 0) all += share;
  const strongest: number[] = [];
  for (let at = 0; at < shares.length; at++) {
    const share = shares[at] as number;
    if (share <= 0) continue;
    let place = strongest.length;
    while (place > 0 && share > (shares[strongest[place - 1] as number] as number)) place--;
    if (place < MOST_MARKED) {
      strongest.splice(place, 0, at);
      if (strongest.length > MOST_MARKED) strongest.pop();
    }
  }
  let marked = 0;
  const chosen: number[] = [];
  for (const at of strongest) {
    if (marked >= MARKED_SHARE * all) break;
    chosen.push(at);
    marked += shares[at] as number;
  }
  if (chosen.length === 0) return { spans: [], reason: { code: "model.whole" }, words: [] };
  const spans = mergeSpans(chosen.map((at): Span => [tokens[at]?.start ?? 0, tokens[at]?.end ?? 0]));
  const percent = Math.round((marked / all) * 100);
  const reason: Reason = { code: "model.words", params: { count: spans.length, percent } };
  return { spans, reason, words: chosen };
}

/** Even a certain model is wrong sometimes. */
export const MOST_CERTAIN = 0.98;
/** The model alone took family talk for it in spaces for minors: it needs a rule beside it, or this much, unlowered. */
const ALONE_FROM: Partial<Record<LabelName, number>> = { sexual_adult: 0.7 };

const ACTS: ReadonlySet<LabelName> = new Set(["threat", "self_harm"]);
/** Classes of the lexicon whose words are the act itself. */
const ACT_CLASSES = ["KILL", "HURT", "DIE"] as const;

/** "I will not kill you", "never want to kill myself". Other negations ("I can't go on") take nothing back. */
const deniesAct = ({ tokens, lexicon }: ModelReading, marked: readonly number[]): boolean =>
  marked.some((at) => {
    const key = tokens[at]?.key ?? "";
    return ACT_CLASSES.some((name) => lexicon.classes.get(name)?.has(key)) && isNegated(tokens, at, at, lexicon);
  });

/** A head's label, if it is worth reporting. `rules` are the findings of the same label. */
export function modelLabel(
  reading: ModelReading,
  head: number,
  rules: readonly Finding[],
  minors: boolean,
): LabelScore | undefined {
  const { head: name, report } = reading.model.heads[head] as HeadParameters;
  const label = name as LabelName;
  const { probability, doubted } = probabilityOf(reading, head, rules, WELL_KNOWN);
  const ease = easeOf(label, minors);
  const evidence: Evidence | undefined = rules.length === 0 ? undefined : evidenceOf(rules);
  const backed = evidence !== undefined && evidence.probability >= reportedFrom(label) * ease;
  const alone = Math.max(report * ease, rules.length === 0 ? (ALONE_FROM[label] ?? 0) : 0);
  if (probability < (backed && !doubted ? BACKED * ease : alone)) return undefined;
  const explained = explainHead(reading, head);
  if (rules.length === 0 && ACTS.has(label) && deniesAct(reading, explained.words)) return undefined;
  const byModel = severityOf(label, probability);
  return {
    label,
    score: round(reading.margins[head] as number),
    probability: round(Math.min(MOST_CERTAIN, probability)),
    severity: backed ? Math.max(evidence.severity, byModel) : byModel,
    spans: mergeSpans([...(backed ? evidence.spans : []), ...explained.spans]),
    reasons: [...(backed ? evidence.reasons.slice(0, MOST_REASONS - 1) : []), explained.reason],
    source: SOURCE,
    version: reading.model.version,
  };
}
