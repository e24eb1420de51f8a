import type { routes } from "../../shared/contracts/routes.ts";
import { cloudEventOf } from "../../shared/delivery/cloud-event.ts";
import { FEED_DAYS, feedBegins, feedFrom, isToCome, readCursor, writeCursor } from "../../shared/domain/feed-cursor.ts";
import type { UseCase } from "../../shared/runtime/http-stack.ts";
import { answer, refuse } from "../../shared/runtime/result.ts";
import type { EventFeed } from "../../shared/store/event-feed.ts";
import type { Tenants } from "../../shared/store/tenants.ts";

const DAY_MS = 86_400_000;

export interface ListEvents {
  readonly tenants: Pick<Tenants, "settings">;
  readonly feed: Pick<EventFeed, "read">;
}

/** A page of the feed. Of a feed that is off what it still holds can be read to its end. */
export const listEvents =
  ({ tenants, feed }: ListEvents): UseCase<(typeof routes)["list-events"]> =>
  async ({ caller: { tenant }, query: { after, since, limit }, now }) => {
    if (after !== undefined && since !== undefined)
      return refuse("invalid_request", "Say where to go on or where to begin.", [
        { pointer: "query:/since", detail: "after is there too", fix: "leave one of them out" },
      ]);
    const from = after === undefined ? feedFrom(since ? new Date(since) : new Date(now.getTime() - DAY_MS)) : undefined;
    const cursor = from ?? readCursor(after ?? "");
    if (!cursor || isToCome(cursor, now))
      return refuse("invalid_request", "That is no place in the feed.", [
        {
          pointer: from ? "query:/since" : "query:/after",
          detail: from ? "a time to come" : "not an `after` of ours",
          fix: from ? "name a time that was" : "send the `after` of the answer before, unchanged",
        },
      ]);
    const page = await feed.read(tenant, cursor, Number(limit), now);
    if (page === "gone") {
      const begins = feedBegins(now).toISOString();
      const detail = `The feed holds ${FEED_DAYS} days. Events from before ${begins} are gone, and there may have been some that you have not had.`;
      return refuse("cursor_expired", detail, [
        {
          pointer: from ? "query:/since" : "query:/after",
          detail: "from before what the feed still holds",
          fix: `begin anew with since=${begins}, and ask for what you may have missed by its id`,
        },
      ]);
    }
    if (page.events.length === 0 && !page.more && !(await tenants.settings(tenant))?.eventFeed)
      return refuse("feed_off", "This tenant's feed of events is off, and it holds nothing more.", [
        {
          pointer: "header:authorization",
          detail: "a tenant whose feed is off",
          fix: "let an admin turn it on: POST /v1/events/feed",
        },
      ]);
    return answer({ events: page.events.map(cloudEventOf), after: writeCursor(page.cursor), more: page.more });
  };
