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
import type { HeadParameters } from "./weights-file.ts";

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
}

const heldUp = (own: number, findings: readonly Finding[], exempt: ReadonlySet<LabelName>): number => {
  const phrases = findings.filter(({ code, label }) => !WORD_CODES.has(code) && !exempt.has(label));
  if (phrases.length === 0) return own;
  // What rules see said in protest, in a game or of the past, the model sees said: it does not read that far around.
  const doubted = phrases.every(({ lowered }) => lowered === true) ? own * DOUBTED : own;
  return Math.max(doubted, evidenceOf(phrases).probability);
};

/** A head's calibrated probability, which knows the rules' hits; where labelled texts are few, a phrase's rule holds it up. */
export const likelihoodOf = ({ model, margins }: ModelReading, head: number, findings: readonly Finding[]): number =>
  heldUp(model.probability(head, margins[head] as number), findings, WELL_RANKED);

/** Labels of attacks and their language: a text that denies one of them denies the others. */
const ATTACKS: readonly LabelName[] = ["insult", "harassment", "threat", "hate", "profanity"];

/** True where the text denies the label, or context lowered every phrase of it. */
function isDoubted(label: LabelName, denied: ModelReading["denied"], findings: readonly Finding[]): boolean {
  const phrases = findings.filter(({ code }) => !WORD_CODES.has(code));
  if (phrases.length > 0) return phrases.every(({ severity }) => severity <= LOWERED);
  return denied.has(label) || (ATTACKS.includes(label) && ATTACKS.some((attack) => denied.has(attack)));
}

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

/** Labels of acts: the model alone does not report what its marked words are denied of. */
const ACTS: ReadonlySet<LabelName> = new Set(["threat", "self_harm"]);

/** A head's label, if it is worth reporting. `rules` are the findings of the same label. */
export function modelLabel(
  reading: ModelReading,
  head: number,
  rules: readonly Finding[],
  minors: boolean,
): LabelScore | undefined {
  const { head: name, report } = reading.model.heads[head] as HeadParameters;
  const label = name as LabelName;
  const doubted = isDoubted(label, reading.denied, rules);
  const own = reading.model.probability(head, reading.margins[head] as number);
  // A phrase that a rule reads holds the probability up, however rare it was in training.
  const probability = heldUp(doubted ? own * DOUBTED : own, rules, WELL_KNOWN);
  const ease = easeOf(label, minors);
  const evidence: Evidence | undefined = rules.length === 0 ? undefined : evidenceOf(rules);
  const backed = evidence !== undefined && evidence.probability >= reportedFrom(label) * ease;
  if (probability < (backed && !doubted ? BACKED : report) * ease) return undefined;
  const explained = explainHead(reading, head);
  const denied = explained.words.some((at) => isNegated(reading.tokens, at, at, reading.lexicon));
  if (rules.length === 0 && ACTS.has(label) && denied) return undefined;
  const byModel = severityOf(label, probability);
  const spans = evidence === undefined || evidence.spans.length === 0 ? explained.spans : evidence.spans;
  return {
    label,
    score: round(reading.margins[head] as number),
    probability: round(probability),
    severity: backed ? Math.max(evidence.severity, byModel) : byModel,
    spans: mergeSpans([...spans, ...explained.spans]),
    reasons: [...(backed ? evidence.reasons : []), explained.reason].slice(-MOST_REASONS),
    source: SOURCE,
    version: reading.model.version,
  };
}
