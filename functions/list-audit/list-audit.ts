import type { routes } from "../../shared/contracts/routes.ts";
import type { AuditEntry } from "../../shared/domain/audit.ts";
import type { UseCase } from "../../shared/runtime/http-stack.ts";
import { answer, refuse } from "../../shared/runtime/result.ts";
import type { Audit, Page } from "../../shared/store/audit.ts";

/** What the ids of entries look like; anything longer than a key may be would be refused by the table, not by us. */
const POSITION = /^[0-9TZ:.-]{20,30}-[A-Za-z0-9_-]{12}$/;

/** Entries that one request looks through for those that a filter lets pass, and how many it reads at a time. */
const MOST_LOOKED = 2_000;
const AT_A_TIME = 500;

/** The log of a day (today where none is named) or of a case. That it was read stands in it too. */
export const listAudit =
  (audit: Audit): UseCase<(typeof routes)["list-audit"]> =>
  async ({ caller, query, now }) => {
    const { tenant, role } = caller;
    if (query.day !== undefined && query.case !== undefined)
      return refuse("invalid_request", "Name a day or a case.", [
        { pointer: "query:/day", detail: "a case is named too", fix: "leave one of them out" },
      ]);
    const after = query.cursor && Buffer.from(query.cursor, "base64url").toString("utf8");
    if (after !== undefined && !POSITION.test(after))
      return refuse("invalid_request", "The cursor is not one of ours.", [
        { pointer: "query:/cursor", detail: "not a cursor", fix: "send the cursor of the page before, unchanged" },
      ]);
    const day = query.day ?? now.toISOString().slice(0, 10);
    const read = (page: Page) => (query.case ? audit.ofCase(tenant, query.case, page) : audit.ofDay(tenant, day, page));
    const { entries, looked, next } = await find(read, query, after);
    const fact = { actor: caller.actor, role, action: "audit.read" as const };
    // What the caller asked for and nobody has is the caller's own word: it is not written down.
    const of = query.case === undefined ? { facts: { day } } : looked > 0 ? { case: query.case } : {};
    await audit.append(tenant, [{ ...fact, ...of }], now);
    return answer({ entries: [...entries], ...(next ? { cursor: Buffer.from(next).toString("base64url") } : {}) });
  };

interface Wanted {
  readonly limit: string;
  readonly actor?: string | undefined;
  readonly action?: AuditEntry["action"] | undefined;
}

interface Found {
  readonly entries: readonly AuditEntry[];
  readonly looked: number;
  /** The id of the entry to go on after; undefined at the end. */
  readonly next: string | undefined;
}

/** A page of the entries that a filter lets pass: full, or as far as one request looks. */
async function find(
  read: (page: Page) => Promise<readonly AuditEntry[]>,
  { limit, actor, action }: Wanted,
  after: string | undefined,
): Promise<Found> {
  const most = Number(limit);
  const filters = actor !== undefined || action !== undefined;
  const size = filters ? AT_A_TIME : most + 1;
  const entries: AuditEntry[] = [];
  let looked = 0;
  let from = after;
  for (;;) {
    const some = await read({ limit: size, after: from });
    looked += some.length;
    for (const entry of some) {
      if ((actor !== undefined && entry.actor !== actor) || (action !== undefined && entry.action !== action)) continue;
      if (entries.length === most) return { entries, looked, next: entries.at(-1)?.id };
      entries.push(entry);
    }
    from = some.at(-1)?.id;
    if (some.length < size) return { entries, looked, next: undefined };
    if (looked >= MOST_LOOKED) return { entries, looked, next: from };
  }
}
