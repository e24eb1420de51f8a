import { type DecidedEntry, decidedEntry } from "../domain/journal-entry.ts";
import { type LogPage, type PageBefore, packedLog, type Range } from "./packed-log.ts";
import { key, type Table } from "./table.ts";

/** As long as verdicts are kept by default. */
const DAYS = 400;

export interface DecisionJournal {
  /** Notes a person's decision; the same again takes the entry's place, such as when it no longer holds. */
  append(tenant: string, made: DecidedEntry): Promise<void>;
  /** Decisions before a position that still hold, the latest first: of up to `rows` that were made. */
  before(tenant: string, rows: number, now: Date, position?: string | undefined): Promise<PageBefore<DecidedEntry>>;
  /** Decisions made in a range that still hold, in the order of their times, each once. */
  read(tenant: string, range: Range, after?: string): AsyncGenerator<LogPage<DecidedEntry>>;
}

/** The journal of people's decisions, in the table of cases: one partition, since people are slow. */
export function decisionJournal(table: Table): DecisionJournal {
  const log = packedLog(table, {
    schema: decidedEntry,
    at: ({ at }) => at,
    name: ({ caseId, id }) => key(caseId, id),
    days: DAYS,
  });
  const partition = (tenant: string): string => key(tenant, "decided");
  return {
    append: (tenant, made) => log.append(partition(tenant), [made]),
    async before(tenant, rows, now, position) {
      const page = await log.before(partition(tenant), rows, now, position);
      return { ...page, entries: page.entries.filter(({ entry }) => !entry.withdrawn) };
    },
    async *read(tenant, range, after) {
      for await (const page of log.read(partition(tenant), range, after))
        yield { ...page, entries: page.entries.filter(({ withdrawn }) => !withdrawn) };
    },
  };
}
