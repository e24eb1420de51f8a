import type { AlertView } from "../../shared/contracts/alert-routes.ts";
import { safeText } from "../safe-text.ts";

const stateOf = ({ state, mustAcknowledge, acknowledged }: AlertView): string => {
  if (acknowledged) return "acknowledged";
  return mustAcknowledge ? "TO ACKNOWLEDGE" : state;
};

const minute = (at: string): string => at.slice(0, 16).replace("T", " ");

/** A line of the inbox. */
export const alertRow = (alert: AlertView): string[] => [
  minute(alert.openedAt),
  alert.id,
  stateOf(alert),
  safeText(alert.headline),
];

const UNREACHED = { gone: "which is gone", paused: "which is paused", other_brand: "of another brand" } as const;

function recordLine({ at, what, by, to, why, count }: AlertView["record"][number]): string {
  const isSilent = what === "in_inbox" || (to === "inbox" && what !== "escalated");
  const toWhom = isSilent
    ? [what !== "in_inbox" && "in the inbox only", why === "paused" && "since the subscription was paused"]
    : [to, why && UNREACHED[why]];
  const rest = [by && `by ${by}`, ...toWhom, count !== undefined && `${count} by then`];
  const known = rest.filter((part) => part !== undefined && part !== false);
  const words = what === "in_inbox" ? "in the inbox only" : what.replaceAll("_", " ");
  return `  ${minute(at)} ${words}${known.length > 0 ? ` (${known.join(", ")})` : ""}`;
}

/** An alert in words: what, since when, of which items, and its record. */
export function alertLines(alert: AlertView): string[] {
  const { subscription, tally, items, record, acknowledgeBy, subject } = alert;
  const actions = Object.entries(tally.actions).map(([name, count]) => `${count} ${name}`);
  return [
    safeText(alert.headline),
    `${alert.id}  ${stateOf(alert)}${acknowledgeBy ? `, until ${minute(acknowledgeBy)} UTC` : ""}`,
    `by ${subscription.id} ${safeText(subscription.name)}; about ${subject.by} ${safeText(subject.id)}`,
    `${tally.count} from ${minute(tally.firstAt)} to ${minute(tally.lastAt)} UTC${actions.length > 0 ? `: ${actions.join(", ")}` : ""}`,
    ...items.map(({ ref, case: id }) => `  ${ref.kind} ${ref.id} ${ref.revision}  case ${id}`),
    "record:",
    ...record.map(recordLine),
  ];
}
