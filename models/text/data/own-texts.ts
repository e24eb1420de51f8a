import { hash32 } from "../../../shared/scoring/hash.ts";
import { CLEAN } from "./jigsaw-sets.ts";
import type { LabelledText, Truth } from "./labelled-text.ts";
import { ABUSE, COMPLAINTS, EVERYDAY, GROUPS, IDENTITY, type Pattern, SLOTS } from "./own-patterns.ts";
import { splitOf } from "./split.ts";

/** The set of sentences that this project wrote itself. */
export const OWN_SET = "touchstone_own";
/** Those where only the context tells that nobody is attacked, and those of customers, apart so that they can count for more. */
export const CONTEXT_SET = "touchstone_contexts";
export const CUSTOMER_SET = "touchstone_customers";

const SLOT = /\{([a-z]+)\}/g;

/** A sentence of the pattern; `seed` chooses what fills its places. */
function fill(pattern: string, group: (typeof GROUPS)[number] | undefined, seed: number): string {
  let place = 0;
  return pattern.replace(SLOT, (_, name: string) => {
    if (group !== undefined && (name === "adj" || name === "plural")) return group[name === "adj" ? 0 : 1];
    const choices = SLOTS[name];
    if (choices === undefined) throw new Error(`own texts: no words for {${name}}`);
    return choices[hash32(`${pattern}/${place++}`, seed) % choices.length] as string;
  });
}

const TRUTHS: Readonly<Record<Pattern["meaning"], Truth>> = {
  clean: CLEAN,
  // An angry customer's swear word is one, and attacks nobody.
  swears: { ...CLEAN, profanity: 1 },
  insult: { toxicity: 1, insult: 1, harassment: 1, threat: 0, hate: 0 },
  hate: { toxicity: 1, hate: 1, threat: 0 },
  threat: { toxicity: 1, threat: 1, hate: 0 },
  hateful_threat: { toxicity: 1, threat: 1, hate: 1 },
};

/** Fillings of each pattern; to the model all groups read alike, so that a few of them do. */
const FILLINGS = 40;
const FILLINGS_OF_GROUPS = 24;

/**
 * Sentences of our own: people's groups named without and with an attack, which to the model is one word; customers who are angry with a company; anger at things; figures of speech; threats and
 * insults in plain words.
 */
export function ownTexts(): LabelledText[] {
  const rows: LabelledText[] = [];
  const add = ({ text: pattern, meaning }: Pattern, text: string, set = OWN_SET): void => {
    const truth: Truth =
      meaning === "clean" || meaning === "swears" ? { ...TRUTHS[meaning], ...QUIET } : TRUTHS[meaning];
    rows.push({ id: `${set}:${rows.length}`, set, text, truth, split: ownSplit(pattern), group: pattern });
  };
  for (const pattern of IDENTITY) {
    for (let seed = 0; seed < FILLINGS_OF_GROUPS; seed++) {
      const group = GROUPS[hash32(pattern.text, seed) % GROUPS.length];
      add(pattern, fill(pattern.text, group, seed));
    }
  }
  for (const pattern of EVERYDAY) {
    for (let seed = 0; seed < FILLINGS; seed++) add(pattern, fill(pattern.text, undefined, seed), CONTEXT_SET);
  }
  for (const pattern of ABUSE) {
    for (let seed = 0; seed < FILLINGS; seed++) add(pattern, fill(pattern.text, undefined, seed));
  }
  for (const pattern of COMPLAINTS) {
    for (let seed = 0; seed < FILLINGS; seed++) add(pattern, fill(pattern.text, undefined, seed), CUSTOMER_SET);
  }
  return rows;
}

/** What such sentences are not either. */
const QUIET: Truth = { spam: 0, scam: 0, self_harm: 0, adverse_event: 0 };

/** Nothing is measured on our own sentences: a pattern trains or calibrates. */
const ownSplit = (pattern: string): "train" | "calibrate" => (splitOf(pattern) === "calibrate" ? "calibrate" : "train");
