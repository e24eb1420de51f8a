import type { LabelName } from "../../domain/label.ts";
import type { Entry } from "./entry.ts";
import type { Finding } from "./finding.ts";
import type { Lexicon } from "./lexicon.ts";
import { isNegated, isReported, type PhraseHit } from "./phrases.ts";
import type { Token } from "./tokenise.ts";
import type { WordHit } from "./words.ts";

interface Hits {
  readonly tokens: readonly Token[];
  readonly words: readonly WordHit[];
  readonly phrases: readonly PhraseHit[];
  readonly lexicon: Lexicon;
  /** Number of links in the text. */
  readonly links: number;
  /** Receives the labels of words and phrases that the text denies: "I will not hurt you". */
  readonly denied?: Set<LabelName | "signal">;
}

const SOURCE = "text-lexicon";
/** The word says nothing unless a phrase aims it at someone: a pig, a snake, a racist. */
const ONLY_IN_PHRASES = "o";
/** The phrase says nothing without a link in the text. */
const NEEDS_LINK = "L";
/** The phrase is meant with its negation in it, or is grave even when denied. */
const KEEPS_NEGATION = "N";
/** What people say when they tell of abuse they received; other labels stand whoever said it. */
const LOWERED_WHEN_REPORTED: ReadonlySet<LabelName> = new Set([
  "insult",
  "harassment",
  "threat",
  "hate",
  "profanity",
  "self_harm",
]);
const PROMOTES: ReadonlySet<LabelName> = new Set(["spam", "scam"]);
const LINK_WEIGHT = 0.35;
const REPORTED_STEPS = 3;

/** Turns what the lexicon found into findings: lower where denied or reported, stronger where a link goes with a pitch. */
export function weighHits({ tokens, words, phrases, lexicon, links, denied }: Hits): Finding[] {
  const findings: Finding[] = [];
  const add = (entry: Entry, from: number, to: number): void => {
    const { label, flags } = entry;
    if (label === "signal" || (flags.includes(NEEDS_LINK) && links === 0)) return;
    const reported = LOWERED_WHEN_REPORTED.has(label) && isReported(tokens, from, lexicon);
    findings.push({
      label,
      severity: reported ? Math.max(1, entry.severity - REPORTED_STEPS) : entry.severity,
      weight: reported ? entry.weight * 0.6 : entry.weight,
      code: entry.code,
      span: [tokens[from]?.start ?? 0, tokens[to - 1]?.end ?? 0],
      source: SOURCE,
    });
  };
  for (const { entry, index } of words) {
    // "You are not an idiot" insults nobody; a swear word stays one.
    if (entry.label === "insult" && isNegated(tokens, index, index, lexicon)) denied?.add("insult");
    else if (!entry.flags.includes(ONLY_IN_PHRASES)) add(entry, index, index + 1);
  }
  for (const { entry, from, to } of phrases) {
    if (entry.flags.includes(KEEPS_NEGATION) || !isNegated(tokens, from, to, lexicon)) add(entry, from, to);
    else denied?.add(entry.label);
  }
  if (links > 0) {
    for (const label of PROMOTES) {
      const pitch = findings.find((finding) => finding.label === label);
      if (pitch === undefined) continue;
      findings.push({
        label,
        severity: pitch.severity,
        weight: LINK_WEIGHT,
        code: "text.pitch_link",
        params: { links },
        source: SOURCE,
      });
    }
  }
  return findings;
}
