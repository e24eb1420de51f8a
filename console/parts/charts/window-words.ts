import type { WindowSignal } from "../../../shared/domain/audience.ts";
import { windowKindWords } from "./chart-words.ts";

/** What a window's kind means; the kind itself where a later version has others. */
export const windowWords = (kind: string): string =>
  (windowKindWords as Readonly<Record<string, string>>)[kind] ?? kind;

/** What speaks for a window. */
export const SIGNAL_WORDS: Readonly<Record<WindowSignal, string>> = {
  hour_spike: "An hour with far more follows than is usual at that hour of the week.",
  ten_minute_spike: "Ten minutes with far more follows than chance brings.",
  rising_hours: "Hours in a row above what is usual, each by less than would stand out alone.",
  suspicious_hours: "Hours with more followers consistent with automation than usual.",
  suspicious_days: "Days with more followers consistent with automation than usual.",
  worse_profiles: "A larger share of the profiles is consistent with automation than usual.",
  batch_made: "Accounts of one age stand out, as where they were made together.",
  even_pace: "They came at an even pace, day and night, as a metered delivery does.",
  shared_cohort: "Other accounts gained the same followers.",
};
