import type { routes } from "../../shared/contracts/routes.ts";
import { standing } from "../../shared/domain/breaker.ts";
import { afterReset } from "../../shared/policy/breaker.ts";
import { publishOwed } from "../../shared/queue/breaker-events.ts";
import type { Topic } from "../../shared/queue/topic.ts";
import type { UseCase } from "../../shared/runtime/http-stack.ts";
import { describeError, logger } from "../../shared/runtime/logger.ts";
import { answer, refuse } from "../../shared/runtime/result.ts";
import type { BreakerStates } from "../../shared/store/breaker-states.ts";

export interface ResetQuarantine {
  readonly breakers: BreakerStates;
  readonly events: Topic;
}

/** Times that somebody else may change the state in between. */
const ATTEMPTS = 5;

/**
 * Ends what the breaker holds of a subject. The event is owed with the same write; where it cannot be published at once,
 * whoever counts the tenant's flow next publishes it.
 */
export function resetQuarantine({ breakers, events }: ResetQuarantine): UseCase<(typeof routes)["reset-quarantine"]> {
  return async ({ caller: { tenant, actor }, body: { note, ...subject }, now }) => {
    for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
      const state = await breakers.read(tenant, true);
      const next = afterReset(state, subject, now, { by: actor, note });
      if (!next)
        return refuse("not_found", "Nothing of this name is held.", [
          {
            pointer: "/name",
            detail: "not held",
            fix: "use the subject and name of one that GET /v1/quarantines lists",
          },
        ]);
      if (next === state) return answer({ closed: [] });
      if (!(await breakers.change(tenant, next))) continue;
      const left = new Set(next.quarantines.map(({ id }) => id));
      const closed = standing(state, now).filter(({ id }) => !left.has(id));
      // An older one among them may just be on its way: receivers know events by their ids.
      await publishOwed({ breakers, events }, tenant, next, next.owed).catch((error) =>
        logger.warn("the reset is stored, its event is left to whoever counts the flow", describeError(error)),
      );
      return answer({ closed });
    }
    throw new Error("the breaker's state was contended too long");
  };
}
