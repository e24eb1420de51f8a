import type { SimilarText } from "../../shared/scoring/review/review-features.ts";
import type { Signals, Subject } from "../../shared/store/signals.ts";
import { asStored, type TextBands } from "../../shared/store/text-bands.ts";

/** Subjects and bands that are remembered at once, so that a file of any length fits a small machine. */
const MOST_SUBJECTS = 25_000;
const MOST_BANDS = 100_000;
/** Texts kept in a band, as the table keeps them. */
const MOST_TEXTS = 12;

/** A map that forgets what was least recently written or read when it is full. */
class Recent<Value> {
  private readonly entries = new Map<string, Value>();
  private readonly most: number;
  constructor(most: number) {
    this.most = most;
  }
  get(key: string): Value | undefined {
    const value = this.entries.get(key);
    if (value !== undefined) this.set(key, value);
    return value;
  }
  set(key: string, value: Value): void {
    this.entries.delete(key);
    this.entries.set(key, value);
    if (this.entries.size <= this.most) return;
    const [oldest] = this.entries.keys();
    if (oldest !== undefined) this.entries.delete(oldest);
  }
}

/** The state of scoring in memory: for a file that is read once, in order, by one reader. */
export function memorySignals(most = MOST_SUBJECTS): Pick<Signals, "peek" | "change"> {
  const states = new Recent<unknown>(most);
  const keyOf = (tenant: string, { kind, id }: Subject): string => `${tenant}#${kind}#${id}`;
  return {
    peek: async (tenant, subjects) => subjects.map((subject) => states.get(keyOf(tenant, subject))),
    async change(tenant, subject, _event, apply) {
      const key = keyOf(tenant, subject);
      const state = apply(states.get(key));
      states.set(key, state);
      return { kind: "changed", state };
    },
  };
}

/** Bands of text signatures in memory, with the same bounds as in the table. */
export function memoryTextBands(most = MOST_BANDS): TextBands {
  const bands = new Recent<readonly SimilarText[]>(most);
  const keyOf = (tenant: string, band: string, index: number): string => `${tenant}#${index}#${band}`;
  return {
    alike: async (tenant, keys) => [
      ...new Set(keys.flatMap((band, index) => bands.get(keyOf(tenant, band, index)) ?? [])),
    ],
    async add(tenant, keys, text) {
      const stored = asStored(text);
      for (const [index, band] of keys.entries()) {
        const key = keyOf(tenant, band, index);
        const known = bands.get(key) ?? [];
        if (known.length < MOST_TEXTS) bands.set(key, [...known, stored]);
      }
    },
  };
}
