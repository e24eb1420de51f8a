import { hearsSince, type Subscription } from "../../shared/domain/subscription.ts";
import type { LogQuery } from "../../shared/store/deliveries.ts";
import { afterCursor } from "./log-cursor.ts";

interface Asked {
  readonly since?: string | undefined;
  readonly until?: string | undefined;
  readonly cursor?: string | undefined;
}

/**
 * The stretch of a subscription's log that is asked for, as far as it is of what that hears by now: what is older was made
 * under wider limits. Undefined where nothing can be in it.
 */
export function logWindow(
  of: Pick<Subscription, "createdAt" | "hearsSince">,
  { since, until, cursor }: Asked,
): Omit<LogQuery, "limit"> | undefined {
  const from = Math.max(since === undefined ? 0 : Date.parse(since), hearsSince(of).getTime());
  const after = afterCursor(cursor);
  const ends = [until, after?.split("#")[0]].flatMap((time) => (time === undefined ? [] : Date.parse(time)));
  if (ends.some((end) => end < from)) return undefined;
  return {
    since: new Date(from),
    ...(until === undefined ? {} : { until: new Date(until) }),
    ...(after === undefined ? {} : { after }),
  };
}
