import { labelTitles } from "../../facts/desk.ts";
import { counted, PLACE_WORDS } from "../../parts/alert-words.ts";
import type { Document, Subscription } from "./subscription-draft.ts";

export const CHANNEL_WORDS: Readonly<Record<Document["channel"]["type"], string>> = {
  inbox: "Inbox of alerts only",
  webhook: "Webhook",
  slack: "Slack room",
  teams: "Teams room",
  email: "E-mail",
};

export const KIND_WORDS: Readonly<Record<NonNullable<Document["filter"]["kinds"]>[number], string>> = {
  post: "Posts",
  review: "Reviews",
  audience: "Audiences",
};

export const ACTION_WORDS: Readonly<Record<NonNullable<Document["filter"]["actions"]>[number], string>> = {
  allow: "Allowed",
  flag: "Flagged",
  hold: "Held",
  block: "Blocked",
};

/** Why a subscription stands still, and what makes it go on. */
export function pausedWords({ why, by }: NonNullable<Subscription["paused"]>): string {
  switch (why) {
    case "by_hand":
      return `Disabled${by === undefined ? "" : ` by ${by}`}. Enable it to let it go on.`;
    case "gone":
      return "Its receiver answered that it is gone (410). Correct the address, then enable it.";
    case "failing":
      return "Its receiver failed for days. Mend the receiver, then enable it.";
    case "unsubscribed":
      return "Its reader unsubscribed. Enabling it asks them again.";
    case "unconfirmed":
      return "It waits for its reader to confirm the address, by the link in the mail that they were sent.";
  }
}

/** Where it goes. */
export const channelWords = ({ channel }: Pick<Document, "channel">): string =>
  channel.type === "inbox"
    ? CHANNEL_WORDS.inbox
    : `${CHANNEL_WORDS[channel.type]} ${channel.type === "email" ? channel.to : channel.url}`;

/** When it is told. */
export const timingWords = ({ timing, channel }: Pick<Document, "timing" | "channel">): string => {
  if (channel.type === "webhook" && channel.stream) return "Every event by itself";
  if (timing.kind === "immediate") return "At once";
  return timing.every === "hour" ? "Every hour" : `Every day at ${timing.at} (${timing.timeZone})`;
};

/** What it hears of, in one line. */
export const placesWords = ({ places }: Pick<Document, "places">): string =>
  places.map((place) => PLACE_WORDS[place]).join(", ");

/** What else must fit, by its name; what is not asked for is left out. */
export function filterWords({
  filter,
  when,
}: Pick<Document, "filter" | "when">): readonly (readonly [string, string])[] {
  const { kinds, labels, actions, minSeverity, brands, targets, accounts, languages } = filter;
  const said: readonly (readonly [string, string | undefined])[] = [
    ["Of", kinds?.map((one) => KIND_WORDS[one]).join(", ")],
    ["Labels", labels?.map((one) => labelTitles[one] ?? one).join(", ")],
    ["Severity", minSeverity === undefined ? undefined : `${minSeverity} of 7 or more`],
    ["Actions", actions?.map((one) => ACTION_WORDS[one]).join(", ")],
    ["Brands", brands?.join(", ")],
    ["Targets", targets?.join(", ")],
    ["Accounts", accounts?.join(", ")],
    ["Languages", languages?.join(", ")],
    ["Condition", when],
  ];
  return said.flatMap(([name, words]) => (words === undefined ? [] : [[name, words] as const]));
}

/** The duty to acknowledge; undefined where it has none. */
export const dutyWords = ({ duty }: Pick<Document, "duty">, nameOf: (id: string) => string): string | undefined =>
  duty && `Within ${counted(duty.ackMinutes, "minute")}, else passed on to ${nameOf(duty.escalateTo)}`;
