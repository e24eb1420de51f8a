const UNIT_CHARACTERS = 100;
const LEAST_UNITS = 3;

/** Dollars a unit, first tier, all regions; https://aws.amazon.com/comprehend/pricing/ (read 2026-11). */
export const UNIT_DOLLARS = 0.0001;

/** Characters as they are charged: code points. */
export function charactersOf(text: string): number {
  let count = 0;
  for (const _ of text) count++;
  return count;
}

/** Units that one request is charged: of 100 characters of all its texts together, three at least. */
export const unitsOf = (characters: number): number => Math.max(LEAST_UNITS, Math.ceil(characters / UNIT_CHARACTERS));
