import type { Clock } from "./clock.ts";

/**
 * Remembers what `load` answered for each key for `seconds`; calls for one key at the same time share one load, and a
 * failed load is not remembered. Holds at most `most` keys: the oldest goes first.
 */
export function expiringCache<Value>(
  load: (key: string) => Promise<Value>,
  seconds: number,
  clock: Clock,
  most = 10_000,
): (key: string) => Promise<Value> {
  const entries = new Map<string, { readonly value: Promise<Value>; readonly until: number }>();
  return (key) => {
    const now = clock().getTime();
    const known = entries.get(key);
    if (known && known.until > now) return known.value;
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
