import Button from "@cloudscape-design/components/button";
import { useState } from "react";
import { Age, Countdown } from "../../parts/age.tsx";
import { Go } from "../../parts/go.tsx";
import { deliveriesPath } from "../../parts/paths.ts";
import { EndpointState } from "../../parts/receiver/endpoint-state.tsx";
import { RowTable } from "../../parts/row-table.tsx";
import { SafeInline } from "../../parts/safe-text.tsx";
import { Section } from "../../parts/section.tsx";
import { Empty, Loading } from "../../parts/states.tsx";
import { SubscriptionState } from "../../parts/subscription-state.tsx";
import { channelWords, pausedWords, type Subscription } from "../../parts/subscription-words.ts";
import { byTrouble, type Known, lookOrder, urgency } from "./trouble.ts";
import { useEndpoints } from "./use-endpoints.ts";

/** Receivers that are asked about before somebody wants more. */
const PAGE = 60;

interface ReceiversProps {
  readonly subscriptions: readonly Subscription[];
  /** Another number asks anew. */
  readonly round: number;
}

/** How the receivers of all subscriptions are doing, those in trouble first. */
export function Receivers({ subscriptions, round }: ReceiversProps) {
  const [most, setMost] = useState(PAGE);
  const all = lookOrder(subscriptions);
  const { known, isOver } = useEndpoints(all.slice(0, most), round);
  if (all.length === 0)
    return (
      <Empty title="No subscription sends anything" action={<Go to="/subscriptions">Go to the subscriptions</Go>}>
        What goes to the inbox only is not sent. A subscription by webhook, chat room or e-mail is listed here.
      </Empty>
    );
  const isFirst = !isOver && known.every(({ endpoint }) => endpoint === undefined);
  if (isFirst) return <Loading what="Asking how the receivers are doing" lines={6} />;
  const troubled = known.filter((one) => urgency(one) < 3).length;
  return (
    <Section title="Receivers">
      <p role="status">
        {troubled === 0 ? "None of them is in trouble." : `${troubled} of ${known.length} in trouble.`}
        {all.length > most && ` ${all.length - most} more were not asked about yet.`}
      </p>
      <RowTable<Known>
        caption="Receivers"
        columns={[
          {
            head: "Subscription",
            cell: ({ subscription: { id, document } }) => (
              <Go to={deliveriesPath(id)}>
                <SafeInline text={document.name} />
              </Go>
            ),
          },
          { head: "Receiver", cell: (one) => <State known={one} /> },
          { head: "What is wrong", cell: (one) => <Wrong known={one} /> },
          { head: "Where", cell: ({ subscription: { document } }) => <SafeInline text={channelWords(document)} /> },
        ]}
        rows={byTrouble(known)}
        keyOf={({ subscription: { id } }) => id}
      />
      {all.length > most && (
        <div>
          <Button onClick={() => setMost(most + PAGE)}>Ask about {Math.min(PAGE, all.length - most)} more</Button>
        </div>
      )}
    </Section>
  );
}

function State({ known: { subscription, endpoint } }: { readonly known: Known }) {
  if (subscription.paused) return <SubscriptionState subscription={subscription} />;
  return endpoint ? <EndpointState state={endpoint.state} /> : <span className="quiet">not known</span>;
}

function Wrong({ known: { subscription, endpoint } }: { readonly known: Known }) {
  const { paused } = subscription;
  if (paused)
    return (
      <>
        <SafeInline text={pausedWords(paused)} />{" "}
        <span className="quiet">
          <Age since={paused.at} ago />
        </span>
      </>
    );
  if (!endpoint || endpoint.failures === 0) return null;
  const { failures, failingSince, openUntil, state } = endpoint;
  return (
    <>
      {failures === 1 ? "1 failure" : `${failures.toLocaleString()} failures in a row`}
      {failingSince && (
        <>
          , since <Age since={failingSince} ago />
        </>
      )}
      {state === "open" && openUntil && (
        <>
          ; tried again in <Countdown until={openUntil} over="a moment" />
        </>
      )}
    </>
  );
}
