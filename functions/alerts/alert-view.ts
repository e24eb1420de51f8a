import { alertFactsOf } from "../../shared/alerts/told-facts.ts";
import type { AlertView } from "../../shared/contracts/alert-routes.ts";
import type { Alert } from "../../shared/domain/alert.ts";
import { caseIdOfLasting } from "../../shared/domain/case.ts";
import type { Subscription } from "../../shared/domain/subscription.ts";
import type { Caller } from "../../shared/domain/tenant.ts";

/** May the caller see it? A brand's member sees what is limited to its brands, and nothing of what is private. */
export const seesAlert = ({ role, brands = [] }: Caller, { brands: limits, first }: Pick<Alert, "brands" | "first">) =>
  role !== "brand" ||
  (!!limits?.length && limits.every((brand) => brands.includes(brand)) && first.item?.visibility !== "private");

/** An alert as the inbox shows it. @param subscription undefined where it was deleted since */
export function alertViewOf(alert: Alert, subscription: Subscription | undefined): AlertView {
  const { tenant, brands, notice, told, acknowledged, duty, record } = alert;
  const named = subscription ?? { id: alert.subscription, document: { name: "a deleted subscription" } };
  const { tenant: _, samples, escalatedFrom: __, ...facts } = alertFactsOf(alert, named);
  return {
    ...facts,
    ...(brands ? { brands } : {}),
    notice,
    told,
    ...(acknowledged ? { acknowledged } : {}),
    escalations: duty?.escalated ?? 0,
    items: samples.map((ref) => ({ ref, case: caseIdOfLasting(tenant, ref) })),
    record,
  };
}
