import { useSearchParams } from "wouter";
import type { InputOf } from "../../api/route-types.ts";
import { deliveryStates } from "../../facts/alerts.ts";

type Asked = NonNullable<InputOf<"list-deliveries">["query"]>;
export type State = NonNullable<Asked["state"]>;

/** A time for the log: so many hours back from now, or from one moment to another; undefined for all that is kept. */
export type Span =
  | { readonly hours: (typeof HOURS)[number] }
  | { readonly since: string; readonly until: string }
  | undefined;

/** Which deliveries are looked at; without a subscription, how the receivers of all are doing. */
export interface DeliveryQuery {
  readonly subscription: string | undefined;
  readonly state: State | undefined;
  readonly span: Span;
}

export const HOURS = ["1", "6", "24", "168"] as const;
const HOUR_MS = 3_600_000;
const SUBSCRIPTION = /^sub_[a-z0-9]{12}$/;
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

const isInstant = (said: string | null): said is string =>
  said !== null && INSTANT.test(said) && !Number.isNaN(Date.parse(said));

function spanSaid(params: URLSearchParams): Span {
  const [since, until] = [params.get("since"), params.get("until")];
  if (isInstant(since) && isInstant(until) && since < until) return { since, until };
  const hours = HOURS.find((one) => one === params.get("hours"));
  return hours && { hours };
}

/** What an address says wrongly is left out. */
export function querySaid(params: URLSearchParams): DeliveryQuery {
  const subscription = params.get("subscription") ?? "";
  return {
    subscription: SUBSCRIPTION.test(subscription) ? subscription : undefined,
    state: deliveryStates.find((one) => one === params.get("state")),
    span: spanSaid(params),
  };
}

/** What an address says of a query: nothing of what goes without saying. */
export const saidOf = ({ span, ...rest }: DeliveryQuery): URLSearchParams =>
  new URLSearchParams(
    Object.entries({ ...rest, ...span }).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );

/** @returns when a span begins, and when it ends if it has. @param now in milliseconds since 1970 */
export function windowOf(span: Span, now: number): Pick<Asked, "since" | "until"> {
  if (!span) return {};
  return "hours" in span ? { since: new Date(now - Number(span.hours) * HOUR_MS).toISOString() } : span;
}

/** The query as the address says it, so that a view of the log can be handed on. */
export function useDeliveryQuery(): readonly [DeliveryQuery, (change: Partial<DeliveryQuery>) => void] {
  const [params, setParams] = useSearchParams();
  const query = querySaid(params);
  return [query, (next) => setParams(saidOf({ ...query, ...next }))];
}
