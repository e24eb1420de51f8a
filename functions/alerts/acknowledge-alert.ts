import { acknowledge } from "../../shared/alerts/alert-life.ts";
import type { routes } from "../../shared/contracts/routes.ts";
import type { UseCase } from "../../shared/runtime/http-stack.ts";
import { answer } from "../../shared/runtime/result.ts";
import type { Audit } from "../../shared/store/audit.ts";
import { type KnownAlert, knownAlert, viewNow } from "./known-alert.ts";

export interface AcknowledgeAlert extends KnownAlert {
  readonly audit: Pick<Audit, "append">;
}

const MOST_TRIES = 5;

/** Notes who has seen an alert. Whoever is second is answered with the first. */
export const acknowledgeAlert =
  (ports: AcknowledgeAlert): UseCase<(typeof routes)["acknowledge-alert"]> =>
  async ({ caller, params: { id }, now }) => {
    for (let attempt = 0; attempt < MOST_TRIES; attempt += 1) {
      const known = await knownAlert(ports, caller, id);
      if (!known.ok) return known;
      const alert = known.value;
      if (alert.acknowledged) return answer(await viewNow(ports, alert));
      const next = acknowledge(alert, caller.actor, now);
      // Whoever grows it, or passes it on, in this moment was first: look again. When it is looked at next stays as it was
      // noted, for somebody may be joining it.
      if (!(await ports.alerts.replace(next))) continue;
      const { tenant, actor, role } = caller;
      const facts = { alert: id, subscription: alert.subscription };
      await ports.audit.append(tenant, [{ actor, role, action: "alert.acknowledged", facts }], now);
      return answer(await viewNow(ports, next));
    }
    throw new Error("the alert was always changed by somebody else");
  };
