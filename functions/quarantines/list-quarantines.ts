import type { routes } from "../../shared/contracts/routes.ts";
import { standing } from "../../shared/domain/breaker.ts";
import type { UseCase } from "../../shared/runtime/http-stack.ts";
import { answer } from "../../shared/runtime/result.ts";
import type { BreakerStates } from "../../shared/store/breaker-states.ts";

/** What the breaker holds now, and what it did lately. */
export function listQuarantines({
  breakers,
}: {
  readonly breakers: Pick<BreakerStates, "read">;
}): UseCase<(typeof routes)["list-quarantines"]> {
  return async ({ caller: { tenant }, now }) => {
    const state = await breakers.read(tenant, true);
    return answer({ quarantines: standing(state, now), history: state.history });
  };
}
