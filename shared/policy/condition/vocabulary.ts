import { author, channel } from "../../domain/item.ts";
import { LABELS, type LabelName } from "../../domain/label.ts";
import { FEATURES } from "./feature-words.ts";
import type { NumberType } from "./term.ts";

/** A name that a condition may use, what it stands for, and where its value is kept while conditions are tried. */
export type Word = { readonly name: string; readonly meaning: string } & (
  | {
      readonly kind: "number";
      readonly type: NumberType;
      readonly slot: number;
      readonly min?: number;
      readonly max?: number;
      /** Unknown of some items (NaN): then no comparison holds, and `has` tells. */
      readonly optional?: true;
      /** The label whose probability or severity it is. */
      readonly label?: LabelName;
    }
  /** Kept as 1 or 0; false where it is unknown. `known` is where `has` looks. */
  | { readonly kind: "truth"; readonly slot: number; readonly known?: number }
  /** `""` where it is unknown. `values` are all that it can be; `such` says what others must look like. */
  | {
      readonly kind: "text";
      readonly slot: number;
      readonly values?: readonly string[];
      readonly such?: "language" | "country";
      /** Known of every item: it is one of `values`. */
      readonly always?: true;
    }
  | { readonly kind: "texts" }
);

export const WEEKDAYS = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"] as const;
export const LABEL_NAMES = Object.keys(LABELS) as LabelName[];

/** Places among the numbers: two for each label, one for each feature, and the rest. */
export const NUMBERS = {
  probability: (label: number): number => 2 * label,
  severity: (label: number): number => 2 * label + 1,
  rating: 2 * LABEL_NAMES.length,
  hour: 2 * LABEL_NAMES.length + 1,
  ageDays: 2 * LABEL_NAMES.length + 2,
  itemsPosted: 2 * LABEL_NAMES.length + 3,
  minors: 2 * LABEL_NAMES.length + 4,
  verifiedPurchase: 2 * LABEL_NAMES.length + 5,
  verifiedPurchaseKnown: 2 * LABEL_NAMES.length + 6,
  verified: 2 * LABEL_NAMES.length + 7,
  verifiedKnown: 2 * LABEL_NAMES.length + 8,
  features: 2 * LABEL_NAMES.length + 9,
} as const;

export const FEATURE_NAMES: readonly string[] = Object.keys(FEATURES);
/** How many numbers an item has. */
export const NUMBER_COUNT = NUMBERS.features + FEATURE_NAMES.length;

/** Places among the texts. */
export const TEXTS = {
  kind: 0,
  surface: 1,
  visibility: 2,
  language: 3,
  country: 4,
  productLine: 5,
  target: 6,
  channel: 7,
  ageBand: 8,
  weekday: 9,
} as const;

const { surface, visibility } = channel.shape;

const OF_LABELS: readonly Word[] = LABEL_NAMES.flatMap((label, index): Word[] => [
  {
    name: `label.${label}.probability`,
    kind: "number",
    type: "double",
    slot: NUMBERS.probability(index),
    min: 0,
    max: 1,
    label,
    meaning: `how likely: ${LABELS[label]}`,
  },
  {
    name: `label.${label}.severity`,
    kind: "number",
    type: "int",
    slot: NUMBERS.severity(index),
    min: 0,
    max: 7,
    label,
    meaning: `how grave: ${LABELS[label]}`,
  },
]);

const OF_FEATURES: readonly Word[] = FEATURE_NAMES.flatMap((name, index): Word[] => {
  const word = FEATURES[name];
  if (!word) return [];
  return [{ name: `features.${name}`, kind: "number", slot: NUMBERS.features + index, min: 0, ...word }];
});

