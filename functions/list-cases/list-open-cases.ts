import type { routes } from "../../shared/contracts/routes.ts";
import type { Case } from "../../shared/domain/case.ts";
import { LABELS } from "../../shared/domain/label.ts";
import { LANES, type Lane, lane as laneSchema } from "../../shared/domain/verdict.ts";
import type { UseCase } from "../../shared/runtime/http-stack.ts";
import { answer, refuse } from "../../shared/runtime/result.ts";
import { type Cases, positionOf } from "../../shared/store/cases.ts";

/** What `positionOf` writes; anything longer than a key may be would be refused by the table, not by us. */
const POSITION = /^[0-9TZ:.-]{20,30}#[A-Za-z0-9_-]{22}$/;

const summary = (current: Case, now: Date) => ({
  id: current.id,
  state: current.state,
  queue: current.queue,
  lane: current.lane,
  ref: current.ref,
  openedAt: current.openedAt,
  version: current.version,
  action: current.verdict.action,
  severity: current.verdict.severity,
  labels: current.verdict.labels.map(({ label, probability }) => ({ label, title: LABELS[label], probability })),
  surface: current.verdict.surface,
  visibility: current.verdict.visibility,
  ageSeconds: Math.max(0, Math.round((now.getTime() - new Date(current.openedAt).getTime()) / 1000)),
});

/** A cursor is `lane~position` of the last case shown: it holds ids and a time, nothing secret. */
function readCursor(cursor: string | undefined): { lane: Lane; after: string } | "none" | "bad" {
  if (cursor === undefined) return "none";
  const text = Buffer.from(cursor, "base64url").toString("utf8");
  const cut = text.indexOf("~");
  const lane = laneSchema.safeParse(text.slice(0, cut));
  const after = text.slice(cut + 1);
  return lane.success && POSITION.test(after) ? { lane: lane.data, after } : "bad";
}

/** Open cases lane by lane, the longest waiting first within each: the fair order, in which reach plays no part. */
export const listOpenCases =
  (cases: Pick<Cases, "lane">): UseCase<(typeof routes)["list-cases"]> =>
  async ({ caller: { tenant }, query, now }) => {
    const limit = Number(query.limit);
    const from = readCursor(query.cursor);
    if (from === "bad")
      return refuse("invalid_request", "The cursor is not one of ours.", [
        { pointer: "query:/cursor", detail: "not a cursor", fix: "send the cursor of the page before, unchanged" },
      ]);
    const lanes = query.lane ? [query.lane] : LANES.slice(from === "none" ? 0 : LANES.indexOf(from.lane));
    const found: Case[] = [];
    for (const lane of lanes) {
      if (found.length > limit) break;
      const after = from !== "none" && from.lane === lane ? from.after : undefined;
      found.push(...(await cases.lane(tenant, query.queue, lane, limit + 1 - found.length, after)));
    }
    const page = found.slice(0, limit);
    const last = page.at(-1);
    const cursor =
      found.length > limit && last ? Buffer.from(`${last.lane}~${positionOf(last)}`).toString("base64url") : undefined;
    return answer({ cases: page.map((one) => summary(one, now)), ...(cursor ? { cursor } : {}) });
  };
