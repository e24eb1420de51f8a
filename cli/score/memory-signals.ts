import type { SimilarText } from "../../shared/scoring/review/review-facts.ts";
import type { CountedStates, Subject } from "../../shared/store/counted-states.ts";
import { NOTHING } from "../../shared/store/state-row.ts";
import { bandChanges, bandName, type TextBands } from "../../shared/store/text-bands.ts";

/** Subjects and bands that are remembered at once, so that a file of any length fits a small machine. */
const MOST_SUBJECTS = 25_000;
const MOST_BANDS = 100_000;

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
  delete(key: string): void {
    this.entries.delete(key);
  }
  set(key: string, value: Value): void {
    this.entries.delete(key);
    this.entries.set(key, value);
    if (this.entries.size <= this.most) return;
    const [oldest] = this.entries.keys();
    if (oldest !== undefined) this.entries.delete(oldest);
  }
}

/** The states that reviews and audiences are scored by in memory: for a file that is read once, in order, by one reader. */
export function memoryStates(most = MOST_SUBJECTS): CountedStates {
  const states = new Recent<unknown>(most);
  const keyOf = (tenant: string, { kind, id }: Subject): string => `${tenant}#${kind.name}#${id}`;
  const apply = (tenant: string, subject: Subject, events: readonly unknown[]): void => {
    const key = keyOf(tenant, subject);
    states.set(key, subject.kind.after(states.get(key), events));
  };
  return {
    read: async (tenant, subjects) =>
      subjects.map((subject) => ({ row: { ...NOTHING, state: states.get(keyOf(tenant, subject)) } })),
    ready: async (_tenant, _subject, known) => known,
    exact: async (tenant, subject) => states.get(keyOf(tenant, subject)),
    async count(tenant, subject, happenings) {
      apply(
        tenant,
        subject,
        happenings.map(({ event }) => event),
      );
    },
    async sketch(tenant, subject, events) {
      apply(tenant, subject, events);
      return true;
    },
    async forget(tenant, subject) {
      states.delete(keyOf(tenant, subject));
    },
  };
}

/** Bands of signatures in memory, with the same bounds as in the table. */
export function memoryTextBands(most = MOST_BANDS): TextBands {
  const bands = new Recent<readonly SimilarText[]>(most);
  const keyOf = (tenant: string, name: string): string => `${tenant}#${name}`;
  return {
    async read(tenant, wanted) {
      const found = new Map<string, readonly SimilarText[]>();
      for (const band of wanted) {
        const entries = bands.get(keyOf(tenant, bandName(band)));
        if (entries) found.set(bandName(band), entries);
      }
      return found;
    },
    async add(tenant, entries, found) {
      for (const { band, added } of bandChanges(entries, found)) {
        const name = bandName(band);
        bands.set(keyOf(tenant, name), [...(found.get(name) ?? []), ...added]);
      }
    },
  };
}
