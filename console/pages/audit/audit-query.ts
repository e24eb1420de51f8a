import { useSearchParams } from "wouter";
import { auditActions, caseIdPattern } from "../../facts/explore.ts";
import type { Action } from "./audit-words.ts";

/** What of the log is looked at: a day or a case, narrowed to one actor or one action. */
export interface AuditQuery {
  /** 2026-11-22, UTC; today where neither a day nor a case is named. */
  readonly day: string;
  /** Goes before the day. */
  readonly case: string | undefined;
  readonly actor: string | undefined;
  readonly action: Action | undefined;
}

const DAY = /^\d{4}-\d\d-\d\d$/;
const CASE = new RegExp(caseIdPattern);
const DAY_MS = 86_400_000;

export const isCaseId = (id: string): boolean => CASE.test(id);
export const isDay = (day: string): boolean => DAY.test(day) && !Number.isNaN(Date.parse(day));
export const today = (): string => new Date().toISOString().slice(0, 10);

/** @returns the day so many days after another one, or before. */
export const dayAfter = (day: string, days: number): string =>
  new Date(Date.parse(day) + days * DAY_MS).toISOString().slice(0, 10);

/** What an address says of a query: nothing of what goes without saying. */
const saidOf = ({ day, ...rest }: AuditQuery): [string, string][] =>
  Object.entries({ ...rest, ...(rest.case === undefined && day !== today() && { day }) }).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value]],
  );

/** @returns where the log is shown so. */
export const auditPath = (query: AuditQuery): string => `/audit?${new URLSearchParams(saidOf(query))}`;

/** The query as the address says it, so that a view of the log can be handed on; what an address says wrongly is left out. */
export function useAuditQuery(): readonly [AuditQuery, (change: Partial<AuditQuery>) => void] {
  const [params, setParams] = useSearchParams();
  const day = params.get("day") ?? "";
  const id = params.get("case") ?? "";
  const action = params.get("action");
  const query: AuditQuery = {
    day: isDay(day) ? day : today(),
    case: isCaseId(id) ? id : undefined,
    actor: params.get("actor")?.slice(0, 64) || undefined,
    action: auditActions.find((one) => one === action),
  };
  const change = (next: Partial<AuditQuery>): void => setParams(saidOf({ ...query, ...next }));
  return [query, change];
}
