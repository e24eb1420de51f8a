import { labelTitles } from "../../facts/desk.ts";
import { counted, PLACE_WORDS } from "../../parts/alert-words.ts";
import type { Document } from "./subscription-draft.ts";

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
