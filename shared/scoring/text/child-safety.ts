import type { Finding } from "./finding.ts";

/** What is known around a message that may be seeking contact with a child. */
export interface ContactContext {
  /** The channel's audience is minors. */
  readonly minors: boolean;
  readonly author: "adult" | "minor" | "unknown";
}

/** Evidence codes of the lexicon's `signal` phrases, by what an adult who seeks contact asks for. */
const STEPS = new Set(["child.age", "child.secrecy", "child.move", "child.picture", "child.meeting", "child.alone"]);
/** Says that the other side is a child. */
const CHILD_NAMED = "child.named";
/** Hiding from parents is telling in itself; the other steps are ordinary between friends. */
const SECRECY = "child.secrecy";

/** A signal phrase that was found, wherever in the text. */
export interface Signal {
  readonly code: string;
  readonly span: readonly [number, number];
}

/**
 * Contact-seeking by steps: no step alone says much, several together do. Needs two different steps where a child is
 * known to be on the other side (channel for minors, or the text says so), three where not; secrecy from parents counts
 * double, and an adult in a channel for minors counts as a step; else there are two at least. Between two minors one step
 * more is needed.
 */
export function findContactSeeking(signals: readonly Signal[], context: ContactContext): Finding[] {
  const steps = new Set(signals.map((signal) => signal.code).filter((code) => STEPS.has(code)));
  const toChildFromAdult = context.minors && context.author === "adult";
  if (steps.size < (toChildFromAdult ? 1 : 2)) return [];
  const named = signals.some((signal) => signal.code === CHILD_NAMED);
  const child = context.minors || named;
  const strength = steps.size + (steps.has(SECRECY) ? 1 : 0) + (toChildFromAdult ? 1 : 0);
  const needed = (child ? 2 : 3) + (context.author === "minor" ? 1 : 0);
  if (strength < needed) return [];
  const severity = child ? (strength >= 4 ? 7 : 6) : strength >= 4 ? 6 : 5;
  const weight = Math.min(0.95, 0.55 + 0.15 * (strength - needed) + (child ? 0.15 : 0));
  // One finding a kind, with weights that together make `weight` when labelsOf multiplies the doubts.
  const kinds = new Map(signals.toReversed().map((signal) => [signal.code, signal]));
  const found = [...kinds.values()].filter(({ code }) => steps.has(code) || code === CHILD_NAMED);
  const share = 1 - (1 - weight) ** (1 / found.length);
  return found.map(({ code, span }) => ({
    label: "child_safety",
    severity: steps.has(code) ? severity : severity - 1,
    weight: share,
    code,
    span: [span[0], span[1]],
    source: "text-lexicon",
  }));
}
