import Button from "@cloudscape-design/components/button";
import { useState } from "react";
import { useApi } from "../../api/api-context.tsx";
import { useAnswer } from "../../api/use-answer.ts";
import { OneField } from "../../parts/fields.tsx";
import { Go } from "../../parts/go.tsx";
import { PageHeader } from "../../parts/page-header.tsx";
import { Asked, Empty } from "../../parts/states.tsx";
import type { Subscription } from "../../parts/subscription-words.ts";
import { useDeliveryQuery } from "./delivery-query.ts";
import { Receivers } from "./receivers.tsx";
import { SubscriptionDeliveries } from "./subscription-deliveries.tsx";
import { sends } from "./trouble.ts";
import "./deliveries.css";

/** How receivers are doing, and what was sent to one of them. */
export default function DeliveriesPage() {
  const { cache } = useApi();
  const [query, change] = useDeliveryQuery();
  const [round, setRound] = useState(0);
  const shown = useAnswer("list-subscriptions", {});
  const chosen = shown.value?.subscriptions.find(({ id }) => id === query.subscription);
  const name = chosen?.document.name;
  const refresh = (): void => {
    shown.refresh();
    setRound(round + 1);
    cache.drop("list-deliveries");
    cache.drop("get-endpoint");
  };
  return (
    <>
      <PageHeader
        title={name === undefined ? "Deliveries" : `Deliveries: ${name}`}
        tab={name === undefined ? "Deliveries" : `${name} · deliveries`}
        description={
          query.subscription === undefined ? (
            "What was sent to webhooks, chat rooms and addresses, and how their receivers do. First those in trouble."
          ) : (
            <>
              <Go to="/deliveries">All receivers</Go>
              {chosen && (
                <>
                  {" · "}
                  <Go to={`/subscriptions/${chosen.id}`}>The subscription</Go>
                </>
              )}
            </>
          )
        }
        actions={
          <Button iconName="refresh" loading={shown.busy} onClick={refresh}>
            Refresh
          </Button>
        }
      />
      <Asked shown={shown}>
        {({ subscriptions }) => (
          <>
            <Chooser
              subscriptions={subscriptions}
              value={chosen?.id ?? ""}
              choose={(id) => change({ subscription: id === "" ? undefined : id, state: undefined, span: undefined })}
            />
            {query.subscription === undefined ? (
              <Receivers subscriptions={subscriptions} round={round} />
            ) : chosen ? (
              <SubscriptionDeliveries key={chosen.id} subscription={chosen} query={query} change={change} />
            ) : (
              <Empty title="No subscription of this id is known" action={<Go to="/deliveries">Go to all receivers</Go>}>
                It may have been deleted, or be somebody else’s.
              </Empty>
            )}
          </>
        )}
      </Asked>
    </>
  );
}

interface ChooserProps {
  readonly subscriptions: readonly Subscription[];
  readonly value: string;
  choose(id: string): void;
}

function Chooser({ subscriptions, value, choose }: ChooserProps) {
  const all = subscriptions
    .filter(sends)
    .map(({ id, document }) => [id, document.name] as const)
    .toSorted(([, one], [, other]) => one.localeCompare(other));
  if (all.length === 0) return null;
  return (
    <div className="deliveries-chooser">
      <OneField
        label="Subscription"
        error={undefined}
        all={[["", "All receivers"], ...all]}
        value={value}
        onChange={choose}
      />
    </div>
  );
}
