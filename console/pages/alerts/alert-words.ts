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

const capital = (text: string): string => `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;

const inInbox = ({ why }: Pick<Line, "why">): string =>
  why === "paused" ? "in the inbox only, since the subscription was paused" : "in the inbox only";

/** How the first message of an alert went. */
export const noticeWords = ({ notice, record }: Pick<Alert, "notice" | "record">): string => {
  const silent = record.find(({ what }) => what === "in_inbox");
  if (silent || notice.kind === "inbox") return capital(inInbox(silent ?? {}));
  return notice.kind === "now" ? "Told at once" : `Kept ${GATHERED[notice.reason] ?? "for later"}`;
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
 * @param own the subscription whose alert it is
 */
export function recordWords(line: Line, nameOf: (id: string) => string, own: string): string {
  const { what, by, to, count, why } = line;
  const isSilent = to === "inbox";
  switch (what) {
    case "opened":
      return "Began";
    case "told":
      return `Told${soFar(count)}`;
    case "gathered":
      return `Not told at once${kept(to)}`;
    case "in_inbox":
      return capital(inInbox(line));
    case "grown":
      return isSilent
        ? `Has grown${soFar(count)}, ${inInbox(line)}`
        : `Told that it has grown${soFar(count)}${kept(to)}`;
    case "ended":
      return `Ended${soFar(count)}${isSilent ? `, ${inInbox(line)}` : kept(to)}`;
    case "acknowledged":
      return `Acknowledged by ${by ?? "somebody"}`;
    case "not_reached":
      return `Could not be passed on to ${to === undefined ? "a subscription" : nameOf(to)}${why ? `, ${NOT_REACHED[why]}` : ""}`;
    case "escalated":
      if (to === own) return `Nobody acknowledged it in time: ${nameOf(to)} was told once more`;
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
