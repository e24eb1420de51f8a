const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

const formats = new Map<string, Intl.DateTimeFormat>();

/** Making one costs a hundred times as much as using it. */
function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known) return known;
  const made = new Intl.DateTimeFormat("en-US", {
    timeZone,
    calendar: "iso8601",
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  });
  formats.set(timeZone, made);
  return made;
}

/** What clocks in a time zone show at an instant, as if that were UTC (ms). */
function shownAt(at: number, timeZone: string): number {
  const parts = formatOf(timeZone).formatToParts(at);
  const of = (type: Intl.DateTimeFormatPartTypes): number => Number(parts.find((part) => part.type === type)?.value);
  const whole = Date.UTC(of("year"), of("month") - 1, of("day"), of("hour"), of("minute"), of("second"));
  return whole + (((at % 1_000) + 1_000) % 1_000);
}

const offsetAt = (at: number, timeZone: string): number => shownAt(at, timeZone) - at;

/** Minutes since midnight that clocks in a time zone show. */
export function wallMinutes(at: Date, timeZone: string): number {
  const shown = shownAt(at.getTime(), timeZone);
  return Math.floor((((shown % DAY_MS) + DAY_MS) % DAY_MS) / MINUTE_MS);
}

export const minutesOf = (wallTime: string): number => Number(wallTime.slice(0, 2)) * 60 + Number(wallTime.slice(3, 5));

/**
 * The instants at which clocks show a time: one; two where the hour comes twice; where it is skipped, the one at which a
 * clock that nobody had put forward would show it.
 */
function instantsOf(shown: number, timeZone: string): readonly number[] {
  const offsets = [offsetAt(shown - DAY_MS, timeZone), offsetAt(shown + DAY_MS, timeZone)];
  const found = new Set(offsets.map((offset) => shown - offset).filter((at) => shownAt(at, timeZone) === shown));
  if (found.size > 0) return [...found].sort((a, b) => a - b);
  return [shown - (offsets[0] ?? 0)];
}

function nextOf(after: Date, wallTime: string, timeZone: string, each: "first" | "every"): Date {
  const now = after.getTime();
  const midnight = Math.floor(shownAt(now, timeZone) / DAY_MS) * DAY_MS;
  // The day before: where a zone skips a whole day, or puts clocks over midnight, its time may still be to come.
  for (let day = -1; ; day += 1) {
    const shown = midnight + day * DAY_MS + minutesOf(wallTime) * MINUTE_MS;
    const instants = instantsOf(shown, timeZone);
    const next = (each === "first" ? instants.slice(0, 1) : instants).find((at) => at > now);
    if (next !== undefined) return new Date(next);
  }
}

/** The first instant after `after` at which a day's `HH:MM` comes in a time zone: once a day, also where it comes twice. */
export const nextDaily = (after: Date, wallTime: string, timeZone: string): Date =>
  nextOf(after, wallTime, timeZone, "first");

/** The first instant after `after` at which clocks in a time zone show `HH:MM`, on each time that they do. */
export const nextShown = (after: Date, wallTime: string, timeZone: string): Date =>
  nextOf(after, wallTime, timeZone, "every");

/** Clocks that are put forward or back between two full hours make them up to two hours apart. */
const MOST_QUARTERS = 8;

/** The first instant after `after` at which an hour is full on the clocks of a time zone. */
export function nextFullHour(after: Date, timeZone: string): Date {
  const quarter = 15 * MINUTE_MS;
  // Zones lie at quarters of an hour from each other and change at such.
  const first = (Math.floor(after.getTime() / quarter) + 1) * quarter;
  const quarters = Array.from({ length: MOST_QUARTERS }, (_, n) => new Date(first + n * quarter));
  // A zone of odd minutes, should there be one again, gets some quarter once an hour.
  return quarters.find((at) => wallMinutes(at, timeZone) % 60 === 0) ?? new Date(first + 3 * quarter);
}
