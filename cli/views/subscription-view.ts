import type { SubscriptionView } from "../../shared/contracts/alert-routes.ts";
import { safeText } from "../safe-text.ts";

type Document = SubscriptionView["document"];

const channelOf = (document: Document): string => {
  const { channel } = document;
  if (channel.type === "inbox") return "inbox";
  if (channel.type === "email") return `email ${safeText(channel.to)}`;
  return `${isStream(document) ? "stream" : channel.type} ${safeText(new URL(channel.url).host)}`;
};

const isStream = ({ channel }: Document): boolean => channel.type === "webhook" && channel.stream;

const timingOf = (document: Document): string => {
  const { timing } = document;
  if (isStream(document)) return "every event";
  if (timing.kind === "immediate") return "at once";
  return timing.every === "hour" ? "each hour" : `each day at ${timing.at} ${timing.timeZone}`;
};

const stateOf = ({ paused }: SubscriptionView): string => (paused ? paused.why.replaceAll("_", " ") : "active");

/** A line of the list of subscriptions. */
export const subscriptionRow = (one: SubscriptionView): string[] => [
  one.id,
  safeText(one.document.name),
  one.document.places.join(" "),
  channelOf(one.document),
  timingOf(one.document),
  stateOf(one),
];

/** A subscription in words, one fact a line. */
export function subscriptionLines(one: SubscriptionView): string[] {
  const { document, owner, version, changedAt, changedBy } = one;
  const { filter, when, quiet, duty, perHour } = document;
  const asked = Object.entries(filter).map(([name, wanted]) => `  ${name}: ${safeText([wanted].flat().join(", "))}`);
  return [
    `${one.id}  ${safeText(document.name)}`,
    `state: ${stateOf(one)}; version ${version}, changed ${changedAt.slice(0, 16).replace("T", " ")} UTC by ${changedBy}`,
    `owner: ${owner.actor} as ${owner.role}${owner.brands ? ` for ${owner.brands.join(", ")}` : ""}${
      owner.until === undefined ? "" : `, whose right to it ends ${owner.until.slice(0, 16).replace("T", " ")} UTC`
    }`,
    `hears of: ${document.places.join(", ")}`,
    ...asked,
    ...(when === undefined ? [] : [`  when: ${safeText(when)}`]),
    `by: ${channelOf(document)}, ${timingOf(document)}${isStream(document) ? "" : `, at most ${perHour} an hour`}`,
    ...(quiet ? [`quiet: ${quiet.from} to ${quiet.to} ${quiet.timeZone}, but for severe safety`] : []),
    ...(duty ? [`duty: acknowledged within ${duty.ackMinutes} minutes, or passed on to ${duty.escalateTo}`] : []),
  ];
}
