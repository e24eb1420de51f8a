import { randomBytes } from "node:crypto";
import { type AuditEntry, type AuditFact, auditEntry } from "../domain/audit.ts";
import { caseKey } from "./cases.ts";
import { batchPut, daysAfter, key, queryAll, type Row, type Table } from "./table.ts";

/** Days that the log is kept. */
const AUDIT_DAYS = 730;

export interface Page {
  readonly limit: number;
  /** The `id` of the last entry of the page before. */
  readonly after?: string | undefined;
}

export interface Audit {
  /** Appends entries; once it resolves they are stored. */
  append(tenant: string, facts: readonly AuditFact[], now: Date): Promise<void>;
  /** Entries of a day (`2026-11-22`, UTC), the newest first. */
  ofDay(tenant: string, day: string, page: Page): Promise<readonly AuditEntry[]>;
  /** Entries of a case, the newest first. */
  ofCase(tenant: string, caseId: string, page: Page): Promise<readonly AuditEntry[]>;
}

/**
 * Who did what, in the table of cases: each entry once under its day and, where it is about a case, once under the case.
 * There is no way to change or remove an entry but its time.
 */
export function auditStore(table: Table): Audit {
  const dayKey = (tenant: string, day: string): string => key(tenant, "audit", day);
  const list = async (pk: string, { limit, after }: Page): Promise<readonly AuditEntry[]> => {
    const rows = await queryAll(table, {
      KeyConditionExpression: "pk = :pk AND sk BETWEEN :first AND :last",
      ExpressionAttributeValues: { ":pk": pk, ":first": "audit#", ":last": after ? `audit#${after}` : "audit$" },
      ScanIndexForward: false,
      // One more: a page begins after its cursor, and BETWEEN takes it in.
      Limit: limit + 1,
    });
    const entries = rows.map(({ entry }) => auditEntry.parse(entry));
    return entries.filter(({ id }) => id !== after).slice(0, limit);
  };
  return {
    async append(tenant, facts, now) {
      const at = now.toISOString();
      const rows = facts.flatMap((fact): Row[] => {
        const entry: AuditEntry = { ...fact, at, id: `${at}-${randomBytes(9).toString("base64url")}` };
        const rest = { sk: `audit#${entry.id}`, entry, expiresAt: daysAfter(now, AUDIT_DAYS) };
        const ofDay = { pk: dayKey(tenant, at.slice(0, 10)), ...rest };
        return fact.case === undefined ? [ofDay] : [ofDay, { pk: caseKey(tenant, fact.case).pk, ...rest }];
      });
      await batchPut(table, rows);
    },
    ofDay: (tenant, day, page) => list(dayKey(tenant, day), page),
    ofCase: (tenant, caseId, page) => list(caseKey(tenant, caseId).pk, page),
  };
}
