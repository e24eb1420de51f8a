import type { PolicyFacts } from "../policy-facts.ts";
import { FEATURES } from "./feature-words.ts";
import { FEATURE_NAMES, LABEL_NAMES, NUMBER_COUNT, NUMBERS, TEXTS, WEEKDAYS } from "./vocabulary.ts";

/** One item's facts where compiled conditions look for them: numbers and texts by their place in the vocabulary. */
export interface FactView {
  readonly numbers: Float64Array;
  readonly texts: string[];
  brands: readonly string[];
  /** What the variables of `exists` and `all` stand for while they run, outermost first. */
  readonly variables: string[];
}

/** Most brands of an item that conditions look at; more are not accepted at the door. */
export const MOST_BRANDS = 20;
/** Longest id, by its schema. */
export const LONGEST_ID = 128;

export const emptyView = (): FactView => ({
  numbers: new Float64Array(NUMBER_COUNT),
  texts: Object.keys(TEXTS).map(() => ""),
  brands: [],
  variables: [],
});

const LABEL_PLACES: ReadonlyMap<string, number> = new Map(LABEL_NAMES.map((label, place) => [label, place]));

const known = (value: number | undefined): number => value ?? Number.NaN;

/** The language without its region: `en` of `en-GB`. */
function primaryLanguage(tag: string): string {
  const dash = tag.indexOf("-");
  return (dash < 0 ? tag : tag.slice(0, dash)).toLowerCase();
}

/** Features that conditions may ask for where they are unknown: NaN there, 0 elsewhere. */
export interface UsedFeature {
  readonly name: string;
  readonly slot: number;
  readonly missing: number;
}

/** The features among these places of numbers: nothing else is looked up. */
export function usedFeatures(slots: ReadonlySet<number>): readonly UsedFeature[] {
  return FEATURE_NAMES.flatMap((name, index) => {
    const slot = NUMBERS.features + index;
    return slots.has(slot) ? [{ name, slot, missing: FEATURES[name]?.optional ? Number.NaN : 0 }] : [];
  });
}

/** Puts an item's facts into a view, over what was there. */
export function fillView(view: FactView, facts: PolicyFacts, features: readonly UsedFeature[]): void {
  const { numbers, texts } = view;
  numbers.fill(0, 0, NUMBERS.rating);
  for (const { label, probability, severity } of facts.labels) {
    const place = LABEL_PLACES.get(label);
    // Labels come strongest first: of two findings of one label the first counts.
    if (place === undefined || numbers[NUMBERS.probability(place)] !== 0) continue;
    numbers[NUMBERS.probability(place)] = probability;
    numbers[NUMBERS.severity(place)] = severity;
  }
  for (const { name, slot, missing } of features) numbers[slot] = facts.features[name] ?? missing;
  const { author } = facts;
  numbers[NUMBERS.rating] = known(facts.rating);
  numbers[NUMBERS.ageDays] = known(author.ageDays);
  numbers[NUMBERS.itemsPosted] = known(author.itemsPosted);
  numbers[NUMBERS.minors] = facts.minors ? 1 : 0;
  numbers[NUMBERS.verifiedPurchase] = facts.verifiedPurchase === true ? 1 : 0;
  numbers[NUMBERS.verifiedPurchaseKnown] = facts.verifiedPurchase === undefined ? 0 : 1;
  numbers[NUMBERS.verified] = author.verified === true ? 1 : 0;
  numbers[NUMBERS.verifiedKnown] = author.verified === undefined ? 0 : 1;
  texts[TEXTS.kind] = facts.kind === "follow" ? "audience" : facts.kind;
  texts[TEXTS.surface] = facts.surface;
  texts[TEXTS.visibility] = facts.visibility;
  texts[TEXTS.language] = primaryLanguage(facts.language);
  texts[TEXTS.country] = facts.country;
  texts[TEXTS.productLine] = facts.productLine;
  texts[TEXTS.target] = facts.targetId;
  texts[TEXTS.channel] = facts.channelId;
  texts[TEXTS.ageBand] = author.ageBand ?? "";
  view.brands = facts.brands.length > MOST_BRANDS ? facts.brands.slice(0, MOST_BRANDS) : facts.brands;
  const at = new Date(facts.receivedAt);
  numbers[NUMBERS.hour] = at.getUTCHours();
  texts[TEXTS.weekday] = WEEKDAYS[at.getUTCDay()] ?? "";
}
