import Badge from "@cloudscape-design/components/badge";
import type { Subscription } from "./subscription-words.ts";
import "./parts.css";

/** Why it stands still, as short as a badge is; what is not here is said by its code. */
const WHY: Readonly<Record<string, string>> = {
  by_hand: "disabled",
  unconfirmed: "waits for its reader",
  unsubscribed: "unsubscribed",
  bounced: "mail came back",
  owner_gone: "owner is gone",
  gone: "receiver is gone",
  failing: "receiver failed",
};

/** Whether it is told, or why not. */
export function SubscriptionState({
  subscription: { paused },
}: {
  readonly subscription: Pick<Subscription, "paused">;
}) {
  const why = paused?.why ?? "";
  return (
    <span className="whole">
      <Badge color={!paused ? "green" : why === "by_hand" || why === "unconfirmed" ? "grey" : "red"}>
        {paused ? (WHY[why] ?? why.replaceAll("_", " ")) : "active"}
      </Badge>
    </span>
  );
}
