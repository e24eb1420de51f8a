import type { AudienceHistory } from "../../domain/audience.ts";
import { countAt, oldestSlot } from "../recent-counts.ts";
import { AGE_BINS } from "./account-ages.ts";
import { FOLLOWS, SCORED, SUSPICIOUS } from "./audience-counts.ts";
import { MINUTE_MS } from "./audience-snapshots.ts";
import type { AudienceState } from "./audience-state.ts";
import { DAY_MS, HOUR_MS } from "./follow-delta.ts";
import { entryAt, UNKNOWN } from "./follower-sample.ts";
import { hourSeries } from "./usual-hours.ts";

const time = (ms: number): string => new Date(ms).toISOString();
const date = (day: number): string => time(day * DAY_MS).slice(0, 10);

/** What the pictures of an audience are drawn from. `now` in milliseconds lets quiet hours since the last follow be seen. Pure. */
export function historyOf({ counts, sample }: AudienceState, now?: number): AudienceHistory {
  const series = hourSeries(counts, now === undefined ? counts.hours.newest : Math.floor(now / HOUR_MS));
  const { days, ages, allAges, digits } = counts;
  const firstDay = oldestSlot(days) ?? days.newest + 1;
  const recent = allAges.map((_, bin) => (ages.columns[bin] ?? []).reduce((sum, count) => sum + count, 0));
  return {
    hours: Array.from({ length: series?.length ?? 0 }, (_, at) => ({
      start: time(((series?.first ?? 0) + at) * HOUR_MS),
      follows: series?.follows[at] ?? 0,
      scored: series?.scored[at] ?? 0,
      suspicious: series?.suspicious[at] ?? 0,
      usual: Math.round((series?.usual[at] ?? 0) * 100) / 100,
    })),
    days: Array.from({ length: days.newest - firstDay + 1 }, (_, index) => ({
      day: date(firstDay + index),
      follows: countAt(days, FOLLOWS, firstDay + index),
      scored: countAt(days, SCORED, firstDay + index),
      suspicious: countAt(days, SUSPICIOUS, firstDay + index),
    })),
    order: sample.followers.hashes
      .map((_, at) => entryAt(sample.followers, at))
      .filter(([, , , hour, born]) => hour !== UNKNOWN && born !== UNKNOWN)
      // Within an hour by hash, as they are: any other order would draw lines that are not there.
      .sort((a, b) => a[3] - b[3])
      .map(([, chance, , hour, born]) => ({
        followed: time(hour * HOUR_MS),
        created: date(born),
        ...(chance === UNKNOWN ? {} : { chance }),
      })),
    ages: AGE_BINS.map((fromDays, bin) => ({
      fromDays,
      recent: recent[bin] ?? 0,
      before: Math.max(0, (allAges[bin] ?? 0) - (recent[bin] ?? 0)),
    })),
    snapshots: sample.snapshots.map(({ at, followers, engagement }) => ({
      at: time(at * MINUTE_MS),
      followers,
      ...(engagement === undefined ? {} : { engagement }),
    })),
    digits: [...digits],
  };
}
