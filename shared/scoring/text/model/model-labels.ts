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
const BACKED = 0.15;
/** Share of the model's probability that stays where a text denies the label, or context lowered every phrase of it. */
const DOUBTED = 0.5;
/** Severity of what context has lowered. */
const LOWERED = 2;

/** What the model makes of a text: per head its probability, before and after rules. */
export interface ModelReading {
  readonly model: TextModel;
  readonly margins: readonly number[];
  readonly tokens: readonly Token[];
  /** Labels of what the text denies. */
  readonly denied: ReadonlySet<LabelName | "signal">;
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

/**
 * The probability that a verdict states: a phrase that a rule reads holds it up, however rare it was in training; what the
 * text denies, quotes or tells of holds it down.
 */
function statedOf({ model, margins, denied }: ModelReading, head: number, findings: readonly Finding[]): number {
  const label = model.heads[head]?.head as LabelName;
  const own = model.probability(head, margins[head] as number);
  const phrases = findings.filter(({ code }) => !WORD_CODES.has(code));
  const doubted = phrases.length === 0 ? denied.has(label) : phrases.every(({ severity }) => severity <= LOWERED);
  return heldUp(doubted ? own * DOUBTED : own, findings, WELL_KNOWN);
}

/** The words that moved a head most, as spans, with their share of all that spoke for it. */
function explainHead({ model, tokens }: ModelReading, head: number): { spans: Span[]; reason: Reason } {
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
  if (chosen.length === 0) return { spans: [], reason: { code: "model.whole" } };
  const spans = mergeSpans(chosen.map((at): Span => [tokens[at]?.start ?? 0, tokens[at]?.end ?? 0]));
  const percent = Math.round((marked / all) * 100);
  return { spans, reason: { code: "model.words", params: { count: spans.length, percent } } };
}

/** A head's label, if it is worth reporting. `rules` are the findings of the same label. */
export function modelLabel(
  reading: ModelReading,
  head: number,
  rules: readonly Finding[],
  minors: boolean,
): LabelScore | undefined {
  const { head: name, report } = reading.model.heads[head] as HeadParameters;
  const label = name as LabelName;
  const probability = statedOf(reading, head, rules);
  const ease = easeOf(label, minors);
  const evidence: Evidence | undefined = rules.length === 0 ? undefined : evidenceOf(rules);
  const backed = evidence !== undefined && evidence.probability >= reportedFrom(label) * ease;
  if (probability < (backed ? BACKED : report) * ease) return undefined;
  const own = explainHead(reading, head);
  const byModel = severityOf(label, probability);
  const spans = evidence === undefined || evidence.spans.length === 0 ? own.spans : evidence.spans;
  return {
    label,
    score: round(reading.margins[head] as number),
    probability: round(probability),
    severity: backed ? Math.max(evidence.severity, byModel) : byModel,
    spans: mergeSpans([...spans, ...own.spans]),
    reasons: [...(backed ? evidence.reasons : []), own.reason].slice(-MOST_REASONS),
    source: SOURCE,
    version: reading.model.version,
  };
}
