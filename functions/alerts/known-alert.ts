import { gatheredBy } from "../../shared/alerts/gathered-by.ts";
import type { AlertView } from "../../shared/contracts/alert-routes.ts";
import type { Alert } from "../../shared/domain/alert.ts";
import type { Caller } from "../../shared/domain/tenant.ts";
import { notFound, type Result } from "../../shared/runtime/result.ts";
import type { AlertCounts } from "../../shared/store/alert-counts.ts";
import type { Alerts } from "../../shared/store/alerts.ts";
import type { Subscriptions } from "../../shared/store/subscriptions.ts";
import { alertViewOf, seesAlert } from "./alert-view.ts";

export interface KnownAlert {
  readonly alerts: Pick<Alerts, "get" | "replace">;
  readonly counts: Pick<AlertCounts, "parts">;
  readonly subscriptions: Pick<Subscriptions, "get">;
}

/** The alert, where the caller may see it. */
export async function knownAlert({ alerts }: KnownAlert, caller: Caller, id: string): Promise<Result<Alert>> {
  const found = await alerts.get({ tenant: caller.tenant, id });
  if (found && seesAlert(caller, found)) return { ok: true, value: found };
  return notFound("No alert of this id is known to you.", "use an id that GET /v1/alerts lists");
}

/** An alert with what it has gathered by now. */
export async function viewNow({ counts, subscriptions }: KnownAlert, alert: Alert): Promise<AlertView> {
  const subscription = await subscriptions.get(alert.tenant, alert.subscription);
  if (alert.state === "ended") return alertViewOf(alert, subscription);
  const { tally, samples } = gatheredBy(alert, await counts.parts(alert));
  return alertViewOf({ ...alert, tally, samples: [...samples] }, subscription);
}
