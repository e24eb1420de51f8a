/** What is to be reached, and what was. */
export interface Target {
  readonly name: string;
  readonly value: number;
  readonly least?: number;
  readonly most?: number;
  /** As printed: value and limits. */
  readonly text: (value: number) => string;
}

const missed = ({ value, least, most }: Target): number =>
  // What could not be measured was not reached.
  Number.isNaN(value)
    ? Number.POSITIVE_INFINITY
    : Math.max(0, (least ?? Number.NEGATIVE_INFINITY) - value, value - (most ?? Number.POSITIVE_INFINITY));

export const isMet = (target: Target): boolean => missed(target) === 0;

function wanted({ least, most, text }: Target): string {
  if (least !== undefined && most !== undefined) return `${text(least)} to ${text(most)}`;
  return least === undefined ? `at most ${text(most ?? 0)}` : `at least ${text(least)}`;
}

/** "target  blocks of 25% or more named within an hour: 96.0%, to be at least 90.0%: met" */
export const targetLine = (target: Target): string =>
  `  target: ${target.name}: ${target.text(target.value)}, to be ${wanted(target)}: ${isMet(target) ? "met" : `MISSED by ${target.text(missed(target))}`}`;
