import type { EventFacts, EventType, ItemFacts } from "../../domain/alert-event.ts";
import { caseIdOfLasting } from "../../domain/case.ts";
import type { ItemRef } from "../../domain/id.ts";
import { LABELS, type LabelName } from "../../domain/label.ts";
import { languageWords } from "./language-words.ts";
import { momentIn } from "./moments.ts";
import type { Entry, Fact, Reader } from "./told.ts";

const isLabel = (name: string): name is LabelName => Object.hasOwn(LABELS, name);

/**
 * `fabrication` of "review consistent with fabrication", since it stands after "Consistent with"; and without what was done
 * about it, which is told apart.
 */
const findingOf = (name: LabelName): string =>
  LABELS[name].replace(/^.* consistent with (?:an? )?/, "").replace(/;.*$/, "");

/** What was seen, by the names of labels, as far as a machine can tell. */
export function findings(labels: readonly string[]): string | undefined {
  const known = labels.flatMap((name) => (isLabel(name) ? [findingOf(name)] : [])).slice(0, 5);
  return known.length === 0 ? undefined : known.join(", ");
}

const ACTIONS: Readonly<Record<ItemFacts["action"], string>> = {
  allow: "allowed",
  flag: "shown, and flagged for people to look at",
  hold: "held back until somebody has looked at it",
  block: "blocked",
};

const HAPPENED: Readonly<Record<EventType, string>> = {
  "verdict.allowed": "An item passed.",
  "verdict.flagged": "An item was flagged: it is shown, and people look at it.",
  "verdict.held": "An item is held back until somebody has looked at it.",
  "verdict.blocked": "An item was blocked.",
  "target.flagged": "The ratings of a target show signs that reviews of it are not independent of each other.",
  "audience.allowed": "An account's following was looked at; nothing stands out.",
  "audience.flagged": "An account's following shows unusual signs.",
  "audience.held": "An account's following shows unusual signs; it is held until somebody has looked at it.",
  "audience.blocked": "An account's following was blocked.",
  "case.opened": "A case was opened for moderators.",
  "case.escalated": "A case was passed to somebody more senior.",
  "case.decided": "A case was decided.",
  "case.reopened": "A case was opened again.",
  "decision.made": "Somebody decided.",
  "decision.undone": "A decision was taken back.",
  "breaker.opened": "A rule or label fires far more often than usual. The flood breaker holds it to flagging at most.",
  "breaker.closed": "The flood breaker let go: the rule or label acts as before.",
  "subscription.paused": "A subscription was paused.",
};

/** One sentence on what happened. */
export const happened = ({ type, breaker }: Pick<EventFacts, "type" | "breaker">): string =>
  type === "breaker.opened" && breaker?.effect === "announced"
    ? "A label that stands for harm to life fires far more often than usual. It goes on as before; people are told."
    : HAPPENED[type];

/** What is known of one event's item, decision and case; nothing of it in anybody's words. */
export function eventDetails({ item, decision, case: of, at }: EventFacts, { timeZone }: Reader): readonly Fact[] {
  const seen = item && findings(item.labels.map(({ label }) => label));
  return [
    ...(seen === undefined ? [] : [{ name: "Consistent with", words: seen }]),
    ...(item ? [{ name: "What was done", words: ACTIONS[item.action] }] : []),
    ...(item ? [{ name: "Severity", words: `${item.severity} of 7` }] : []),
    ...(item?.rating === undefined ? [] : [{ name: "Stars", words: String(item.rating) }]),
    ...(decision ? [{ name: "Decision", words: `${decision.outcome} (${decision.reason.replaceAll("_", " ")})` }] : []),
    ...(of ? [{ name: "Queue", ids: [of.queue] }] : []),
    ...(item && item.brands.length > 0 ? [{ name: "Brand", ids: item.brands }] : []),
    ...(item?.target === undefined ? [] : [{ name: "Target", ids: [item.target] }]),
    ...(item?.account === undefined ? [] : [{ name: "Account", ids: [item.account] }]),
    ...(item?.language === undefined ? [] : [{ name: "Language", words: languageWords(item.language) }]),
    { name: "When", words: momentIn(at, timeZone) },
  ];
}

/**
 * An item by its kind and id; its case shows it at the reader's level of access.
 * @param account of a following: such items stand under their account, and their ids say nothing to people
 */
export function itemEntry(tenant: string, ref: ItemRef, account: string | undefined, { origin }: Reader): Entry {
  if (ref.kind !== "audience" || account === undefined)
    return { words: ref.kind, id: ref.id, url: `${origin}/cases/${caseIdOfLasting(tenant, ref)}` };
  return { words: "following of", id: account, url: `${origin}/audiences/${encodeURIComponent(account)}` };
}
