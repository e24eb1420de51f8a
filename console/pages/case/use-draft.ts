import { useCallback, useSyncExternalStore } from "react";
import type { CaseRecord } from "./case-record.ts";
import { type Draft, emptyDraft } from "./draft.ts";

/** In memory only, and for as long as the page is: what was written of a case is there again when one comes back to it. */
const drafts = new Map<string, Draft>();
const listeners = new Set<() => void>();

const listen = (listener: () => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

/** Puts a draft in the place of another; undefined forgets it. */
export function setDraft(id: string, draft: Draft | undefined): void {
  if (draft) drafts.set(id, draft);
  else drafts.delete(id);
  for (const listener of listeners) listener();
}

export const draftOf = (id: string): Draft | undefined => drafts.get(id);

/** @returns the draft of a case, and what changes it. */
export function useDraft({ id, verdict }: CaseRecord): readonly [Draft, (change: Partial<Draft>) => void] {
  const draft = useSyncExternalStore(listen, () => {
    if (!drafts.has(id)) drafts.set(id, emptyDraft(verdict.labels.map(({ label }) => label)));
    return drafts.get(id) as Draft;
  });
  const change = useCallback(
    (some: Partial<Draft>) => {
      const before = drafts.get(id);
      if (before) setDraft(id, { ...before, ...some });
    },
    [id],
  );
  return [draft, change];
}
