import Button from "@cloudscape-design/components/button";
import { useAnswer } from "../../api/use-answer.ts";
import { useKeys } from "../../keys/keys-context.tsx";
import { CardList } from "../../parts/card-list.tsx";
import { Go } from "../../parts/go.tsx";
import { PageHeader } from "../../parts/page-header.tsx";
import { Pager } from "../../parts/pager.tsx";
import { Asked, Empty, Failed } from "../../parts/states.tsx";
import { usePages } from "../../parts/use-pages.ts";
import { AlertCard } from "./alert-card.tsx";
import { AlertFilters } from "./alert-filters.tsx";
import { type AlertQuery, narrowing, saidOf, useAlertQuery } from "./alert-query.ts";
import type { Alert } from "./alert-words.ts";
import { useAcknowledge } from "./use-acknowledge.ts";
import "./alerts.css";

const EVERY_MS = 30_000;

/** The inbox: what subscriptions told of, first what somebody must see to. */
export default function AlertsPage() {
  const [query, change] = useAlertQuery();
  return (
    <>
      <PageHeader
        title="Alerts"
        description="What subscriptions told of. First what nobody has acknowledged yet, the nearest deadline on top; then the others, the newest first."
      />
      <AlertFilters query={query} change={change} />
      <Inbox
        key={JSON.stringify(query)}
        query={query}
        clear={() =>
          change({
            subscription: undefined,
            place: undefined,
            label: undefined,
            brand: undefined,
            duty: undefined,
            state: undefined,
          })
        }
      />
    </>
  );
}

const byDeadline = (one: Alert, other: Alert): number =>
  (one.acknowledgeBy ?? "9").localeCompare(other.acknowledgeBy ?? "9") || one.id.localeCompare(other.id);

interface InboxProps {
  readonly query: AlertQuery;
  clear(): void;
}

function Inbox({ query, clear }: InboxProps) {
  const pages = usePages();
  const narrowed = narrowing(query);
  const { days } = query;
  const all = useAnswer(
    "list-alerts",
    { query: { ...narrowed, days, ...(pages.cursor !== undefined && { cursor: pages.cursor }) } },
    { every: EVERY_MS },
  );
  // Duties stand on top whenever they began: they are asked for by themselves, once, on the first page.
  const asksDuties = query.duty === undefined && pages.number === 1;
  const duties = useAnswer(
    "list-alerts",
    asksDuties ? { query: { ...narrowed, days, duty: "waiting", limit: "100" } } : undefined,
    { every: EVERY_MS },
  );
  const waiting = duties.value?.alerts.toSorted(byDeadline) ?? [];
  const isOnTop = new Set(waiting.map(({ id }) => id));
  return (
    <>
      {duties.refused && all.value && <Failed refused={duties.refused} onRetry={duties.refresh} />}
      <Asked shown={all}>
        {({ alerts, cursor }) => {
          const rest = query.duty === "waiting" ? alerts.toSorted(byDeadline) : alerts;
          const shown = [...waiting, ...rest.filter(({ id }) => !isOnTop.has(id))];
          return (
            <>
              <p role="status" className="unseen">
                {shown.length === 1 ? "1 alert" : `${shown.length} alerts`}, {waiting.length} to acknowledge, page{" "}
                {pages.number}
              </p>
              {shown.length > 0 ? (
                <Cards alerts={shown} />
              ) : (
                <None hasOlder={cursor !== undefined} isNarrowed={Object.keys(narrowed).length > 0} clear={clear} />
              )}
              {duties.value?.cursor !== undefined && (
                <p className="quiet">
                  There may be more that nobody has acknowledged:{" "}
                  <Go to={`/alerts?${saidOf({ ...query, duty: "waiting" })}`}>look through these alone</Go>.
                </p>
              )}
              <Pager of="alerts" pages={pages} next={cursor} />
            </>
          );
        }}
      </Asked>
    </>
  );
}

interface NoneProps {
  readonly hasOlder: boolean;
  readonly isNarrowed: boolean;
  clear(): void;
}

const None = ({ hasOlder, isNarrowed, clear }: NoneProps) => (
  <Empty
    title={hasOlder ? "Nothing that fits, so far" : "No alerts"}
    action={isNarrowed ? <Button onClick={clear}>Clear the filters</Button> : undefined}
  >
    {hasOlder
      ? "The inbox was looked through as far as one request goes: look at what is older."
      : isNarrowed
        ? "No alert fits the filters."
        : "Nothing that a subscription asks for has happened in these days."}
  </Empty>
);

function Cards({ alerts }: { readonly alerts: readonly Alert[] }) {
  const { may, busy, acknowledge } = useAcknowledge();
  const acknowledgeFocused = () => {
    const id = document.activeElement?.closest(".card")?.querySelector<HTMLElement>("[data-alert]")?.dataset.alert;
    const alert = alerts.find((one) => one.id === id);
    if (!alert || !may(alert)) return false;
    void acknowledge(alert);
    return true;
  };
  useKeys("alerts", [
    { keys: "a", title: "Acknowledge the alert that has the focus", run: acknowledgeFocused, when: alerts.some(may) },
  ]);
  return (
    <CardList scope="alerts" label="Alerts" all={alerts} keyOf={({ id }) => id}>
      {(alert) => (
        <AlertCard alert={alert} busy={busy} acknowledge={may(alert) ? () => void acknowledge(alert) : undefined} />
      )}
    </CardList>
  );
}
