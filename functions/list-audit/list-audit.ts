import type { routes } from "../../shared/contracts/routes.ts";
import { actorOf } from "../../shared/domain/tenant.ts";
import type { UseCase } from "../../shared/runtime/http-stack.ts";
import { answer, refuse } from "../../shared/runtime/result.ts";
import type { Audit } from "../../shared/store/audit.ts";

/** What the ids of entries look like; anything longer than a key may be would be refused by the table, not by us. */
const POSITION = /^[0-9TZ:.-]{20,30}-[A-Za-z0-9_-]{12}$/;

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
    const limit = Number(query.limit);
    const page = { limit: limit + 1, after };
    const day = query.day ?? now.toISOString().slice(0, 10);
    const found = query.case ? await audit.ofCase(tenant, query.case, page) : await audit.ofDay(tenant, day, page);
    const fact = { actor: actorOf(caller), role, action: "audit.read" as const };
    // What the caller asked for and nobody has is the caller's own word: it is not written down.
    const of = query.case === undefined ? { facts: { day } } : found.length > 0 ? { case: query.case } : {};
    await audit.append(tenant, [{ ...fact, ...of }], now);
    const entries = found.slice(0, limit);
    const last = entries.at(-1);
    const cursor = found.length > limit && last ? Buffer.from(last.id).toString("base64url") : undefined;
    return answer({ entries: [...entries], ...(cursor ? { cursor } : {}) });
  };
