import type { routes } from "../../shared/contracts/routes.ts";
import type { Alert } from "../../shared/domain/alert.ts";
import type { UseCase } from "../../shared/runtime/http-stack.ts";
import { answer, refuse } from "../../shared/runtime/result.ts";
import type { Alerts } from "../../shared/store/alerts.ts";
import type { Subscriptions } from "../../shared/store/subscriptions.ts";
import { alertViewOf, seesAlert } from "./alert-view.ts";

export interface ListAlerts {
  readonly alerts: Pick<Alerts, "ofDay">;
  readonly subscriptions: Pick<Subscriptions, "list">;
}

type Query = Parameters<UseCase<(typeof routes)["list-alerts"]>>[0]["query"];

const DAY_MS = 86_400_000;
/** Alerts that one page looks at, so that filters that fit little take no longer. */
const MOST_LOOKED_AT = 1_000;
/** Read with one request. */
const CHUNK = 200;

const dayOf = (time: number): string => new Date(time).toISOString().slice(0, 10);

function fits(alert: Alert, { subscription, place, label, brand, state, duty }: Query): boolean {
  // Who was passed a duty finds it among its own.
  const isOf = (id: string): boolean => alert.subscription === id || alert.duty?.passedTo?.includes(id) === true;
  if (subscription !== undefined && !isOf(subscription)) return false;
  if (place !== undefined && alert.place !== place) return false;
  if (label !== undefined && !Object.hasOwn(alert.tally.labels, label)) return false;
  if (brand !== undefined && !alert.first.item?.brands.includes(brand)) return false;
  if (state !== undefined && alert.state !== state) return false;
  if (duty === undefined) return true;
  return alert.duty !== undefined && (duty === "acknowledged") === (alert.acknowledged !== undefined);
}

/** The inbox, day by day backwards from today or from where the page before ended. */
export const listAlerts =
  ({ alerts, subscriptions }: ListAlerts): UseCase<(typeof routes)["list-alerts"]> =>
  async ({ caller, query, now }) => {
    const limit = Number(query.limit);
    const oldest = dayOf(now.getTime() - (Number(query.days) - 1) * DAY_MS);
    const today = dayOf(now.getTime());
    const [from = today, last] = query.cursor?.split(".") ?? [];
    // It has the form of a day; one that is in no calendar, or to come, no page has ended at.
    if (Number.isNaN(Date.parse(from)) || from > today)
      return refuse("invalid_request", "The cursor is not one of ours.", [
        { pointer: "query:/cursor", detail: "not a cursor", fix: "send the cursor of the page before, unchanged" },
      ]);
    const known = new Map((await subscriptions.list(caller.tenant)).map((one) => [one.id, one]));
    const found: Alert[] = [];
    let looked = 0;
    let day = from;
    let after = last;
    while (day >= oldest) {
      const page = await alerts.ofDay(caller.tenant, day, CHUNK, after);
      for (const alert of page) {
        looked += 1;
        after = alert.id;
        if (seesAlert(caller, alert) && fits(alert, query)) found.push(alert);
        if (found.length === limit) break;
      }
      if (found.length === limit || looked >= MOST_LOOKED_AT) break;
      if (page.length < CHUNK) {
        day = dayOf(Date.parse(day) - DAY_MS);
        after = undefined;
      }
    }
    return answer({
      alerts: found.map((alert) => alertViewOf(alert, known.get(alert.subscription))),
      ...(day >= oldest ? { cursor: after === undefined ? day : `${day}.${after}` } : {}),
    });
  };
