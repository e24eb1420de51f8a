import { useSearchParams } from "wouter";
import type { InputOf } from "../../api/route-types.ts";
import { places } from "../../facts/alerts.ts";
import { labelTitles } from "../../facts/desk.ts";
import { idPattern, longestId } from "../../facts/explore.ts";

type Asked = NonNullable<InputOf<"list-alerts">["query"]>;

/** Which alerts are looked at; what is undefined does not narrow. */
export interface AlertQuery {
  readonly subscription: string | undefined;
  readonly place: Asked["place"] | undefined;
  readonly label: Asked["label"] | undefined;
  readonly brand: string | undefined;
  readonly duty: Asked["duty"] | undefined;
  readonly state: Asked["state"] | undefined;
  /** So many days back, today included. */
  readonly days: "1" | "7" | "31";
}

const NAMES = ["subscription", "place", "label", "brand", "duty", "state"] as const;
const SUBSCRIPTION = /^sub_[a-z0-9]{12}$/;
const ID = new RegExp(idPattern);

export const isBrand = (id: string): boolean => id.length <= longestId && ID.test(id);
export const isLabel = (name: string | undefined): name is NonNullable<Asked["label"]> =>
  name !== undefined && Object.hasOwn(labelTitles, name);

const oneOf = <One extends string>(all: readonly One[], said: string | null): One | undefined =>
  all.find((one) => one === said);

/** @returns the fields of a query that narrow. */
export const narrowing = (query: AlertQuery) =>
  Object.fromEntries(NAMES.flatMap((name) => (query[name] === undefined ? [] : [[name, query[name]]]))) as Partial<
    Pick<Asked, (typeof NAMES)[number]>
  >;

/** What an address says of a query: nothing of what goes without saying. */
export const saidOf = ({ days, ...rest }: AlertQuery): URLSearchParams =>
  new URLSearchParams(
    Object.entries({ ...rest, ...(days !== "7" && { days }) }).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, value]],
    ),
  );

/** The query as the address says it, so that a view of the inbox can be handed on; what it says wrongly is left out. */
export function useAlertQuery(): readonly [AlertQuery, (change: Partial<AlertQuery>) => void] {
  const [params, setParams] = useSearchParams();
  const label = params.get("label") ?? undefined;
  const brand = params.get("brand") ?? "";
  const subscription = params.get("subscription") ?? "";
  const query: AlertQuery = {
    subscription: SUBSCRIPTION.test(subscription) ? subscription : undefined,
    place: oneOf(places, params.get("place")),
    label: isLabel(label) ? label : undefined,
    brand: isBrand(brand) ? brand : undefined,
    duty: oneOf(["waiting", "acknowledged"] as const, params.get("duty")),
    state: oneOf(["open", "ended"] as const, params.get("state")),
    days: oneOf(["1", "7", "31"] as const, params.get("days")) ?? "7",
  };
  const change = (next: Partial<AlertQuery>): void => setParams(saidOf({ ...query, ...next }));
  return [query, change];
}
