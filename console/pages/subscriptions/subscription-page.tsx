import Button from "@cloudscape-design/components/button";
import { useState } from "react";
import { useAnswer } from "../../api/use-answer.ts";
import { useFlashes } from "../../app/flashes.tsx";
import type { PageProps } from "../../app/page.ts";
import { Age } from "../../parts/age.tsx";
import { Go } from "../../parts/go.tsx";
import { PageHeader } from "../../parts/page-header.tsx";
import { deliveriesPath } from "../../parts/paths.ts";
import { PausedNotice } from "../../parts/paused-notice.tsx";
import { Receiver } from "../../parts/receiver/receiver.tsx";
import { SafeInline } from "../../parts/safe-text.tsx";
import { FactList, Section } from "../../parts/section.tsx";
import { Asked, Empty } from "../../parts/states.tsx";
import { SubscriptionState } from "../../parts/subscription-state.tsx";
import { channelWords, type Subscription } from "../../parts/subscription-words.ts";
import { useMe } from "../../session/me.tsx";
import { SubscriptionForm } from "./subscription-form.tsx";
import { dutyWords, filterWords, placesWords, timingWords } from "./subscription-words.ts";
import { SwitchSubscription } from "./switch-subscription.tsx";
import "./subscriptions.css";

/** One subscription: what it asks for, its receiver, and what was sent there. */
export default function SubscriptionPage({ params: { id = "" } }: PageProps) {
  const me = useMe();
  const { flash } = useFlashes();
  const shown = useAnswer("get-subscription", { params: { id } });
  // The one that is changed is the one that was seen, whatever is read meanwhile.
  const [edited, edit] = useState<Subscription>();
  const standing = shown.value;
  const mayChange = standing?.mayChange === true && me.may("save-subscription");
  return (
    <>
      <PageHeader
        title={standing?.document.name ?? "Subscription"}
        tab={`${standing?.document.name ?? "Subscription"} · subscriptions`}
        description={<Go to="/subscriptions">All subscriptions</Go>}
        actions={
          standing &&
          mayChange &&
          !edited && (
            <span className="button-row">
              <Button onClick={() => edit(standing)}>Edit</Button>
              <SwitchSubscription subscription={standing} />
            </span>
          )
        }
      />
      {shown.refused?.code === "not_found" ? (
        <Empty
          title="No subscription of this id is known"
          action={<Go to="/subscriptions">Go to the subscriptions</Go>}
        >
          It may have been deleted, or be somebody else’s.
        </Empty>
      ) : edited ? (
        <SubscriptionForm
          id={id}
          base={edited}
          onCancel={() => edit(undefined)}
          onSaved={({ document }) => {
            edit(undefined);
            flash({ type: "success", content: `${document.name} is saved.` });
          }}
        />
      ) : (
        <Asked shown={shown}>
          {(value) => (
            <>
              <Standing subscription={value} />
              {value.document.channel.type !== "inbox" && (
                <Receiver subscription={value} mayChange={mayChange}>
                  <p>
                    <Go to={deliveriesPath(id)}>What was sent there, and what failed</Go>
                  </p>
                </Receiver>
              )}
            </>
          )}
        </Asked>
      )}
    </>
  );
}

function Standing({ subscription }: { readonly subscription: Subscription }) {
  const { id, document, paused, owner, changedAt, changedBy, version } = subscription;
  const { value } = useAnswer("list-subscriptions", document.duty ? {} : undefined, { fresh: 60_000 });
  const nameOf = (other: string): string =>
    value?.subscriptions.find((one) => one.id === other)?.document.name ?? other;
  const duty = dutyWords(document, nameOf);
  const { quiet } = document;
  return (
    <>
      {paused && <PausedNotice paused={paused} />}
      <Section title="What it asks for">
        <FactList
          facts={[
            ["State", <SubscriptionState key="state" subscription={subscription} />],
            ["Tells of", placesWords(document)],
            ...filterWords(document).map(([name, words]) => [name, <SafeInline key={name} text={words} />] as const),
            ["Where", <SafeInline key="where" text={channelWords(document)} />],
            ["When", timingWords(document)],
            ["Quiet hours", quiet && `${quiet.from} – ${quiet.to} (${quiet.timeZone})`],
            ["At most", `${document.perHour} an hour`],
            ["Acknowledge", duty && <SafeInline key="duty" text={duty} />],
            [
              "Made by",
              <SafeInline
                key="owner"
                text={owner.brands ? `${owner.actor}, for ${owner.brands.join(", ")}` : owner.actor}
              />,
            ],
            [
              "Changed",
              <span key="changed">
                <Age since={changedAt} ago /> by <SafeInline text={changedBy} />, version {version}
              </span>,
            ],
          ]}
        />
        <p>
          <Go to={`/alerts?subscription=${id}`}>Its alerts</Go>
        </p>
      </Section>
    </>
  );
}
