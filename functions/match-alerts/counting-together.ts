import type { AlertCounts, Counted } from "../../shared/store/alert-counts.ts";
import type { AlertKey } from "../../shared/store/alerts.ts";

/** Puts what several messages of a batch count in one alert into one write: what waits while one is written goes with the next. */
export function countingTogether(counts: Pick<AlertCounts, "count">) {
  const waiting = new Map<string, Counted[]>();
  const writing = new Map<string, Promise<void>>();
  return async (of: AlertKey, event: Counted, now: Date): Promise<void> => {
    const name = `${of.tenant}#${of.id}`;
    const mine = waiting.get(name) ?? [];
    mine.push(event);
    waiting.set(name, mine);
    await writing.get(name)?.catch(() => undefined);
    // Whoever comes first after a write takes all that waits; the others find their events taken.
    if (waiting.get(name) !== mine) return writing.get(name);
    waiting.delete(name);
    const write = counts.count(of, mine, now);
    writing.set(name, write);
    try {
      await write;
    } finally {
      if (writing.get(name) === write) writing.delete(name);
    }
  };
}
