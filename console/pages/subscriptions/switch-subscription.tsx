import Button from "@cloudscape-design/components/button";
import { useState } from "react";
import { useApi } from "../../api/api-context.tsx";
import { useAct } from "../../api/use-act.ts";
import { useFlashes } from "../../app/flashes.tsx";
import { ActDialog } from "../../parts/act-dialog.tsx";
import { useGo } from "../../parts/go.tsx";
import { refusalWords } from "../../parts/refusal-words.ts";
import type { Subscription } from "../../parts/subscription-words.ts";

const CHANGED = "Somebody changed it meanwhile: this is what stands now. Look at it, then try again.";

/** Enables, disables or deletes a subscription. */
export function SwitchSubscription({ subscription }: { readonly subscription: Subscription }) {
  const { id, version, paused, document } = subscription;
  const { cache } = useApi();
  const { flash } = useFlashes();
  const enable = useAct("enable-subscription");
  const disable = useAct("disable-subscription");
  const [deleting, remove] = useState(false);
  const go = async () => {
    const answer = await (paused ? enable : disable).act({ params: { id }, body: { version } });
    cache.drop("list-subscriptions");
    cache.drop("get-subscription", { params: { id } });
    if (!answer.ok) {
      flash({
        type: "error",
        content: answer.code === "subscription_changed" ? CHANGED : refusalWords(answer),
      });
      return;
    }
    const waits = paused && answer.value.paused?.why === "unconfirmed";
    flash({
      type: waits ? "info" : "success",
      content: waits
        ? `${document.name} waits for its reader to confirm the address, by the link in the mail.`
        : `${document.name} is ${paused ? "enabled" : "disabled"}.`,
    });
  };
  return (
    <>
      <Button loading={enable.busy || disable.busy} onClick={() => void go()}>
        {paused ? "Enable" : "Disable"}
      </Button>
      <Button onClick={() => remove(true)}>Delete</Button>
      {deleting && <DeleteSubscription subscription={subscription} onClose={() => remove(false)} />}
    </>
  );
}

interface DeleteProps {
  readonly subscription: Subscription;
  onClose(): void;
}

function DeleteSubscription({ subscription: { id, version, document }, onClose }: DeleteProps) {
  const { cache } = useApi();
  const { flash } = useFlashes();
  const leave = useGo();
  const { act, busy, refused } = useAct("delete-subscription");
  const go = async () => {
    const answer = await act({ params: { id }, body: { version } });
    if (!answer.ok) {
      if (answer.code !== "subscription_changed") return;
      // What is asked about here stands no longer: it is read again, and the question goes with it.
      onClose();
      cache.drop("get-subscription", { params: { id } });
      flash({ type: "error", content: CHANGED });
      return;
    }
    onClose();
    cache.drop("list-subscriptions");
    leave("/subscriptions");
    flash({ type: "success", content: `${document.name} is deleted.` });
  };
  return (
    <ActDialog
      title={`Delete ${document.name}?`}
      verb="Delete, for good"
      busy={busy}
      refused={refused}
      onClose={onClose}
      onGo={() => void go()}
    >
      <p>Its alerts stay in the inbox; what waits to be sent is cancelled.</p>
    </ActDialog>
  );
}
