/** A stretch of days in which far more of the sampled accounts were made than in others. Milliseconds since the epoch. */
export interface CreationBand {
  readonly from: number;
  readonly to: number;
  readonly accounts: number;
}

const DAY = 86_400_000;
const SPAN_DAYS = 5;
const LEAST_ACCOUNTS = 8;
/** Young accounts are many wherever followers are found: a batch is most of what was made in the weeks around it, too. */
const AROUND_DAYS = 15;
const LEAST_OF_AROUND = 0.7;
const MOST_BANDS = 3;

/**
 * The densest stretches of creation times, for the eye: how sure a batch is says the verdict. A stretch holds at least
 * eight accounts within five days, which are seven of ten made within 15 days before and after. Largest first, not
 * overlapping, at most three. @param created milliseconds since the epoch
 */
export function creationBands(created: readonly number[]): CreationBand[] {
  const sorted = created.toSorted((a, b) => a - b);
  const found: CreationBand[] = [];
  let [end, near, far] = [0, 0, 0];
  for (let start = 0; start < sorted.length; start++) {
    const from = sorted[start] ?? 0;
    while (end < sorted.length && (sorted[end] ?? 0) < from + SPAN_DAYS * DAY) end++;
    while ((sorted[near] ?? 0) < from - AROUND_DAYS * DAY) near++;
    while (far < sorted.length && (sorted[far] ?? 0) < from + (SPAN_DAYS + AROUND_DAYS) * DAY) far++;
    const accounts = end - start;
    if (accounts >= LEAST_ACCOUNTS && accounts >= LEAST_OF_AROUND * (far - near))
      found.push({ from, to: (sorted[end - 1] ?? 0) + DAY, accounts });
  }
  const kept: CreationBand[] = [];
  for (const band of found.sort((a, b) => b.accounts - a.accounts || a.from - b.from))
    if (kept.length < MOST_BANDS && kept.every(({ from, to }) => band.to <= from || band.from >= to)) kept.push(band);
  return kept;
}
