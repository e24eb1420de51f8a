import type { Finding } from "../finding.ts";
import type { Signal } from "./signals.ts";

/** What is known around a message that may be seeking contact with a child. */
export interface ContactContext {
  /** The channel's audience is minors. */
  readonly minors: boolean;
  readonly author: "adult" | "minor" | "unknown";
}

/** Kinds of step by evidence code, with what each counts. Hiding from parents counts double. */
const STEPS: ReadonlyMap<string, number> = new Map([
  ["child.age", 1],
  ["child.where", 1],
  ["child.alone", 1],
  ["child.secrecy", 2],
  ["child.hidden", 2],
  ["child.quiet", 1],
  ["child.erase", 1],
  ["child.move", 1],
  ["child.picture", 1],
  ["child.body", 2],
  ["child.sexual_talk", 2],
  ["child.gift", 1],
  ["child.flattery", 1],
  ["child.meeting", 1],
  ["child.pressure", 2],
]);
/** Enough alone where a child is on the other side. */
const GRAVEST: ReadonlySet<string> = new Set(["child.body", "child.sexual_talk", "child.pressure", "child.hidden"]);
/** Friends arrange to meet and to write elsewhere all day: without any other kind of step these two say nothing. */
const EVERYDAY: ReadonlySet<string> = new Set(["child.move", "child.meeting"]);
/** And where nothing says that a child is there, adults who get to know each other ask these as well. */
const EVERYDAY_AMONG_ADULTS: ReadonlySet<string> = new Set([...EVERYDAY, "child.age", "child.where"]);
/** What parents, teachers, coaches and customer care do in the course of a day. */
const DUTIES: ReadonlySet<string> = new Set([
  "child.move",
  "child.meeting",
  "child.alone",
  "child.where",
  "child.picture",
]);
const MOST_FOUND = 6;

/** What counts after its context, or undefined where it is not enough. */
function weigh(
  codes: ReadonlySet<string>,
  context: ContactContext,
): { steps: ReadonlySet<string>; strength: number; needed: number; child: boolean } | undefined {
  const onDuty = codes.has("context.guardian") || codes.has("context.care");
  const steps = new Set([...codes].filter((code) => STEPS.has(code) && !(onDuty && DUTIES.has(code))));
  const byMinor = context.author === "minor" || codes.has("context.self_minor");
  const byAdult = !byMinor && (context.author === "adult" || codes.has("context.self_adult"));
  const advises = codes.has("context.protective");
  const named = context.minors || (codes.has("child.named") && !onDuty && !advises);
  // Grown-ups have parents too: that the text speaks of them is evidence, but not for the gravest.
  const child = named || (codes.has("context.family") && !onDuty && !advises);
  let strength = child && byAdult ? 1 : 0;
  for (const step of steps) strength += STEPS.get(step) ?? 0;
  const caution = (byMinor ? 1 : 0) + (onDuty ? 1 : 0) + (advises ? 1 : 0);
  const needed = (child ? 2 : 3) + caution;
  const everyday = child ? EVERYDAY : EVERYDAY_AMONG_ADULTS;
  const telling = [...steps].some((step) => !everyday.has(step));
  const gravest = named && !byMinor && [...steps].some((step) => GRAVEST.has(step));
  const enough = gravest || (steps.size >= 2 && telling && strength >= needed);
  return enough ? { steps, strength, needed, child } : undefined;
}

/**
 * Contact-seeking by steps: no step alone says much, several kinds together do. Two kinds are needed where a child is known to
 * be on the other side (a channel for minors, or the text says so), three where not; one more between minors, in the talk of
 * parents, teachers and customer care, and in advice on safety. Asking about the body, sexual talk, pressure and hiding
 * the contact from parents are enough alone towards a child. Severity 5 to 7; each kind of step is one reason.
 */
export function findContactSeeking(signals: readonly Signal[], context: ContactContext): Finding[] {
  const weighed = weigh(new Set(signals.map(({ code }) => code)), context);
  if (weighed === undefined) return [];
  const { steps, strength, needed, child } = weighed;
  const grave = strength >= 4 || [...steps].some((step) => GRAVEST.has(step));
  const severity = (child ? 6 : 5) + (grave ? 1 : 0);
  const weight = Math.min(0.95, 0.6 + 0.15 * Math.max(0, strength - needed) + (child ? 0.15 : 0));
  const kinds = new Map(signals.toReversed().map((signal) => [signal.code, signal]));
  const found = [...kinds.values()]
    .filter(({ code }) => steps.has(code) || (child && code === "child.named"))
    .slice(0, MOST_FOUND);
  // One finding a kind, with weights that together make `weight` when labelsOf multiplies the doubts.
  const share = 1 - (1 - weight) ** (1 / found.length);
  return found.map(({ code, span }) => ({
    label: "child_safety",
    severity: steps.has(code) ? severity : severity - 1,
    weight: share,
    code,
    span,
    source: "text-rules",
  }));
}
