import type { EventMessage } from "../contracts/messages.ts";
import type { BreakerEvent, BreakerState } from "../domain/breaker.ts";
import { afterPublishing } from "../policy/breaker.ts";
import type { BreakerStates } from "../store/breaker-states.ts";
import type { Topic } from "./topic.ts";

/** Milliseconds after which an owed event is taken as left behind by a crash, not as being published right now. */
const GRACE_MS = 30_000;

/** Events that were owed for so long that whoever made them is not going to publish them. */
export const leftOwing = ({ owed }: BreakerState, now: Date): BreakerEvent[] =>
  owed.filter(({ at }) => now.getTime() - Date.parse(at) > GRACE_MS);

/**
 * Publishes events of a stored state and notes that they are. Where that fails they stay owed, and somebody publishes
 * them again: receivers know an event by its id.
 */
export async function publishOwed(
  { breakers, events }: { readonly breakers: Pick<BreakerStates, "change">; readonly events: Topic },
  tenant: string,
  state: BreakerState,
  due: readonly BreakerEvent[],
): Promise<void> {
  await Promise.all(
    due.map((event) => {
      const message: EventMessage = { v: 1, tenant, event };
      return events.publish(message, { tenant, type: event.type });
    }),
  );
  const next = afterPublishing(state, due);
  if (next !== state) await breakers.change(tenant, next);
}
