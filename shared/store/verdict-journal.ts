import { type JournalEntry, journalEntry } from "../domain/journal-entry.ts";
import { type LogPage, packedLog, type Range } from "./packed-log.ts";
import { key, type Table } from "./table.ts";

/** Days that the journal goes back. */
export const JOURNAL_DAYS = 35;

/**
 * A partition a kind and day. One takes 1,000 write units a second: a kind's function runs ten at a time and needs 20 ms
 * for a batch at the least, so that no more than 500 rows of a kind are written in a second, of one unit each (two, where
 * ten entries deflate to over 1 KB).
 */
const KINDS = ["post", "review", "audience"] as const;
const DAY = "2026-11-22".length;
const DAY_MS = 86_400_000;

const dayOf = (time: string): string => new Date(time).toISOString().slice(0, DAY);

/** The days (UTC) that a range touches. */
function daysOf({ from, to }: Range): string[] {
  const days: string[] = [];
  for (let day = Math.floor(from.getTime() / DAY_MS); day * DAY_MS < to.getTime(); day += 1)
    days.push(new Date(day * DAY_MS).toISOString().slice(0, DAY));
  return days;
}

export interface VerdictJournal {
  /**
   * Notes verdicts, at least once each, as few rows. Entries are by the time of their verdict, which a repeat has, too.
   * @throws where not all of them were written
   */
  append(tenant: string, entries: readonly JournalEntry[]): Promise<void>;
  /**
   * Verdicts made in a range, by day and kind, each once. Whoever stops goes on with the last page's `after`, in the same
   * range, and has each once all the same.
   */
  read(tenant: string, range: Range, after?: string): AsyncGenerator<LogPage<JournalEntry>>;
}

/** The journal of verdicts, in the table of verdicts. */
export function verdictJournal(table: Table): VerdictJournal {
  const log = packedLog(table, {
    schema: journalEntry,
    at: ({ scoredAt }) => scoredAt,
    name: ({ ref }) => key(ref.kind, ref.id, ref.revision),
    days: JOURNAL_DAYS,
  });
  const partition = (tenant: string, day: string, kind: string): string => key(tenant, "journal", day, kind);
  return {
    async append(tenant, entries) {
      const groups = Map.groupBy(entries, ({ ref, scoredAt }) => partition(tenant, dayOf(scoredAt), ref.kind));
      await Promise.all(groups.entries().map(([name, own]) => log.append(name, own)));
    },
    async *read(tenant, range, after = "") {
      const [place = "", position = ""] = after.split("|");
      const places = daysOf(range).flatMap((day) => KINDS.map((kind) => ({ day, kind, name: key(day, kind) })));
      const start = Math.max(
        0,
        places.findIndex(({ name }) => name === place),
      );
      for (const { day, kind, name } of places.slice(start)) {
        const pages = log.read(partition(tenant, day, kind), range, name === place ? position : undefined);
        for await (const page of pages) yield { ...page, after: `${name}|${page.after}` };
      }
    },
  };
}
