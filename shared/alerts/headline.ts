import type { Alert, Tally } from "../domain/alert.ts";
import type { EventFacts } from "../domain/alert-event.ts";
import { LABELS, type LabelName } from "../domain/label.ts";
import { largest, oneStarOf } from "./tally.ts";

const MINUTE_MS = 60_000;

/** Minutes from the first to the latest, at least one. */
export const minutesOfTally = ({ firstAt, lastAt }: Pick<Tally, "firstAt" | "lastAt">): number =>
  Math.max(1, Math.round((Date.parse(lastAt) - Date.parse(firstAt)) / MINUTE_MS));

const spanOf = (minutes: number): string => {
  if (minutes < 120) return minutes === 1 ? "a minute" : `${minutes} minutes`;
  return `${Math.round(minutes / 60)} hours`;
};

const NOUNS = {
  post: ["post", "posts"],
  review: ["review", "reviews"],
  audience: ["verdict on an audience", "verdicts on an audience"],
} as const;

const many = (count: number, [one, more]: readonly [string, string]): string => `${count} ${count === 1 ? one : more}`;

function whatOf({ type, item }: EventFacts, count: number): string {
  const of = item ? NOUNS[item.kind] : (["event", "events"] as const);
  switch (type) {
    case "case.opened":
      return many(count, ["case opened", "cases opened"]);
    case "case.escalated":
      return many(count, ["case escalated", "cases escalated"]);
    case "case.reopened":
      return many(count, ["case opened again", "cases opened again"]);
    case "case.decided":
      return many(count, ["case decided", "cases decided"]);
    case "decision.made":
      return many(count, ["decision", "decisions"]);
    case "decision.undone":
      return many(count, ["decision taken back", "decisions taken back"]);
    default:
      return many(count, of);
  }
}

const isLabel = (name: string): name is LabelName => Object.hasOwn(LABELS, name);
const percent = (share: number): string => `${Math.round(share * 100)}%`;

function breakerLine({ type, breaker }: EventFacts): string {
  if (!breaker) return "The flood breaker";
  const name = breaker.subject === "label" && isLabel(breaker.name) ? LABELS[breaker.name] : breaker.name;
  const of = `${breaker.subject} "${name}" among ${NOUNS[breaker.kind][1]}`;
  if (type === "breaker.closed") return `The flood breaker let go of the ${of}`;
  const shares = `${percent(breaker.seen)} where at most ${percent(breaker.usual)} is usual`;
  return `The flood breaker ${breaker.effect === "flag" ? "holds" : "announces"} the ${of}: ${shares}`;
}

const PAUSES: Readonly<Record<string, string>> = {
  gone: "its receiver answered that it is gone",
  failing: "its receiver has failed for days",
  unsubscribed: "its reader unsubscribed",
  unconfirmed: "its address was never confirmed",
  by_hand: "somebody paused it",
  bounced: "mails to its address came back",
  owner_gone: "whoever made it may not hear of this any more",
};

/** The three most frequent labels, of equal ones the gravest; "review consistent with" is said once, what was done never. */
function labelWords(first: EventFacts, { labels }: Tally): readonly string[] {
  const gravity = (name: string): number => first.item?.labels.find(({ label }) => label === name)?.severity ?? 0;
  const words = largest(labels)
    .toSorted(([a, one], [b, other]) => other - one || gravity(b) - gravity(a))
    .flatMap(([name]) => (isLabel(name) ? [LABELS[name].replace(/;.*$/, "")] : []))
    .slice(0, 3);
  const [said = ""] = /^.+ consistent with /.exec(words[0] ?? "") ?? [];
  return words.map((one, index) => (index > 0 && said !== "" && one.startsWith(said) ? one.slice(said.length) : one));
}

/** An alert in one line of our own words and numbers: "214 reviews in 40 minutes, 61% with one star: …". */
export function headlineOf({ first, tally }: Pick<Alert, "first" | "tally">): string {
  if (first.breaker) return breakerLine(first);
  if (first.paused)
    return `The subscription "${first.paused.name}" was paused: ${PAUSES[first.paused.why] ?? first.paused.why}`;
  const { count } = tally;
  const span = count === 1 ? "" : ` in ${spanOf(minutesOfTally(tally))}`;
  const oneStar = count === 1 ? undefined : oneStarOf(tally);
  const stars = oneStar === undefined ? "" : `, ${percent(oneStar)} with one star`;
  const labels = labelWords(first, tally);
  return `${whatOf(first, count)}${span}${stars}${labels.length === 0 ? "" : `: ${labels.join(", ")}`}`;
}

const REASONS = {
  digest: "Your digest",
  quiet: "While you had quiet hours",
  rate: "Held back, since there was more than you want in an hour",
} as const;

export const gatheredHeadline = (reason: keyof typeof REASONS, alerts: number, events: number): string =>
  `${REASONS[reason]}: ${many(alerts, ["alert", "alerts"])} of ${many(events, ["event", "events"])}`;
