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

const UNREACHED = { gone: "which is gone", paused: "which stands still", other_brand: "of another brand" } as const;

function recordLine({ at, what, by, to, why, count }: AlertView["record"][number]): string {
  const rest = [by && `by ${by}`, to, why && UNREACHED[why], count !== undefined && `${count} by then`];
  const known = rest.filter((part) => part !== undefined && part !== false);
  return `  ${minute(at)} ${what.replaceAll("_", " ")}${known.length > 0 ? ` (${known.join(", ")})` : ""}`;
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
