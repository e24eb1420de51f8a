import type { Span } from "../../../domain/label.ts";
import type { Finding } from "../finding.ts";
import type { Lexicon } from "../lexicon.ts";
import { isReported } from "../phrases.ts";
import type { Token } from "../tokenise.ts";
import type { Signal } from "./signals.ts";

interface HarmInput {
  readonly said: readonly Finding[];
  readonly signals: readonly Signal[];
  readonly tokens: readonly Token[];
  readonly lexicon: Lexicon;
}

/** Furthest that a time, place or means may stand from the threat that it makes credible, in UTF-16 units. */
const NEAR = 160;
const GRAVEST = 7;
const CREDIBLE_FROM = 4;
/** What a lowered finding keeps of its severity at most: a note, not a reason to act. */
const NOTE = 2;

const near = (a: Span, b: Span): boolean => a[0] - b[1] <= NEAR && b[0] - a[1] <= NEAR;
const lowered = (one: Finding, severity: number, share: number): Finding => ({
  ...one,
  severity: Math.min(one.severity, Math.max(1, severity)),
  weight: one.weight * share,
  lowered: true,
});

type Reader = (one: Finding, told: boolean) => readonly Finding[];

/**
 * What a text's own context makes of words of harm. Threats: a time, place or means raises them (7 at most); told of in
 * protest, in a game or in jest they are lowered. Self-harm: recovery, prevention and protest lower it, help-seeking never
 * does. Extremism: history and condemnation lower it. Illicit goods: a way to reach the seller raises the probability.
 */
export function readHarm({ said, signals, tokens, lexicon }: HarmInput): Finding[] {
  const has = (code: string): boolean => signals.some((signal) => signal.code === code);
  const [counter, game, joke] = [
    has("context.counter"),
    has("context.game") || has("context.idiom"),
    has("context.joke"),
  ];
  const [recovery, aware, history] = [has("context.recovery"), has("context.awareness"), has("context.history")];
  const [news, accident] = [has("context.news"), has("context.accident")];
  const details = signals.filter(({ code }) => code.startsWith("harm."));
  const sellers = signals.filter(({ code }) => code === "illicit.contact");
  const soon = has("harm.time");

  const threat: Reader = (one, told) => {
    if (told && counter) return [lowered(one, NOTE, 0.4)];
    if (game) return [lowered(one, one.severity - 3, 0.5)];
    // An allusion holds its place in itself: only a means makes more of it.
    const allusion = one.code === "threat.veiled";
    const detail = details.find(
      ({ code, span }) => one.span !== undefined && near(span, one.span) && (!allusion || code === "harm.means"),
    );
    if (detail === undefined || told || one.severity < CREDIBLE_FROM)
      return [joke ? lowered(one, one.severity, 0.75) : one];
    const severity = Math.min(GRAVEST, Math.max(5, one.severity + 1));
    return [
      { ...one, severity },
      { ...one, severity, weight: 0.3, code: "threat.credible", span: detail.span, source: "text-rules" },
    ];
  };
  const selfHarm: Reader = (one, told) => {
    switch (one.code) {
      case "selfharm.encouragement":
        return [told && (aware || counter) ? lowered(one, NOTE, 0.3) : one];
      case "selfharm.intent":
        if ((recovery && !soon) || accident) return [lowered(one, NOTE, 0.4)];
        return [joke && one.severity <= CREDIBLE_FROM ? lowered(one, 3, 0.6) : one];
      case "selfharm.eating":
        return [recovery || aware ? lowered(one, NOTE, 0.4) : one];
      default:
        return [aware ? lowered(one, 3, 0.5) : one];
    }
  };
  const illicit: Reader = (one) => {
    const weighed = news ? lowered(one, one.severity, 0.5) : one;
    const seller = sellers.find(({ span }) => one.span !== undefined && near(span, one.span));
    if (seller === undefined) return [weighed];
    return [weighed, { ...one, weight: 0.3, code: "illicit.contact", span: seller.span, source: "text-rules" }];
  };

  const concern = signals.find(({ code }) => code === "context.concern");
  const worries: Finding[] =
    concern === undefined || recovery
      ? []
      : [
          {
            label: "self_harm",
            severity: 4,
            weight: 0.6,
            code: "selfharm.concern",
            span: concern.span,
            source: "text-rules",
          },
        ];

  const read = said.flatMap((one) => {
    const concerns = one.label === "threat" || one.label === "self_harm" || one.code === "selfharm.encouragement";
    if (concerns) {
      const told = isTold(one, tokens, lexicon);
      return one.label === "threat" ? threat(one, told) : selfHarm(one, told);
    }
    if (one.label === "extremism") return [history || counter ? lowered(one, one.severity - 2, 0.45) : one];
    return one.label === "illicit" ? illicit(one, false) : [one];
  });
  return [...read, ...worries];
}

/** True where the words of a finding are quoted or told as another's. Tokens are in order of place. */
function isTold({ span }: Finding, tokens: readonly Token[], lexicon: Lexicon): boolean {
  if (span === undefined) return false;
  let low = 0;
  let high = tokens.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((tokens[middle]?.start ?? 0) < span[0]) low = middle + 1;
    else high = middle;
  }
  return isReported(tokens, low, lexicon);
}
