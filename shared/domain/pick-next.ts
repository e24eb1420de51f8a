import { speaks } from "./routing.ts";
import { LANES, type Lane } from "./verdict.ts";

/** A waiting case as far as its turn goes by it. How many people its author reaches is not here. */
export interface Waiting {
  readonly id: string;
  readonly queue: string;
  readonly lane: Lane;
  readonly openedAt: string;
  readonly language?: string | undefined;
}

/** Minutes after which a case waits for no one who knows its language any more. */
export const PATIENCE_MINUTES = 30;
/** How many of the first may be taken at the first try; twice as many at each further one. */
const FIRST_FEW = 3;

/** Severity class first, then who waits longest, whatever the queue. */
export const inFairOrder = (a: Waiting, b: Waiting): number =>
  LANES.indexOf(a.lane) - LANES.indexOf(b.lane) ||
  (a.openedAt < b.openedAt ? -1 : a.openedAt > b.openedAt ? 1 : a.id < b.id ? -1 : 1);

/**
 * The candidates of one lane in the groups in which someone is offered them: those that waited over half an hour, then
 * those in a language that they know, then the rest; within each the longest waiting first. Nothing starves for its
 * language, and nobody is left idle for theirs.
 * @param languages known to the caller; none: all alike
 */
export function byPreference(
  heads: readonly Waiting[],
  languages: readonly string[],
  now: Date,
): readonly (readonly Waiting[])[] {
  const groups: [Waiting[], Waiting[], Waiting[]] = [[], [], []];
  for (const one of heads.toSorted(inFairOrder)) {
    const minutes = (now.getTime() - new Date(one.openedAt).getTime()) / 60_000;
    const isAnybodys = languages.length === 0 || minutes >= PATIENCE_MINUTES;
    groups[isAnybodys ? 0 : speaks(languages, one.language) ? 1 : 2].push(one);
  }
  return groups.filter((group) => group.length > 0);
}

/**
 * Which of the candidates to try. The first try is among the first three, each further one among twice as many: callers at the
 * same time spread out instead of running after each other.
 * @param random 0 to 1, 1 excluded
 */
export function pickNext<One>(candidates: readonly One[], attempt: number, random: number): One | undefined {
  const among = Math.min(candidates.length, FIRST_FEW * 2 ** Math.min(attempt, 10));
  return candidates[Math.floor(random * among)];
}
