const MINUTE = 60;
const HOUR = 60 * MINUTE;

/** Seconds from a failed attempt to the next: ten attempts in 70 hours and a half. */
const DELAYS = [5, 30, 5 * MINUTE, 30 * MINUTE, 2 * HOUR, 8 * HOUR, 16 * HOUR, 20 * HOUR, 24 * HOUR] as const;

export const MOST_ATTEMPTS = DELAYS.length + 1;

/** Part of a delay by which it may be shorter or longer, so that what failed together does not come back together. */
const JITTER = 0.1;
/** Seconds that a receiver may put us off at most. */
const LONGEST_WISH = 24 * HOUR;
/** Days after which a delivery is given up, however few attempts its endpoint's circuit let through. */
const GIVEN_UP_DAYS = 4;

/**
 * When to try again after the `attempts`-th failure (1 or more).
 * @param retryAfter seconds that the receiver asked for; it can make us later than the schedule, up to a day, never sooner
 * @param random from 0 to 1
 * @returns undefined after the last attempt.
 */
export function nextAttempt(
  attempts: number,
  now: Date,
  random: number,
  retryAfter: number | undefined,
): Date | undefined {
  const delay = DELAYS[attempts - 1];
  if (delay === undefined) return undefined;
  const jittered = delay * (1 - JITTER + 2 * JITTER * random);
  const seconds = Math.max(jittered, Math.min(retryAfter ?? 0, LONGEST_WISH));
  return new Date(now.getTime() + Math.round(seconds * 1000));
}

/** What was made, or replayed, before then is given up: its endpoint was held back all the time. */
export const givenUpBefore = (now: Date): Date => new Date(now.getTime() - GIVEN_UP_DAYS * 24 * HOUR * 1000);

export const isGivenUp = (createdAt: Date, now: Date): boolean => createdAt < givenUpBefore(now);

/**
 * Seconds that a `Retry-After` header asks for: a number of seconds or an HTTP date.
 * @returns undefined where it says neither, or a time that has passed.
 */
export function readRetryAfter(header: string | undefined, now: Date): number | undefined {
  if (header === undefined) return undefined;
  const text = header.trim();
  if (/^\d{1,9}$/.test(text)) return Number(text);
  // Date.parse takes much more than HTTP dates, which begin with a day's name and end with GMT.
  const at = /^[A-Z][a-z]{2,8},? .{8,24} GMT$/.test(text) ? Date.parse(text) : Number.NaN;
  const seconds = Math.ceil((at - now.getTime()) / 1000);
  return seconds > 0 ? seconds : undefined;
}
