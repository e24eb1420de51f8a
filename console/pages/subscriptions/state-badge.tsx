import Badge from "@cloudscape-design/components/badge";
import type { Subscription } from "./subscription-draft.ts";

/** Whether it is told, or why not. */
export function StateBadge({ subscription: { paused } }: { readonly subscription: Subscription }) {
  const isWaiting = paused?.why === "unconfirmed";
  return (
    <span className="subscriptions-whole">
      {!paused && <Badge color="green">active</Badge>}
      {paused?.why === "by_hand" && <Badge color="grey">disabled</Badge>}
      {paused && paused.why !== "by_hand" && (
        <Badge color="red">{isWaiting ? "waits for its reader" : paused.why}</Badge>
      )}
    </span>
  );
}
