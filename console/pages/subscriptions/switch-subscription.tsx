import Button from "@cloudscape-design/components/button";
import { useState } from "react";
import { useApi } from "../../api/api-context.tsx";
import { useAct } from "../../api/use-act.ts";
import { useFlashes } from "../../app/flashes.tsx";
import { Dialog } from "../../parts/dialog.tsx";
import { useGo } from "../../parts/go.tsx";
import { Failed } from "../../parts/states.tsx";
import type { Subscription } from "./subscription-draft.ts";

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
        content:
          answer.code === "subscription_changed"
            ? "Somebody changed it meanwhile: this is what stands now. Look at it, then try again."
            : `${answer.problem.title}: ${answer.problem.detail}`,
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
      if (answer.code === "subscription_changed") cache.drop("get-subscription", { params: { id } });
      return;
    }
    onClose();
    cache.drop("list-subscriptions");
    leave("/subscriptions");
    flash({ type: "success", content: `${document.name} is deleted.` });
  };
  return (
    <Dialog
      title={`Delete ${document.name}?`}
      onClose={onClose}
      footer={
        <span className="subscriptions-buttons">
          <Button variant="link" onClick={onClose}>
            Cancel
          </Button>
          <Button variant="primary" loading={busy} onClick={() => void go()}>
            Delete, for good
          </Button>
        </span>
      }
    >
      <p>Its alerts stay in the inbox; what waits to be sent is cancelled.</p>
      {refused && <Failed refused={refused} />}
    </Dialog>
  );
}
