import type { Chance } from "./chance.ts";

export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;

/** How an account gains followers when nothing is wrong. */
export interface Growth {
  /** Followers an ordinary day brings at the beginning. */
  readonly perDay: number;
  /** Growth of that figure: ln(after / before) over a year. */
  readonly trend: number;
  /** Hour of the day, UTC, with most of it; depth 0 (none) to 1 of the daily rhythm. */
  readonly peakHour: number;
  readonly depth: number;
  /** ln(weekend / weekday). */
  readonly weekend: number;
  /** Standard deviation of the day's mood in ln, which lasts some days, and shape of the hours' own multiplier. */
  readonly mood: number;
  readonly hourShape: number;
  /** Posts that do better than usual: a year; each brings up to several times the usual for some hours. */
  readonly goodPosts: number;
}

export const someGrowth = (perDay: number, draw: Chance): Growth => ({
  perDay,
  trend: draw.between(-0.7, 1.4),
  peakHour: draw.between(0, 24),
  depth: draw.between(0.3, 0.95),
  weekend: draw.between(-0.5, 0.5),
  mood: draw.between(0.05, 0.35),
  hourShape: draw.among([2, 4, 8, 20]),
  goodPosts: draw.between(0, 60),
});

const MOOD_LASTS = 0.7;
/** Days of a year on which an audience has other things to do, or nothing else. */
const HOLIDAYS = 12;

/**
 * Expected follows of each hour from `begins` (midnight, milliseconds since the epoch) on. Daily and weekly rhythm, a
 * trend, days with a mood that lasts, holidays, good posts, and hours with a gamma multiplier.
 */
export function hourlyRates(growth: Growth, begins: number, days: number, draw: Chance): Float64Array {
  const rates = new Float64Array(days * 24);
  let mood = growth.mood * draw.normal();
  for (let day = 0; day < days; day++) {
    mood = MOOD_LASTS * mood + Math.sqrt(1 - MOOD_LASTS ** 2) * growth.mood * draw.normal();
    const weekday = new Date(begins + day * DAY).getUTCDay();
    const weekend = weekday === 0 || weekday === 6 ? growth.weekend : 0;
    const holiday = draw.happens(HOLIDAYS / 365) ? Math.log(draw.between(0.4, 1.8)) : 0;
    const daily = growth.perDay * Math.exp((growth.trend * day) / 365 + weekend + holiday + mood);
    for (let hour = 0; hour < 24; hour++) {
      const rhythm = 1 + growth.depth * Math.cos(((hour - growth.peakHour) / 12) * Math.PI);
      rates[day * 24 + hour] = (daily * rhythm * draw.multiplier(growth.hourShape)) / 24;
    }
  }
  const posts = draw.poisson((growth.goodPosts * days) / 365);
  for (let post = 0; post < posts; post++) {
    const start = Math.floor(draw.uniform() * rates.length);
    const strength = draw.between(0.5, 4);
    const hours = draw.logBetween(2, 30);
    for (let hour = start; hour < rates.length && hour < start + 3 * hours; hour++)
      rates[hour] = (rates[hour] ?? 0) * (1 + strength * Math.exp(-(hour - start) / hours));
  }
  return rates;
}

/** Times of follows at the given hourly rates, in order. */
export function timesAt(rates: Float64Array, begins: number, draw: Chance): number[] {
  const times: number[] = [];
  for (let hour = 0; hour < rates.length; hour++) {
    const count = draw.poisson(rates[hour] ?? 0);
    const first = times.length;
    for (let one = 0; one < count; one++) times.push(begins + (hour + draw.uniform()) * HOUR);
    if (count > 1) times.splice(first, count, ...times.slice(first).sort((a, b) => a - b));
  }
  return times;
}
