import { useCallback, useSyncExternalStore } from "react";

/** One timer for each pace, however many ages are on the page. */
const clocks = new Map<number, { now: number; readonly listeners: Set<() => void>; timer: number | undefined }>();

function clockOf(pace: number) {
  const known = clocks.get(pace);
  if (known) return known;
  const made = { now: Date.now(), listeners: new Set<() => void>(), timer: undefined as number | undefined };
  clocks.set(pace, made);
  return made;
}

/** @returns the time in milliseconds since 1970, rendering again every `pace` milliseconds. */
export function useNow(pace = 30_000): number {
  const listen = useCallback(
    (listener: () => void) => {
      const clock = clockOf(pace);
      clock.listeners.add(listener);
      clock.timer ??= window.setInterval(() => {
        clock.now = Date.now();
        for (const one of clock.listeners) one();
      }, pace);
      return () => {
        clock.listeners.delete(listener);
        if (clock.listeners.size > 0) return;
        clearInterval(clock.timer);
        clock.timer = undefined;
      };
    },
    [pace],
  );
  return useSyncExternalStore(listen, () => {
    const clock = clockOf(pace);
    // While nobody listens the clock stands still: what mounts then must not show an old time.
    if (clock.listeners.size === 0) clock.now = Math.floor(Date.now() / pace) * pace;
    return clock.now;
  });
}
