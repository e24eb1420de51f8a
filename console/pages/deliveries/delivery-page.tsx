import Button from "@cloudscape-design/components/button";
import { useAnswer } from "../../api/use-answer.ts";
import type { PageProps } from "../../app/page.ts";
import { Age, Moment } from "../../parts/age.tsx";
import { Go } from "../../parts/go.tsx";
import { useNow } from "../../parts/now.ts";
import { PageHeader } from "../../parts/page-header.tsx";
import { deliveriesPath } from "../../parts/paths.ts";
import { RowTable } from "../../parts/row-table.tsx";
import { SafeInline } from "../../parts/safe-text.tsx";
import { FactList, Section } from "../../parts/section.tsx";
import { Asked, Empty } from "../../parts/states.tsx";
import { useMe } from "../../session/me.tsx";
import { NextAttempt, StateBadge } from "./delivery-parts.tsx";
import { againWords, CHANNELS, type Delivery, typeWords } from "./delivery-words.ts";
import { useReplay } from "./use-replay.ts";
import "./deliveries.css";

const EVERY_MS = 5_000;

/** One delivery: every attempt, and the reason of each failure. */
export default function DeliveryPage({ params: { id = "" } }: PageProps) {
  const me = useMe();
  const shown = useAnswer("get-delivery", { params: { id } }, { every: EVERY_MS });
  const delivery = shown.value;
  const of = useAnswer("get-subscription", delivery && { params: { id: delivery.subscription } }, { fresh: 60_000 });
  const { replay, busy } = useReplay();
  const now = useNow();
  const again = delivery && againWords(delivery, now);
  const subscription = of.value;
  const mayReplay = subscription?.mayChange && !subscription.paused && me.may("replay-delivery");
  return (
    <>
      <PageHeader
        title={delivery ? typeWords(delivery.type) : "Delivery"}
        tab={`${delivery ? typeWords(delivery.type) : "Delivery"} · deliveries`}
        description={
          <Go to={delivery ? deliveriesPath(delivery.subscription) : "/deliveries"}>
            {subscription ? (
              <>
                Deliveries of <SafeInline text={subscription.document.name} />
              </>
            ) : (
              "Deliveries"
            )}
          </Go>
        }
        actions={
          <span className="button-row">
            {delivery && again !== undefined && mayReplay && (
              <Button variant="primary" loading={busy} onClick={() => void replay(delivery)}>
                {again}
              </Button>
            )}
            <Button iconName="refresh" loading={shown.busy} onClick={shown.refresh}>
              Refresh
            </Button>
          </span>
        }
      />
      {shown.refused?.code === "not_found" ? (
        <Empty title="No delivery of this id is known" action={<Go to="/deliveries">Go to the deliveries</Go>}>
          It may be over a month old, of a subscription that was deleted, or somebody else’s.
        </Empty>
      ) : (
        <Asked shown={shown}>
          {(value) => (
            <>
              <About delivery={value} />
              <Attempts delivery={value} />
            </>
          )}
        </Asked>
      )}
    </>
  );
}

function About({ delivery }: { readonly delivery: Delivery }) {
  const { id, state, means, channel, about, createdAt } = delivery;
  return (
    <Section title="How it stands">
      <FactList
        facts={[
          [
            "State",
            <span key="state">
              <StateBadge delivery={delivery} /> <NextAttempt delivery={delivery} />
            </span>,
          ],
          ["Made", <Age key="made" since={createdAt} ago />],
          ["By", channel && CHANNELS[channel]],
          [
            "About",
            about.startsWith("alr_") ? (
              <Go key="about" to={`/alerts/${about}`}>
                the alert
              </Go>
            ) : about === id ? undefined : (
              <code key="about">{about}</code>
            ),
          ],
          // The receiver sees it as `webhook-id`, and drops what it knows by it.
          ["Id", <code key="id">{id}</code>],
        ]}
      />
      {means !== undefined && state !== "delivered" && <p>{means}</p>}
    </Section>
  );
}

type Attempt = Delivery["attempts"][number];

function Attempts({ delivery: { attempts, state } }: { readonly delivery: Delivery }) {
  return (
    <Section title="Attempts">
      {attempts.length === 0 ? (
        <p>{state === "waiting" ? "None yet." : "None was made."}</p>
      ) : (
        <RowTable<Attempt>
          caption="Attempts, the latest first"
          columns={[
            { head: "At", cell: ({ at }) => <Moment at={at} /> },
            { head: "Took", cell: ({ ms }) => `${ms.toLocaleString()} ms`, isFigure: true },
            { head: "Answer", cell: ({ status }) => status ?? <span className="quiet">none</span>, isFigure: true },
            { head: "What that means", cell: ({ means }) => means },
          ]}
          rows={attempts.toReversed()}
          keyOf={({ at }, index) => `${at} ${index}`}
        />
      )}
    </Section>
  );
}
