import type * as z from "zod";
import type { routes } from "../../shared/contracts/routes.ts";
import type { Case } from "../../shared/domain/case.ts";
import type { DecidedEntry } from "../../shared/domain/journal-entry.ts";
import { seesItem } from "../../shared/domain/sees-item.ts";
import type { Caller } from "../../shared/domain/tenant.ts";
import { UNDO_MINUTES } from "../../shared/domain/withdraw-decision.ts";
import type { HttpRequest, UseCase } from "../../shared/runtime/http-stack.ts";
import { answer, refuse } from "../../shared/runtime/result.ts";
import type { Cases } from "../../shared/store/cases.ts";
import type { DecisionJournal } from "../../shared/store/decision-journal.ts";
import { summaryOfCase } from "./summary-of-case.ts";

export interface ListDecisions {
  readonly journal: Pick<DecisionJournal, "before">;
  readonly cases: Pick<Cases, "getMany">;
}

type Route = (typeof routes)["list-decisions"];
type Shown = z.infer<Route["answer"]["schema"]>["decisions"][number];
type Query = HttpRequest<Route>["query"];

/** Decisions that one request looks at, however few of them its filters let through, and how many it reads at once. */
const MOST_READ = 400;
const CHUNK = 100;
/** What the journal names its rows by: a time and a mark. */
const POSITION = /^[0-9TZ:.-]{20,30}#[A-Za-z0-9_-]{1,64}$/;

const writeCursor = (position: string): string => Buffer.from(position).toString("base64url");

function readCursor(cursor: string | undefined): string | "bad" | undefined {
  if (cursor === undefined) return undefined;
  const position = Buffer.from(cursor, "base64url").toString("utf8");
  return POSITION.test(position) ? position : "bad";
}

/** What the journal itself can say no to, before any case is read. */
const fits = ({ outcome, kind, label }: Query, { facts, outcome: made }: DecidedEntry): boolean =>
  (outcome === undefined || made === outcome) &&
  (kind === undefined || facts.kind === kind) &&
  (label === undefined || facts.labels.some((one) => one.label === label));

/** A decision that still holds, as far as the caller may see it. */
function shownOf(current: Case | undefined, entry: DecidedEntry, query: Query, caller: Caller, now: Date): Shown[] {
  const made = current?.decision;
  if (current?.state !== "decided" || made?.id !== entry.id || !seesItem(caller, current.verdict)) return [];
  const mine = made.by === caller.actor;
  if (query.by !== undefined && mine !== (query.by === "me")) return [];
  const { claim: _, ...summary } = summaryOfCase(current, caller.actor, now);
  const undoUntil = new Date(new Date(made.at).getTime() + UNDO_MINUTES * 60_000);
  return [
    {
      ...summary,
      decision: { id: made.id, outcome: made.outcome, reason: made.reason, by: made.by, at: made.at },
      ...(undoUntil > now ? { undoUntil: undoUntil.toISOString() } : {}),
      mine,
    },
  ];
}

/**
 * What was decided of late, by the journal of decisions: decided cases are in no index, and need none for this. A cluster
 * stands here once, with its first item.
 */
export const listDecisions =
  ({ journal, cases }: ListDecisions): UseCase<Route> =>
  async ({ caller, query, now }) => {
    const { tenant } = caller;
    const limit = Number(query.limit);
    let position = readCursor(query.cursor);
    if (position === "bad")
      return refuse("invalid_request", "The cursor is not one of ours.", [
        { pointer: "query:/cursor", detail: "not a cursor", fix: "send the cursor of the page before, unchanged" },
      ]);
    const decisions: Shown[] = [];
    let isMore = true;
    for (let read = 0; isMore && read < MOST_READ && decisions.length < limit; read += CHUNK) {
      const page = await journal.before(tenant, CHUNK, now, position);
      const wanted = page.entries.filter(({ entry }) => fits(query, entry));
      const ids = wanted.map(({ entry }) => entry.caseId);
      const found = new Map((ids.length > 0 ? await cases.getMany(tenant, ids) : []).map((one) => [one.id, one]));
      isMore = page.isMore;
      position = page.last;
      for (const [index, { entry, position: at }] of wanted.entries()) {
        decisions.push(...shownOf(found.get(entry.caseId), entry, query, caller, now));
        if (decisions.length < limit) continue;
        isMore ||= index < wanted.length - 1;
        position = at;
        break;
      }
    }
    return answer({ decisions, ...(isMore && position !== undefined ? { cursor: writeCursor(position) } : {}) });
  };
