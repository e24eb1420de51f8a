/** Days from which on each of the 16 bins of account age begins: finer where sellers' accounts are. */
export const AGE_BINS: readonly number[] = [0, 1, 3, 7, 14, 30, 60, 120, 210, 365, 545, 800, 1200, 1800, 2700, 4000];

const BIN_OF_YOUNG = Uint8Array.from({ length: 4001 }, (_, days) => AGE_BINS.findLastIndex((from) => days >= from));

/** The bin of an account that is so many days old. */
export const ageBinOf = (days: number): number => BIN_OF_YOUNG[Math.min(4000, Math.max(0, days))] ?? 0;
