import type { AlertCounts } from "../store/alert-counts.ts";
import type { Alerts } from "../store/alerts.ts";
import type { GatheringKey, Gatherings } from "../store/gatherings.ts";
import type { Subscriptions } from "../store/subscriptions.ts";
import type { Deliveries } from "./deliveries-port.ts";
import { gatheredBy } from "./gathered-by.ts";
import { inTurns } from "./in-turns.ts";
import { hearsMore } from "./may-hear.ts";
import { gatheredMessage } from "./told-facts.ts";

export interface TellGathered {
  readonly alerts: Pick<Alerts, "several">;
  readonly counts: Pick<AlertCounts, "parts">;
  readonly gatherings: Pick<Gatherings, "alerts" | "take">;
  readonly subscriptions: Pick<Subscriptions, "get">;
  readonly deliveries: Deliveries;
}

/** Rows of one message: 2,000 alerts. */
const MOST_PARTS = 10;

/** Rows of what is due by the messages that will tell of them: all of one subscription, reason and time, up to a bound. */
export function messagesOf(
  due: readonly GatheringKey[],
): readonly { readonly tenant: string; readonly parts: readonly GatheringKey[] }[] {
  const all = Map.groupBy(due, ({ tenant, subscription, reason, due: at }) =>
    [tenant, subscription, reason, at].join("#"),
  );
  return [...all.values()].flatMap((rows) =>
    Array.from({ length: Math.ceil(rows.length / MOST_PARTS) }, (_, n) => {
      const parts = rows.slice(n * MOST_PARTS, (n + 1) * MOST_PARTS);
      return { tenant: parts[0]?.tenant ?? "", parts };
    }),
  );
}

/** Tells what quiet hours, a digest or the rate limit kept, in one message; what comes in between stays for another. */
export const tellGathered =
  ({ alerts, counts, gatherings, subscriptions, deliveries }: TellGathered) =>
  async (parts: readonly GatheringKey[], now: Date): Promise<void> => {
    const [of] = parts;
    if (!of) return;
    const { tenant, reason, due } = of;
    const to = await subscriptions.get(tenant, of.subscription);
    const rows = await inTurns(parts, async (part) => ({ part, ids: await gatherings.alerts(part) }));
    const ids = new Set(rows.flatMap((row) => row.ids));
    // In the inbox they are already.
    if (to && to.document.channel.type !== "inbox" && ids.size > 0) {
      const found = await alerts.several([...ids].map((id) => ({ tenant, id })));
      const heard = found.filter((one) => hearsMore(to, one));
      const fresh = await inTurns(heard, async (one) =>
        one.state === "open" ? { ...one, tally: gatheredBy(one, await counts.parts(one)).tally } : one,
      );
      const known = new Set(found.map(({ id }) => id));
      const unfound = [...ids].filter((id) => !known.has(id));
      if (fresh.length + unfound.length > 0)
        await deliveries.enqueue(gatheredMessage(to, reason, fresh, due, unfound), now);
    }
    await inTurns(rows, ({ part, ids: told }) => gatherings.take(part, told));
  };
