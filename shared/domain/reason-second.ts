import { numberOf, type Sentence } from "./sentence.ts";

/** Reasons of the second analyzer, which is asked only where the first was unsure. */
export const SECOND_REASONS: Readonly<Record<string, Sentence>> = {
  "second.toxicity": (p) =>
    `A second model, asked because the first was unsure, gives this ${numberOf(p, "percent")}%.`,
  "second.personal_data": (p) => `A second model found personal data, with a certainty of ${numberOf(p, "percent")}%.`,
  "second.language": (p) =>
    `A second model says that this is not English, with a certainty of ${numberOf(p, "percent")}%.`,
};
