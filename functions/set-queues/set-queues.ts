import { isDeepStrictEqual } from "node:util";
import type { routes } from "../../shared/contracts/routes.ts";
import { routing } from "../../shared/domain/routing.ts";
import { faultsOf } from "../../shared/runtime/faults.ts";
import type { UseCase } from "../../shared/runtime/http-stack.ts";
import { answer, refuse } from "../../shared/runtime/result.ts";
import type { Audit } from "../../shared/store/audit.ts";
import type { Routings } from "../../shared/store/routings.ts";

export interface SetQueues {
  readonly routings: Pick<Routings, "get" | "set">;
  readonly audit: Pick<Audit, "append">;
}

/** Replaces a tenant's queues, if they are still the ones that the caller saw. */
export const setQueues =
  ({ routings, audit }: SetQueues): UseCase<(typeof routes)["set-queues"]> =>
  async ({ caller, body: { version, queues }, now }) => {
    const { tenant, role } = caller;
    const next = routing.safeParse({ version: version + 1, queues });
    if (!next.success)
      return refuse("invalid_request", "See errors for each place and its fix.", faultsOf(next.error, ""));
    if (!(await routings.set(tenant, next.data))) {
      // Sent twice because its answer was late.
      if (isDeepStrictEqual(await routings.get(tenant), next.data)) return answer({ version: next.data.version });
      return refuse("queues_changed", "Somebody changed the queues meanwhile.", [
        { pointer: "/version", detail: "not the newest", fix: "read the queues again and make your change to those" },
      ]);
    }
    const facts = { version: String(next.data.version) };
    await audit.append(tenant, [{ actor: caller.actor, role, action: "queues.set", facts }], now);
    return answer({ version: next.data.version });
  };