const OF_ITEMS: readonly Word[] = [
  {
    name: "item.kind",
    kind: "text",
    slot: TEXTS.kind,
    values: ["post", "review", "audience"],
    always: true,
    meaning: "what it is; an audience stands for all followers of an account",
  },
  {
    name: "item.surface",
    kind: "text",
    slot: TEXTS.surface,
    values: surface.options,
    always: true,
    meaning: "where it stands",
  },
  {
    name: "item.visibility",
    kind: "text",
    slot: TEXTS.visibility,
    values: visibility.options,
    always: true,
    meaning: "who may see it there",
  },
  {
    name: "item.language",
    kind: "text",
    slot: TEXTS.language,
    such: "language",
    meaning: "language of the text without its region (`en` of en-GB), as read, else as sent",
  },
  { name: "item.country", kind: "text", slot: TEXTS.country, such: "country", meaning: "country as sent, ISO 3166-1" },
  { name: "item.brands", kind: "texts", meaning: "ids of the brands that it is about, at most 20" },
  { name: "item.product_line", kind: "text", slot: TEXTS.productLine, meaning: "id of the product line as sent" },
  {
    name: "item.rating",
    kind: "number",
    type: "double",
    slot: NUMBERS.rating,
    min: 1,
    max: 5,
    optional: true,
    meaning: "stars of a review",
  },
  {
    name: "item.verified_purchase",
    kind: "truth",
    slot: NUMBERS.verifiedPurchase,
    known: NUMBERS.verifiedPurchaseKnown,
    meaning: "the platform saw the purchase",
  },
  { name: "target.id", kind: "text", slot: TEXTS.target, meaning: "what a review is about" },
  { name: "channel.id", kind: "text", slot: TEXTS.channel, meaning: "id of the channel" },
  { name: "channel.minors", kind: "truth", slot: NUMBERS.minors, meaning: "the channel's audience are minors" },
  {
    name: "author.age_days",
    kind: "number",
    type: "double",
    slot: NUMBERS.ageDays,
    min: 0,
    optional: true,
    meaning: "whole days from the account's creation to the item's receipt",
  },
  {
    name: "author.items_posted",
    kind: "number",
    type: "double",
    slot: NUMBERS.itemsPosted,
    min: 0,
    optional: true,
    meaning: "items that the author has posted, as sent",
  },
  {
    name: "author.verified",
    kind: "truth",
    slot: NUMBERS.verified,
    known: NUMBERS.verifiedKnown,
    meaning: "the platform verified who the author is",
  },
  {
    name: "author.age_band",
    kind: "text",
    slot: TEXTS.ageBand,
    values: author.shape.ageBand.unwrap().options,
    meaning: "the author's age as sent",
  },
  {
    name: "time.hour",
    kind: "number",
    type: "int",
    slot: NUMBERS.hour,
    min: 0,
    max: 23,
    meaning: "hour of receipt, UTC",
  },
  {
    name: "time.weekday",
    kind: "text",
    slot: TEXTS.weekday,
    values: WEEKDAYS,
    always: true,
    meaning: "day of receipt, UTC",
  },
];

/** Everything that a condition may speak of, in the order of the documentation. For editors and the docs, too. */
export const VOCABULARY: readonly Word[] = [...OF_ITEMS, ...OF_LABELS, ...OF_FEATURES];

export const WORDS: ReadonlyMap<string, Word> = new Map(VOCABULARY.map((word) => [word.name, word]));

/** Who speaks of reach is told why there is none. */
const REACH =
  /follow|reach|popular|subscri|influen|impression|(?:^|_)views$|^fans$|karma|audience_?size|^listed$|likes$|shares$/i;
export const REACH_REFUSED = "what happens to an item must not depend on how many people its author reaches";
/** Is this a name for how many people somebody reaches? */
export const namesReach = (name: string): boolean => REACH.test(name);

/** Words by their place among the numbers, for whoever has only that. */
export const NUMBER_WORDS: ReadonlyMap<number, Word & { kind: "number" | "truth" }> = new Map(
  VOCABULARY.flatMap((word) => (word.kind === "number" || word.kind === "truth" ? [[word.slot, word] as const] : [])),
);
export const TEXT_WORDS: ReadonlyMap<number, Word & { kind: "text" }> = new Map(
  VOCABULARY.flatMap((word) => (word.kind === "text" ? [[word.slot, word] as const] : [])),
);
