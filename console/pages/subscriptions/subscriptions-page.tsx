import Button from "@cloudscape-design/components/button";
import { useAnswer } from "../../api/use-answer.ts";
import { Go, useGo } from "../../parts/go.tsx";
import { PageHeader } from "../../parts/page-header.tsx";
import { RowTable } from "../../parts/row-table.tsx";
import { SafeInline } from "../../parts/safe-text.tsx";
import { Asked, Empty } from "../../parts/states.tsx";
import { SubscriptionState } from "../../parts/subscription-state.tsx";
import { channelWords, type Subscription } from "../../parts/subscription-words.ts";
import { useMe } from "../../session/me.tsx";
import { placesWords, timingWords } from "./subscription-words.ts";
import "./subscriptions.css";

/** Who hears of what, by which channel and when. */
export default function SubscriptionsPage() {
  const me = useMe();
  const go = useGo();
  const shown = useAnswer("list-subscriptions", {});
  return (
    <>
      <PageHeader
        title="Subscriptions"
        description="Who is told of what, by which channel and when. Alerts never hold what people wrote."
        actions={
          me.may("save-subscription") && (
            <Button variant="primary" onClick={() => go("/new-subscription")}>
              New subscription
            </Button>
          )
        }
      />
      <Asked shown={shown}>
        {({ subscriptions }) =>
          subscriptions.length === 0 ? (
            <Empty title="There is no subscription yet">
              Make one to be told when something happens that you care about.
            </Empty>
          ) : (
            <RowTable<Subscription>
              caption="Subscriptions"
              columns={[
                {
                  head: "Name",
                  cell: ({ id, document }) => (
                    <Go to={`/subscriptions/${id}`}>
                      <SafeInline text={document.name} />
                    </Go>
                  ),
                },
                { head: "State", cell: (one) => <SubscriptionState subscription={one} /> },
                { head: "Tells of", cell: ({ document }) => placesWords(document) },
                { head: "Where", cell: ({ document }) => <SafeInline text={channelWords(document)} /> },
                { head: "When", cell: ({ document }) => timingWords(document) },
                { head: "Made by", cell: ({ owner }) => <SafeInline text={owner.actor} /> },
              ]}
              rows={subscriptions}
              keyOf={({ id }) => id}
            />
          )
        }
      </Asked>
    </>
  );
}
