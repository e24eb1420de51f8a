import { acknowledge } from "../../shared/alerts/alert-life.ts";
import type { routes } from "../../shared/contracts/routes.ts";
import type { Alert } from "../../shared/domain/alert.ts";
import { mayRead } from "../../shared/domain/subscription.ts";
import type { Caller } from "../../shared/domain/tenant.ts";
import type { UseCase } from "../../shared/runtime/http-stack.ts";
import { answer, type Result, refuse } from "../../shared/runtime/result.ts";
import type { Alerts } from "../../shared/store/alerts.ts";
import type { Audit } from "../../shared/store/audit.ts";
import { type KnownAlert, knownAlert, viewNow } from "./known-alert.ts";

export interface AcknowledgeAlert extends KnownAlert {
  readonly alerts: Pick<Alerts, "get" | "replace" | "noLongerWaits">;
  readonly audit: Pick<Audit, "append">;
}

const MOST_TRIES = 5;

/** A brand answers what is its own: what the desk was told, or had passed on, waits for the desk. */
async function mayAnswer({ subscriptions }: Pick<KnownAlert, "subscriptions">, caller: Caller, alert: Alert) {
  if (caller.role !== "brand") return true;
  for (const id of [alert.subscription, ...(alert.duty?.passedTo ?? [])]) {
    const told = await subscriptions.get(alert.tenant, id);
    if (told && mayRead(caller, told)) return true;
  }
  return false;
}

const notTheirs = (): Result<never> =>
  refuse("forbidden", "The alert is of a subscription of the desk, which has to answer it.", [
    { pointer: "path:/id", detail: "told to others", fix: "acknowledge alerts of your own subscriptions" },
  ]);

/** Notes who has seen an alert. Whoever is second is answered with the first. */
export const acknowledgeAlert =
  (ports: AcknowledgeAlert): UseCase<(typeof routes)["acknowledge-alert"]> =>
  async ({ caller, params: { id }, now }) => {
    for (let attempt = 0; attempt < MOST_TRIES; attempt += 1) {
      const known = await knownAlert(ports, caller, id);
      if (!known.ok) return known;
      const alert = known.value;
      if (!(await mayAnswer(ports, caller, alert))) return notTheirs();
      // Whoever was first may have died in between.
      if (alert.acknowledged && alert.duty) await ports.alerts.noLongerWaits(alert);
      if (alert.acknowledged) return answer(await viewNow(ports, alert));
      const next = acknowledge(alert, caller.actor, now);
      // Whoever grows it, or passes it on, in this moment was first: look again. When it is looked at next stays as it was
      // noted, for somebody may be joining it.
      if (!(await ports.alerts.replace(next))) continue;
      const { tenant, actor, role } = caller;
      if (next.duty) await ports.alerts.noLongerWaits(next);
      const facts = { alert: id, subscription: alert.subscription };
      await ports.audit.append(tenant, [{ actor, role, action: "alert.acknowledged", facts }], now);
      return answer(await viewNow(ports, next));
    }
    throw new Error("the alert was always changed by somebody else");
  };
