import Button from "@cloudscape-design/components/button";
import { useState } from "react";
import { useApi } from "../../api/api-context.tsx";
import { useAct } from "../../api/use-act.ts";
import { useFlashes } from "../../app/flashes.tsx";
import { counted } from "../../parts/alert-words.ts";
import { Dialog } from "../../parts/dialog.tsx";
import { Failed } from "../../parts/states.tsx";
import { OneField, Switched } from "./fields.tsx";

const HOUR_MS = 3_600_000;
const WINDOWS = [
  ["1", "the last hour"],
  ["6", "the last 6 hours"],
  ["24", "the last day"],
  ["168", "the last 7 days"],
  ["720", "the last 30 days"],
] as const;

type Hours = (typeof WINDOWS)[number][0];

interface ReplayWindowProps {
  readonly id: string;
  onClose(): void;
}

/** Sends again what did not arrive in a window, page by page until it is through. */
export function ReplayWindow({ id, onClose }: ReplayWindowProps) {
  const { cache } = useApi();
  const { flash } = useFlashes();
  const { act, refused } = useAct("replay-deliveries");
  const [hours, choose] = useState<Hours>("24");
  const [all, setAll] = useState(false);
  const [running, run] = useState(false);
  const [done, count] = useState(0);
  const go = async () => {
    const now = Date.now();
    const window = {
      since: new Date(now - Number(hours) * HOUR_MS).toISOString(),
      // Replays themselves are not made anew, but tests and news of meanwhile are.
      until: new Date(now).toISOString(),
      states: all ? (["failed", "cancelled", "delivered"] as const) : (["failed", "cancelled"] as const),
    };
    run(true);
    let cursor: string | undefined;
    let replayed = 0;
    do {
      const answer = await act({
        params: { id },
        body: { ...window, states: [...window.states], ...(cursor !== undefined && { cursor }) },
      });
      if (!answer.ok) {
        run(false);
        cache.drop("list-deliveries");
        return;
      }
      replayed += answer.value.replayed;
      count(replayed);
      cursor = answer.value.cursor;
    } while (cursor !== undefined);
    cache.drop("list-deliveries");
    onClose();
    flash({
      type: replayed > 0 ? "success" : "info",
      content:
        replayed > 0 ? `${counted(replayed, "delivery", "deliveries")} on the way again.` : "Nothing to send again.",
    });
  };
  return (
    <Dialog
      title="Replay a window"
      onClose={onClose}
      footer={
        <span className="subscriptions-buttons">
          <Button variant="link" onClick={onClose}>
            Cancel
          </Button>
          <Button variant="primary" loading={running} onClick={() => void go()}>
            Send again
          </Button>
        </span>
      }
    >
      <div className="subscriptions-form">
        <OneField<Hours> label="What was made in" error={undefined} all={WINDOWS} value={hours} onChange={choose} />
        <Switched
          label="What has arrived, too"
          description="Otherwise only what failed or was cancelled. A receiver knows repeats by their webhook-id."
          checked={all}
          onChange={setAll}
        />
        {done > 0 && <p role="status">{counted(done, "delivery", "deliveries")} so far.</p>}
        {refused && <Failed refused={refused} />}
      </div>
    </Dialog>
  );
}
