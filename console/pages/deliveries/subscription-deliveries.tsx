import Button from "@cloudscape-design/components/button";
import { useMemo, useState } from "react";
import { Go } from "../../parts/go.tsx";
import { PausedNotice } from "../../parts/paused-notice.tsx";
import { Receiver } from "../../parts/receiver/receiver.tsx";
import { SafeInline } from "../../parts/safe-text.tsx";
import { Section } from "../../parts/section.tsx";
import { Empty } from "../../parts/states.tsx";
import { SubscriptionState } from "../../parts/subscription-state.tsx";
import { channelWords, type Subscription } from "../../parts/subscription-words.ts";
import { useMe } from "../../session/me.tsx";
import type { Window } from "./count-window.ts";
import { DeliveryFilters } from "./delivery-filters.tsx";
import { DeliveryLog } from "./delivery-log.tsx";
import { type DeliveryQuery, windowOf } from "./delivery-query.ts";
import { ReplayWindow } from "./replay-window.tsx";

/** The log is kept for 30 days. */
const KEPT_HOURS = 720;

interface SubscriptionDeliveriesProps {
  readonly subscription: Subscription;
  readonly query: DeliveryQuery;
  change(next: Partial<DeliveryQuery>): void;
}

/** One subscription's receiver and what was sent there. */
export function SubscriptionDeliveries({ subscription, query, change }: SubscriptionDeliveriesProps) {
  const me = useMe();
  const [replaying, replay] = useState<Window>();
  const { id, document, paused, mayChange } = subscription;
  const { state, span } = query;
  const said = JSON.stringify([id, state, span]);
  // Counted back from the moment at which it was asked for: from each rendering on it would be asked for anew.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the same words are the same span
  const window = useMemo(() => windowOf(span, Date.now()), [said]);
  const isNarrowed = state !== undefined || span !== undefined;
  if (document.channel.type === "inbox")
    return (
      <Empty
        title="Nothing is sent for this subscription"
        action={<Go to={`/alerts?subscription=${id}`}>Its alerts</Go>}
      >
        It goes to the inbox of alerts only.
      </Empty>
    );
  const mayReplay = mayChange && me.may("replay-delivery", "replay-deliveries");
  const begin = (): void => {
    const now = Date.now();
    const { since = new Date(now - KEPT_HOURS * 3_600_000).toISOString(), until = new Date(now).toISOString() } =
      windowOf(span, now);
    replay({ since, until });
  };
  return (
    <>
      {paused && (
        <PausedNotice paused={paused}>
          Nothing can be replayed until it is enabled on <Go to={`/subscriptions/${id}`}>its page</Go>.
        </PausedNotice>
      )}
      <Receiver
        subscription={subscription}
        mayChange={mayChange && me.may("test-subscription", "rotate-secret")}
        facts={[
          ["Subscription", <SubscriptionState key="state" subscription={subscription} />],
          ["Where", <SafeInline key="where" text={channelWords(document)} />],
        ]}
      />
      <Section title="What was sent">
        <div className="deliveries-head">
          <DeliveryFilters query={query} change={change} />
          {mayReplay && !paused && (
            <Button disabled={state === "waiting"} onClick={begin}>
              Replay what is shown
            </Button>
          )}
        </div>
        <DeliveryLog
          key={said}
          id={id}
          state={state}
          since={window.since}
          until={window.until}
          mayReplay={mayReplay && !paused}
          clear={isNarrowed ? () => change({ state: undefined, span: undefined }) : undefined}
        />
      </Section>
      {replaying && <ReplayWindow id={id} state={state} window={replaying} onClose={() => replay(undefined)} />}
    </>
  );
}
