import { useState } from "react";
import { useFlashes } from "../../app/flashes.tsx";
import { Go, useGo } from "../../parts/go.tsx";
import { PageHeader } from "../../parts/page-header.tsx";
import { newSubscriptionId } from "./subscription-draft.ts";
import { SubscriptionForm } from "./subscription-form.tsx";
import "./subscriptions.css";

/** Makes a subscription. */
export default function NewSubscriptionPage() {
  const go = useGo();
  const { flash } = useFlashes();
  // Kept while it is written, so that sending it again makes no second one.
  const [id] = useState(newSubscriptionId);
  return (
    <>
      <PageHeader title="New subscription" description={<Go to="/subscriptions">All subscriptions</Go>} />
      <SubscriptionForm
        id={id}
        base={undefined}
        onCancel={() => go("/subscriptions")}
        onSaved={({ document, paused }) => {
          flash({
            type: "success",
            content: `${document.name} is there.${paused?.why === "unconfirmed" ? " It waits for its reader: they were sent a mail." : ""}`,
          });
          go(`/subscriptions/${id}`, { replace: true });
        }}
      />
    </>
  );
}
