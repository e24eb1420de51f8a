import type { routes } from "../../shared/contracts/routes.ts";
import type { Alert } from "../../shared/domain/alert.ts";
import type { UseCase } from "../../shared/runtime/http-stack.ts";
import { answer, refuse } from "../../shared/runtime/result.ts";
import type { Alerts } from "../../shared/store/alerts.ts";
import type { Subscriptions } from "../../shared/store/subscriptions.ts";
import { alertViewOf, seesAlert } from "./alert-view.ts";

export interface ListAlerts {
  readonly alerts: Pick<Alerts, "ofDay" | "waiting">;
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

/** Where a page ended: alerts after that one, or all that began on a day and before. */
interface From {
  readonly day: string;
  readonly after?: string | undefined;
}

interface Page {
  readonly alerts: readonly Alert[];
  /** Where the next one begins; undefined where this is the last. */
  readonly next: From | undefined;
}

const cursorOf = ({ day, after }: From): string => (after === undefined ? day : `${day}.${after}`);

/** Day by day backwards. */
async function byDay(
  { alerts }: ListAlerts,
  tenant: string,
  { from, oldest }: { readonly from: From; readonly oldest: string },
): Promise<Page> {
  const { day, after } = from;
  if (day < oldest) return { alerts: [], next: undefined };
  const page = await alerts.ofDay(tenant, day, CHUNK, after);
  const last = page.at(-1);
  if (page.length === CHUNK && last) return { alerts: page, next: { day, after: last.id } };
  const before = dayOf(Date.parse(day) - DAY_MS);
  return { alerts: page, next: before < oldest ? undefined : { day: before } };
}

/** Duties that wait, however long. */
async function waiting({ alerts }: ListAlerts, tenant: string, { after }: From): Promise<Page> {
  const page = await alerts.waiting(tenant, CHUNK, after);
  return { alerts: page.alerts, next: page.next === undefined ? undefined : fromOf(page.next) };
}

/** An alert's day is in its id. */
const fromOf = (after: string): From => ({
  day: `${after.slice(4, 8)}-${after.slice(8, 10)}-${after.slice(10, 12)}`,
  after,
});

/**
 * The inbox, backwards from today or from where the page before ended: of the last days, but for what waits to be
 * acknowledged, which is in it whatever its age.
 */
export const listAlerts =
  (ports: ListAlerts): UseCase<(typeof routes)["list-alerts"]> =>
  async ({ caller, query, now }) => {
    const { subscriptions } = ports;
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
    let next: From | undefined = { day: from, after: last };
    while (next && found.length < limit && looked < MOST_LOOKED_AT) {
      const page: Page =
        query.duty === "waiting"
          ? await waiting(ports, caller.tenant, next)
          : await byDay(ports, caller.tenant, { from: next, oldest });
      next = page.next;
      for (const alert of page.alerts) {
        looked += 1;
        if (seesAlert(caller, alert) && fits(alert, query)) found.push(alert);
        if (found.length < limit) continue;
        if (alert !== page.alerts.at(-1)) next = fromOf(alert.id);
        break;
      }
    }
    return answer({
      alerts: found.map((alert) => alertViewOf(alert, known.get(alert.subscription))),
      ...(next ? { cursor: cursorOf(next) } : {}),
    });
  };
