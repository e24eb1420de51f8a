import { FLOW_KINDS, type FlowKind } from "../domain/breaker.ts";
import { type FlowSlot, SLOT_MS } from "../domain/flow-slot.ts";
import { itemsOf, type Subject, subjectIn } from "./flow.ts";

/** Upper ends of the usual shares. */
export interface Usual {
  /** By counter; null of one that was seen and is not known for long enough. */
  readonly bands: Readonly<Record<string, number | null>>;
  /** Of a kind's counters that were never seen while the policies of this epoch decided: that is usual of them, too. */
  readonly unseen: Readonly<Partial<Record<FlowKind, number>>>;
  readonly epoch: number;
}

/** Days that the band looks back. */
export const BAND_DAYS = 14;
/** Items of a block at the least: the share of fewer says little. */
const BLOCK_ITEMS = 100;
/** A band is known once its blocks are this many and cover a day, so that it has seen a night. */
const FEWEST_BLOCKS = 24;
export const LEARNING_MS = 86_400_000;
const QUANTILE = 0.9;
/** Median absolute deviation to standard deviation, of a normal distribution. */
const MAD_TO_SD = 1.4826;
const DEVIATIONS = 3;
/** Of n items without one, the share is under 3 ÷ n with 95% certainty. */
const RULE_OF_THREE = 3;

/** Slots one after the other, until they hold enough items. */
interface Block {
  readonly start: number;
  readonly end: number;
  readonly items: number;
  readonly slots: readonly FlowSlot[];
}

function blocksOf(slots: readonly FlowSlot[], kind: FlowKind): Block[] {
  const blocks: Block[] = [];
  let gathered: FlowSlot[] = [];
  let items = 0;
  for (const one of slots) {
    const own = one.counts[itemsOf(kind)] ?? 0;
    if (own === 0) continue;
    gathered.push(one);
    items += own;
    if (items < BLOCK_ITEMS) continue;
    const start = gathered[0]?.slot.getTime() ?? 0;
    blocks.push({ start, end: one.slot.getTime() + SLOT_MS, items, slots: gathered });
    gathered = [];
    items = 0;
  }
  return blocks;
}

interface Weighted {
  readonly value: number;
  readonly weight: number;
}

/** The smallest value that at least the `part` of all weight does not exceed. */
function quantile(sorted: readonly Weighted[], part: number): number {
  const whole = sorted.reduce((sum, { weight }) => sum + weight, 0);
  let reached = 0;
  for (const { value, weight } of sorted) {
    reached += weight;
    if (reached >= part * whole) return value;
  }
  return sorted.at(-1)?.value ?? 0;
}

const byValue = (a: Weighted, b: Weighted): number => a.value - b.value;

/**
 * The upper end of the usual band of shares, by time: the greater of the ninth decile (a rhythm of the day is usual, and
 * a flood of less than a tenth of the time is not) and three robust standard deviations above the median; at least what
 * cannot be told from nothing. Undefined where too little is known.
 */
function upperOf(blocks: readonly Block[], counter: string): number | undefined {
  const [first, last] = [blocks[0], blocks.at(-1)];
  if (!first || !last || blocks.length < FEWEST_BLOCKS || last.end - first.start < LEARNING_MS) return undefined;
  const shares = blocks
    .map(({ items, slots, start, end }) => ({
      value: slots.reduce((sum, { counts }) => sum + (counts[counter] ?? 0), 0) / items,
      weight: (end - start) / SLOT_MS,
    }))
    .sort(byValue);
  const middle = quantile(shares, 0.5);
  const spread = quantile(
    shares.map(({ value, weight }) => ({ value: Math.abs(value - middle), weight })).sort(byValue),
    0.5,
  );
  const items = blocks.reduce((sum, block) => sum + block.items, 0);
  return Math.min(
    1,
    Math.max(quantile(shares, QUANTILE), middle + DEVIATIONS * MAD_TO_SD * spread, RULE_OF_THREE / items),
  );
}

/** When the policies began to decide that decided in the slot at `index`. */
function epochStart(slots: readonly FlowSlot[], index: number): number {
  let start = index;
  while (start > 0 && slots[start - 1]?.epoch === slots[index]?.epoch) start -= 1;
  return slots[start]?.slot.getTime() ?? 0;
}

/**
 * What is usual of each kind's rules and labels, from the slots of the last days in order of time, the running one not
 * among them. A rule's history begins with the policies under which it was first seen, since before there may have been
 * no such rule; a label's with the first slot; that of a subject that a person wants learned anew, at that time.
 */
export function usualOf(
  slots: readonly FlowSlot[],
  relearning: readonly (Subject & { readonly since: string })[] = [],
): Usual {
  const firstSeen = new Map<string, number>();
  slots.forEach(({ counts }, index) => {
    for (const counter of Object.keys(counts)) if (!firstSeen.has(counter)) firstSeen.set(counter, index);
  });
  const anew = new Map(relearning.map(({ subject, name, since }) => [`${subject}|${name}`, Date.parse(since)]));
  const blocks = new Map(FLOW_KINDS.map((kind) => [kind, blocksOf(slots, kind)]));
  const bands: Record<string, number | null> = {};
  for (const [counter, index] of firstSeen) {
    const found = subjectIn(counter);
    if (!found) continue;
    const begun = found.subject === "rule" ? epochStart(slots, index) : 0;
    const since = Math.max(begun, anew.get(`${found.subject}|${found.name}`) ?? 0);
    const known = (blocks.get(found.kind) ?? []).filter(({ start }) => start >= since);
    bands[counter] = upperOf(known, counter) ?? null;
  }
  const latest = epochStart(slots, slots.length - 1);
  const unseen: Partial<Record<FlowKind, number>> = {};
  for (const [kind, all] of blocks) {
    const upper = upperOf(
      all.filter(({ start }) => start >= latest),
      "",
    );
    if (upper !== undefined) unseen[kind] = upper;
  }
  return { bands, unseen, epoch: slots.at(-1)?.epoch ?? 0 };
}
