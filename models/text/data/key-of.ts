import { normalise } from "../../../shared/scoring/text/normalise.ts";

/** What two copies of one text have in common: its letters and digits, folded. */
export const keyOf = (text: string): string =>
  normalise(text)
    .text.replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
