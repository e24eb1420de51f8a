import type { AnswerOf } from "../../api/route-types.ts";
import { labelTitles } from "../../facts/desk.ts";
import { counted } from "../../parts/alert-words.ts";

export type Alert = AnswerOf<"get-alert">;
type Line = Alert["record"][number];

export const labelTitle = (name: string): string => labelTitles[name] ?? name;

const GATHERED: Readonly<Record<string, string>> = {
  digest: "for the next digest",
  quiet: "until the quiet hours end",
  rate: "because of the most messages an hour",
};

/** How the first message of an alert went. */
export const noticeWords = ({ notice }: Pick<Alert, "notice">): string => {
  if (notice.kind === "now") return "Told at once";
  return notice.kind === "inbox" ? "In the inbox only" : `Kept ${GATHERED[notice.reason] ?? "for later"}`;
};

const NOT_REACHED: Readonly<Record<NonNullable<Line["why"]>, string>> = {
  gone: "which is gone",
  paused: "which stands still",
  other_brand: "which may not hear of this",
};

const soFar = (count: number | undefined): string => (count === undefined ? "" : ` with ${counted(count, "event")}`);
const kept = (reason: string | undefined): string =>
  reason === undefined ? "" : `, kept ${GATHERED[reason] ?? "for later"}`;

/**
 * One line of an alert's record in words.
 * @param nameOf a subscription by its id
 */
export function recordWords({ what, by, to, count, why }: Line, nameOf: (id: string) => string): string {
  switch (what) {
    case "opened":
      return "Began";
    case "told":
      return `Told${soFar(count)}`;
    case "gathered":
      return `Not told at once${kept(to)}`;
    case "grown":
      return `Told that it has grown${soFar(count)}${kept(to)}`;
    case "ended":
      return `Ended${soFar(count)}${kept(to)}`;
    case "acknowledged":
      return `Acknowledged by ${by ?? "somebody"}`;
    case "not_reached":
      return `Could not be passed on to ${to === undefined ? "a subscription" : nameOf(to)}${why ? `, ${NOT_REACHED[why]}` : ""}`;
    case "escalated":
      return to === undefined || to === "inbox" || to === "gone"
        ? "Nobody acknowledged it, and nobody else could be told: it waits here"
        : `Nobody acknowledged it: passed on to ${nameOf(to)}`;
  }
}

const SUBJECTS: Readonly<Record<Alert["subject"]["by"], string>> = {
  target: "Target",
  account: "Account",
  cluster: "Items like each other",
  label: "Label",
  case: "Case",
  item: "Item",
  breaker: "Flood breaker",
  subscription: "Subscription",
};

export const subjectTitle = ({ by }: Alert["subject"]): string => SUBJECTS[by];
