import type { DeliveryView } from "../../shared/contracts/delivery-routes.ts";
import { counted } from "../progress-line.ts";
import { paint } from "./paint.ts";

const second = (at: string): string => at.slice(0, 19).replace("T", " ");
const words = (code: string): string => code.replaceAll("_", " ");

const STYLES = { delivered: "green", failed: "red", cancelled: "yellow", waiting: "dim" } as const;

/** `alert opened`, `verdict flagged`: what it tells of. */
const whatOf = ({ type }: DeliveryView): string => type.replaceAll(/[._]/g, " ");

/** A status, or a code in words; nothing where there was no attempt. */
const outcomeOf = ({ outcome, status }: DeliveryView["attempts"][number]): string =>
  status === undefined ? words(outcome) : String(status);

/** Why it stands as it does, in a word or two: the code of the whole, or how the last attempt went. */
function whyOf({ reason, attempts, state }: DeliveryView): string {
  const last = attempts.at(-1);
  if (state === "delivered") return "";
  return [reason && words(reason), last && outcomeOf(last)].filter((part) => part !== undefined).join(": ");
}

/** The columns of the log. */
export const DELIVERY_HEADING = ["made (UTC)", "delivery", "tells of", "state", "attempts", "why", "next try (UTC)"];

/** A line of the log. */
export const deliveryRow = (one: DeliveryView): string[] => [
  second(one.createdAt),
  one.id,
  whatOf(one),
  paint(STYLES[one.state], one.state),
  String(one.attempts.length),
  whyOf(one),
  one.nextAt === undefined ? "" : second(one.nextAt),
];

/** What can be done about it, as a command. */
function helpOf({ id, subscription, state, reason, type }: DeliveryView): string[] {
  if (state === "waiting" || state === "delivered") return [];
  if (type === "subscription.test") return [`\`subscriptions test ${subscription}\` sends another`];
  const first = reason?.startsWith("paused_") ? `\`subscriptions enable ${subscription}\`, then ` : "";
  return reason === "subscription_deleted" ? [] : [`${first}\`deliveries replay ${id}\` sends it again`];
}

/** A delivery in words: what, to whom, how it stands and why, each attempt, and what can be done. */
export function deliveryLines(one: DeliveryView): string[] {
  const { id, state, subscription, channel, about, createdAt, means, nextAt, attempts } = one;
  const subject = about === id ? "" : ` ${about}`;
  return [
    `${id}  ${paint(STYLES[state], state)}`,
    `tells of: ${whatOf(one)}${subject}`,
    `to: ${subscription}${channel === undefined ? "" : ` by ${channel}`}; made ${second(createdAt)} UTC`,
    ...(means === undefined ? [] : [`why: ${means}`]),
    ...(nextAt === undefined ? [] : [`next try: ${second(nextAt)} UTC`]),
    attempts.length === 0 ? "no attempt yet" : `${counted(attempts.length, "attempt")}, the first at the top:`,
    ...attempts.map((each) => `  ${second(each.at)}  ${outcomeOf(each)} after ${each.ms} ms. ${each.means}`),
    ...helpOf(one),
  ];
}
