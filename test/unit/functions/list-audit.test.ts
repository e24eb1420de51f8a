import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { listAudit } from "../../../functions/list-audit/list-audit.ts";
import { routes } from "../../../shared/contracts/routes.ts";
import type { AuditEntry, AuditFact } from "../../../shared/domain/audit.ts";
import type { Audit, Page } from "../../../shared/store/audit.ts";
import { NOW } from "../domain/examples.ts";

const AUDITOR = { tenant: "t", actor: "aino", role: "auditor" } as const;
const ACTORS = ["mona", "malik", "key:1"] as const;
const ACTIONS = ["case.read", "case.claimed", "case.decided"] as const;

/** The log of one day, and what was asked of it. */
function memoryAudit(entries: readonly AuditEntry[]) {
  const newestFirst = entries.toSorted((a, b) => (a.id < b.id ? 1 : -1));
  const appended: AuditFact[] = [];
  const read: number[] = [];
  const list = async ({ limit, after }: Page) => {
    const from = after === undefined ? 0 : newestFirst.findIndex(({ id }) => id === after) + 1;
    const page = newestFirst.slice(from, from + limit);
    read.push(page.length);
    return page;
  };
  const audit: Audit = {
    append: async (_, facts) => void appended.push(...facts),
    ofDay: (_, __, page) => list(page),
    ofCase: (_, __, page) => list(page),
  };
  return { audit, appended, read, newestFirst };
}

const entryOf = (index: number, actor: string, action: AuditEntry["action"]): AuditEntry => {
  const at = new Date(NOW.getTime() - 86_400_000 + index * 1_000).toISOString();
  return { at, id: `${at}-${String(index).padStart(12, "0")}`, actor, role: "moderator", action };
};

type Query = { limit?: string; actor?: string; action?: AuditEntry["action"]; cursor?: string };

async function page(audit: Audit, query: Query) {
  const result = await listAudit(audit)({
    caller: AUDITOR,
    params: {},
    query: { limit: "100", ...query },
    body: undefined,
    now: NOW,
  });
  if (!result.ok) throw new Error(result.problem.type);
  return routes["list-audit"].answer.schema.parse(result.value);
}

describe("reading the log", () => {
  it("shows each entry that fits once, the newest first, whatever the page and the filter", async () => {
    const spread = fc.array(fc.tuple(fc.constantFrom(...ACTORS), fc.constantFrom(...ACTIONS)), { maxLength: 40 });
    const filter = fc.record(
      { actor: fc.constantFrom(...ACTORS), action: fc.constantFrom(...ACTIONS) },
      { requiredKeys: [] },
    );
    await fc.assert(
      fc.asyncProperty(spread, filter, fc.integer({ min: 1, max: 9 }), async (rows, wanted, limit) => {
        const { audit, newestFirst } = memoryAudit(rows.map(([actor, action], index) => entryOf(index, actor, action)));
        const shown: AuditEntry[] = [];
        for (let cursor: string | undefined; ; ) {
          const found = await page(audit, { ...wanted, limit: String(limit), ...(cursor ? { cursor } : {}) });
          expect(found.entries.length).toBeLessThanOrEqual(limit);
          shown.push(...found.entries);
          cursor = found.cursor;
          if (cursor === undefined) break;
          expect(found.entries).not.toEqual([]);
        }
        const fits = newestFirst.filter(
          ({ actor, action }) =>
            (wanted.actor === undefined || actor === wanted.actor) &&
            (wanted.action === undefined || action === wanted.action),
        );
        expect(shown).toEqual(fits);
      }),
      { numRuns: 100 },
    );
  });

  it("looks through a bounded number of entries at once, and says where to go on", async () => {
    const rows = Array.from({ length: 5_000 }, (_, index) =>
      entryOf(index, index === 0 ? "malik" : "mona", "case.read"),
    );
    const { audit, read } = memoryAudit(rows);
    const first = await page(audit, { actor: "malik" });
    expect(first.entries).toEqual([]);
    expect(read.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(2_500);
    let cursor = first.cursor;
    const found: AuditEntry[] = [];
    for (let turn = 0; cursor !== undefined && turn < 5; turn += 1) {
      const next = await page(audit, { actor: "malik", cursor });
      found.push(...next.entries);
      cursor = next.cursor;
    }
    expect(found.map(({ actor }) => actor)).toEqual(["malik"]);
    expect(cursor).toBeUndefined();
  });

  it("writes down that it was read, each time", async () => {
    const { audit, appended } = memoryAudit([]);
    await page(audit, { action: "case.decided" });
    expect(appended).toEqual([
      { actor: "aino", role: "auditor", action: "audit.read", facts: { day: NOW.toISOString().slice(0, 10) } },
    ]);
  });
});
