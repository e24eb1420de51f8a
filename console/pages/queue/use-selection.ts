import { useCallback, useMemo, useState } from "react";
import type { CaseSummary } from "./case-words.ts";

/** As many as one decision of several may be about. */
export const MOST_SELECTED = 100;

export interface Selection {
  /** Whether rows show their ticks. */
  readonly isOn: boolean;
  readonly cases: readonly CaseSummary[];
  has(id: string): boolean;
  toggle(one: CaseSummary): void;
  start(): void;
  clear(): void;
}

/** Cases that are to be decided together; by what they were when they were ticked, versions included. */
export function useSelection(): Selection {
  const [selected, set] = useState<ReadonlyMap<string, CaseSummary>>();
  const toggle = useCallback((one: CaseSummary) => {
    set((before = new Map()) => {
      const next = new Map(before);
      if (!next.delete(one.id) && next.size < MOST_SELECTED) next.set(one.id, one);
      return next;
    });
  }, []);
  const start = useCallback(() => set((before) => before ?? new Map()), []);
  const clear = useCallback(() => set(undefined), []);
  return useMemo(
    () => ({
      isOn: selected !== undefined,
      cases: [...(selected?.values() ?? [])],
      has: (id) => selected?.has(id) ?? false,
      toggle,
      start,
      clear,
    }),
    [selected, toggle, start, clear],
  );
}
