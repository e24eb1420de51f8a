import { passesLuhn } from "./check-digits.ts";
import type { Run } from "./number-groups.ts";

/** Prefix ranges of issuers with the lengths of their numbers (ISO/IEC 7812; the schemes' public tables). */
const ISSUERS: readonly (readonly [from: number, to: number, prefixLength: number, ...lengths: number[]])[] = [
  [4, 4, 1, 13, 16, 19],
  [51, 55, 2, 16],
  [2221, 2720, 4, 16],
  [34, 34, 2, 15],
  [37, 37, 2, 15],
  [300, 305, 3, 14],
  [36, 36, 2, 14],
  [38, 39, 2, 14],
  [6011, 6011, 4, 16, 19],
  [644, 649, 3, 16, 19],
  [65, 65, 2, 16, 19],
  [3528, 3589, 4, 16, 17, 18, 19],
  [2131, 2131, 4, 15],
  [1800, 1800, 4, 15],
  [62, 62, 2, 16, 17, 18, 19],
  [2200, 2204, 4, 16],
  [5018, 5018, 4, 13, 16, 19],
  [5020, 5020, 4, 13, 16, 19],
  [5038, 5038, 4, 13, 16, 19],
  [5893, 5893, 4, 13, 16, 19],
  [6304, 6304, 4, 13, 16, 19],
  [6759, 6763, 4, 13, 16, 19],
  [60, 60, 2, 16],
  [508, 508, 3, 16],
  [81, 82, 2, 16],
];

const issued = (digits: string): boolean =>
  ISSUERS.some(([from, to, length, ...lengths]) => {
    const prefix = Number(digits.slice(0, length));
    return prefix >= from && prefix <= to && lengths.includes(digits.length);
  });

const GROUPED = new Set(["4-4-4-4", "4-6-5", "4-6-4", "4-4-4-4-3", "4-4-4-1", "4-4-5", "6-13", "8-8"]);

/**
 * Confidence that a run of digits is the number of a payment card: issuer's range and length, Luhn, and either one piece
 * or grouped as cards are; with a cue ("card", "Visa") beside it any issuer will do. 0 for none.
 */
export function cardConfidence(run: Run, cued: boolean): number {
  const { digits, shape, joints } = run;
  if (digits.length < 12 || digits.length > 19 || run.tiedBefore || run.tiedAfter) return 0;
  const even = joints.every((joint) => joint === joints[0] && (joint === " " || joint === "-" || joint === "."));
  if (!even || (run.groups > 1 && !GROUPED.has(shape))) return 0;
  if (/^(\d)\1*$/.test(digits) || !passesLuhn(digits)) return 0;
  if (issued(digits)) return cued || run.groups > 1 ? 0.95 : 0.85;
  return cued ? 0.75 : 0;
}
