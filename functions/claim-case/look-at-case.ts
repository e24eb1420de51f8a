import type { routes } from "../../shared/contracts/routes.ts";
import { noSuchCase } from "../../shared/runtime/case-answers.ts";
import type { UseCase } from "../../shared/runtime/http-stack.ts";
import { answer } from "../../shared/runtime/result.ts";
import type { Cases } from "../../shared/store/cases.ts";
import type { Presence } from "../../shared/store/presence.ts";

export interface LookAtCase {
  readonly cases: Pick<Cases, "get">;
  readonly presence: Presence;
}

/** Notes that the caller looks at a case, and says who else does. */
export const lookAtCase =
  ({ cases, presence }: LookAtCase): UseCase<(typeof routes)["look-at-case"]> =>
  async ({ caller, params: { id }, now }) => {
    const { tenant } = caller;
    const me = caller.actor;
    if (!(await cases.get(tenant, id))) return noSuchCase();
    await presence.look(tenant, id, me, now);
    const present = await presence.of(tenant, id, now);
    return answer({ others: present.filter(({ by }) => by !== me) });
  };
