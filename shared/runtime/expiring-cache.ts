import type { Clock } from "./clock.ts";

interface Entry<Value> {
  readonly value: Promise<Value>;
  readonly until: number;
  /** Something newer is on its way. */
  isRefreshed?: boolean;
}

/**
 * Remembers what `load` answered for each key for `seconds`; calls for one key at the same time share one load, and a
 * failed load is not remembered. Holds at most `most` keys: the oldest goes first.
 * @param grace seconds after that for which the old answer is still given while a new one is loaded, so that nobody waits
 * for it: no answer is older than both together
 */
export function expiringCache<Value>(
  load: (key: string) => Promise<Value>,
  seconds: number,
  clock: Clock,
  most = 10_000,
  grace = 0,
): (key: string) => Promise<Value> {
  const entries = new Map<string, Entry<Value>>();
  const refresh = (key: string, known: Entry<Value>, now: number): void => {
    known.isRefreshed = true;
    load(key).then(
      (value) => {
        // Lambda may have stood still meanwhile, and somebody else loaded it since.
        if (entries.get(key) === known)
          entries.set(key, { value: Promise.resolve(value), until: now + seconds * 1000 });
      },
      () => {
        known.isRefreshed = false;
      },
    );
  };
  return (key) => {
    const now = clock().getTime();
    const known = entries.get(key);
    if (known && known.until > now) return known.value;
    if (known && known.until + grace * 1000 > now) {
      if (!known.isRefreshed) refresh(key, known, now);
      return known.value;
    }
    const value = load(key);
    const entry = { value, until: now + seconds * 1000 };
    entries.delete(key);
    entries.set(key, entry);
    // A load that fails after its time must not take away what was loaded since.
    value.catch(() => entries.get(key) === entry && entries.delete(key));
    if (entries.size > most) {
      const oldest = entries.keys().next();
      if (!oldest.done) entries.delete(oldest.value);
    }
    return value;
  };
}
