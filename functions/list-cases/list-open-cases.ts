import type { routes } from "../../shared/contracts/routes.ts";
import type { Case } from "../../shared/domain/case.ts";
import { living } from "../../shared/domain/claim.ts";
import { speaks } from "../../shared/domain/routing.ts";
import { seesItem } from "../../shared/domain/sees-item.ts";
import type { Caller } from "../../shared/domain/tenant.ts";
import { LANES, type Lane, lane as laneSchema } from "../../shared/domain/verdict.ts";
import type { HttpRequest, UseCase } from "../../shared/runtime/http-stack.ts";
import { answer, refuse } from "../../shared/runtime/result.ts";
import { type Cases, positionOf } from "../../shared/store/cases.ts";
import { summaryOfCase } from "./summary-of-case.ts";

/** What `positionOf` writes; anything longer than a key may be would be refused by the table, not by us. */
const POSITION = /^[0-9TZ:.-]{20,30}#[A-Za-z0-9_-]{22}$/;
/** Cases that one request looks at, however few of them its filters let through. */
const MOST_READ = 400;
/** Cases that are read at once where a filter will let some of them through. */
const CHUNK = 100;

type Query = HttpRequest<(typeof routes)["list-cases"]>["query"];

/** A cursor is `lane~position` of the last case looked at: it holds ids and a time, nothing secret. */
function readCursor(cursor: string | undefined): { lane: Lane; after: string } | "none" | "bad" {
  if (cursor === undefined) return "none";
  const text = Buffer.from(cursor, "base64url").toString("utf8");
  const cut = text.indexOf("~");
  const lane = laneSchema.safeParse(text.slice(0, cut));
  const after = text.slice(cut + 1);
  return lane.success && POSITION.test(after) ? { lane: lane.data, after } : "bad";
}

/** Whether a case passes the filters of a request, and its caller may see it. */
function filterOf(query: Query, caller: Caller, now: Date): (current: Case) => boolean {
  const me = caller.actor;
  const { kind, label, language, brand, productLine, held } = query;
  return (current) => {
    const { ref, verdict, claim } = current;
    if (!seesItem(caller, verdict)) return false;
    if (kind !== undefined && ref.kind !== kind) return false;
    if (label !== undefined && !verdict.labels.some((one) => one.label === label)) return false;
    if (language !== undefined && (verdict.language === undefined || !speaks([language], verdict.language)))
      return false;
    if (brand !== undefined && !verdict.brandIds.includes(brand)) return false;
    if (productLine !== undefined && verdict.productLine !== productLine) return false;
    const by = living(claim, now)?.by;
    if (held === "me") return by === me;
    if (held === "others") return by !== undefined && by !== me;
    return held !== "free" || by === undefined;
  };
}

/** Open cases lane by lane, the longest waiting first within each: the fair order, in which reach plays no part. */
export const listOpenCases =
  (cases: Pick<Cases, "lane">): UseCase<(typeof routes)["list-cases"]> =>
  async ({ caller, query, now }) => {
    const { tenant } = caller;
    const limit = Number(query.limit);
    const from = readCursor(query.cursor);
    if (from === "bad")
      return refuse("invalid_request", "The cursor is not one of ours.", [
        { pointer: "query:/cursor", detail: "not a cursor", fix: "send the cursor of the page before, unchanged" },
      ]);
    const passes = filterOf(query, caller, now);
    const { queue, lane: inLane, limit: _, cursor: __, ...filters } = query;
    const isFiltered = Object.keys(filters).length > 0 || caller.role === "brand";
    const lanes = inLane ? [inLane] : LANES.slice(from === "none" ? 0 : LANES.indexOf(from.lane));
    const page: Case[] = [];
    let last: Case | undefined;
    let isMore = false;
    let read = 0;
    for (const lane of lanes) {
      let after = from !== "none" && from.lane === lane ? from.after : undefined;
      while (!isMore) {
        // One more than can be shown: whether the page is the last one.
        const wanted = isFiltered ? CHUNK : limit + 1 - page.length;
        const found = await cases.lane(tenant, queue, lane, wanted, after);
        for (const one of found) {
          isMore = page.length === limit || read === MOST_READ;
          if (isMore) break;
          read += 1;
          last = one;
          if (passes(one)) page.push(one);
        }
        const end = found.at(-1);
        if (!end || found.length < wanted) break;
        after = positionOf(end);
      }
      if (isMore) break;
    }
    const cursor = isMore && last ? Buffer.from(`${last.lane}~${positionOf(last)}`).toString("base64url") : undefined;
    const me = caller.actor;
    return answer({ cases: page.map((one) => summaryOfCase(one, me, now)), ...(cursor ? { cursor } : {}) });
  };
