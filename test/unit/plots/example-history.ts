import type { AudienceHistory, FollowWindow } from "../../../shared/domain/audience.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const BEGINS = Date.UTC(2025, 10, 1);
const HOURS = 14 * 24;
const SPIKE = 200;
const iso = (at: number): string => new Date(at).toISOString();

/** One hour in which 900 came of whom 880 were bought. */
export const exampleWindow: FollowWindow = {
  start: iso(BEGINS + SPIKE * HOUR),
  end: iso(BEGINS + (SPIKE + 1) * HOUR),
  followers: 900,
  suspicious: 870,
  kind: "bought",
  signals: ["hour_spike", "worse_profiles"],
  added: { estimate: 880, low: 700, high: 900 },
};

/** Two weeks with a day's rhythm and one block; its accounts are ten days old, everybody else's up to five years. */
export function exampleHistory(): AudienceHistory {
  const hours = Array.from({ length: HOURS }, (_, hour) => {
    const usual = 6 + 4 * Math.cos((hour / 12) * Math.PI);
    const follows = hour === SPIKE ? 900 : Math.round(usual);
    return {
      start: iso(BEGINS + hour * HOUR),
      follows,
      scored: follows,
      suspicious: hour === SPIKE ? 870 : 0,
      usual,
    };
  });
  return {
    hours,
    days: Array.from({ length: 40 }, (_, day) => ({
      day: iso(BEGINS + (day - 26) * DAY).slice(0, 10),
      follows: 140 + day,
      scored: 140,
      suspicious: 2,
    })),
    order: Array.from({ length: 120 }, (_, place) => {
      const bought = place >= 60 && place < 100;
      const at = BEGINS + (bought ? SPIKE : place * 2) * HOUR;
      const age = bought ? 10 + (place % 3) / 2 : 60 + ((place * 7_919) % 1_800);
      return { followed: iso(at), created: iso(at - age * DAY).slice(0, 10), chance: bought ? 93 : 4 };
    }),
    ages: [],
    snapshots: [],
    digits: [0, 0, 0, 0, 0, 0, 0, 0, 0],
  };
}
