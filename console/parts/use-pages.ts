import { useState } from "react";

/** The way through a list that is answered page by page, each page leading to the next by its cursor. */
export interface Pages {
  /** Of the page that is shown; undefined for the first. */
  readonly cursor: string | undefined;
  /** From 1. */
  readonly number: number;
  next(cursor: string): void;
  before(): void;
}

/** @returns the way through the pages of one list; give a component another `key` to begin anew. */
export function usePages(): Pages {
  const [cursors, set] = useState<readonly string[]>([]);
  return {
    cursor: cursors.at(-1),
    number: cursors.length + 1,
    next: (cursor) => set((now) => [...now, cursor]),
    before: () => set((now) => now.slice(0, -1)),
  };
}
