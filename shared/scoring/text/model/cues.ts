import type { LabelName } from "../../../domain/label.ts";
import type { Finding } from "../finding.ts";
import type { Lexicon } from "../lexicon.ts";
import type { Surface } from "../surface.ts";
import type { Token } from "../tokenise.ts";
import { cueSlot } from "./ngrams.ts";

const memo = new Map<string, number>();

const slot = (name: string): number => {
  let found = memo.get(name);
  if (found === undefined) {
    found = cueSlot(name);
    // Names are made of our own codes and small numbers: a few hundred in all.
    memo.set(name, found);
  }
  return found;
};

const LEVELS = [0.05, 0.15, 0.3, 0.5, 0.8] as const;
const levelOf = (value: number): number => LEVELS.filter((level) => value >= level).length;
const steps = (count: number): number => (count <= 3 ? count : count <= 6 ? 4 : 5);

const PICTOGRAPH = /[\p{Extended_Pictographic}\u{1f1e6}-\u{1f1ff}]/gu;
const MOST_EMOJI = 16;

/** Emoji are no words to the analysers of words, but they say what words say. */
function addEmoji(text: string, slots: number[]): void {
  const seen = new Set<string>();
  for (const [emoji] of text.matchAll(PICTOGRAPH)) {
    if (seen.has(emoji)) continue;
    seen.add(emoji);
    slots.push(cueSlot(emoji));
    if (seen.size === MOST_EMOJI) return;
  }
}

/** A text whose features are wanted beside its n-grams. */
export interface CueInput {
  readonly text: string;
  readonly tokens: readonly Token[];
  /** What the lexicon's words and phrases say. */
  readonly said: readonly Finding[];
  readonly denied: ReadonlySet<LabelName | "signal">;
  readonly surface: Surface;
  readonly lexicon: Lexicon;
}

/** A message to an account by its handle, and words of trade: customers who complain look so. */
function addAddress(tokens: readonly Token[], lexicon: Lexicon, slots: number[]): void {
  const trade = lexicon.classes.get("TRADE");
  let words = 0;
  let mentioned = false;
  for (const { key, alt } of tokens) {
    if (alt === "_mention") mentioned = true;
    else if (trade?.has(key) === true) words++;
  }
  if (mentioned) slots.push(slot(tokens[0]?.alt === "_mention" ? "addressed" : "mentions"));
  if (words > 0) slots.push(slot(`trade ${steps(words)}`));
  if (mentioned && words > 0) slots.push(slot("to trade"), slot(`to trade ${steps(words)}`));
}

/** What n-grams do not show, as slots: rules that fired and how gravely, to whom, how the text looks, its emoji. Each at most once. */
export function cuesOf({ text, tokens, said, denied, surface, lexicon }: CueInput): number[] {
  const words = tokens.length;
  const counts = new Map<string, number>();
  const gravest = new Map<string, number>();
  for (const { label, code, severity } of said) {
    const rule = `${code}/${severity}`;
    counts.set(rule, (counts.get(rule) ?? 0) + 1);
    gravest.set(label, Math.max(gravest.get(label) ?? 0, severity));
  }
  const slots: number[] = [];
  for (const [rule, count] of counts) {
    slots.push(slot(rule));
    if (count > 1) slots.push(slot(`${rule} more`));
    if (words <= 12) slots.push(slot(`${rule} short`));
  }
  for (const [label, severity] of gravest) slots.push(slot(`${label}=${severity}`));
  for (const label of denied) {
    slots.push(slot(`denied ${label}`));
    if (!gravest.has(label)) slots.push(slot(`only denied ${label}`));
  }
  slots.push(slot(`length ${Math.min(9, Math.floor(Math.log2(words + 1)))}`));
  if (surface.letters >= 8) slots.push(slot(`capitals ${levelOf(surface.capitals / surface.letters)}`));
  slots.push(slot(`exclamations ${steps(surface.exclamations)}`));
  addAddress(tokens, lexicon, slots);
  if (surface.emoji > 0) addEmoji(text, slots);
  return slots;
}
