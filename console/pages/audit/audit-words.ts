import type { AnswerOf } from "../../api/route-types.ts";

export type Entry = AnswerOf<"list-audit">["entries"][number];
export type Action = Entry["action"];

const SPELLED: Readonly<Partial<Record<Action, string>>> = {
  "case.read": "read a case",
  "case.members_read": "read the items of a cluster",
  "case.claimed": "claimed a case",
  "case.released": "gave a case back",
  "case.transferred": "handed a case over",
  "case.noted": "wrote a note",
  "case.decided": "decided a case",
  "case.escalated": "escalated a case",
  "case.undone": "undid a decision",
  "case.reopened": "opened a decided case again",
  "queues.set": "changed the queues",
  "member.set": "added or changed a member",
  "member.removed": "removed a member",
  "key.created": "made a key",
  "key.revoked": "revoked a key",
  "subscription.saved": "saved a subscription",
  "subscription.enabled": "enabled a subscription",
  "subscription.disabled": "disabled a subscription",
  "subscription.deleted": "deleted a subscription",
  "subscription.confirmed": "confirmed an address of alerts",
  "subscription.unsubscribed": "unsubscribed from alerts",
  "subscription.orphaned": "ended an owner's right to a subscription",
  "subscription.narrowed": "took brands from a subscription",
  "alert.acknowledged": "acknowledged an alert",
  "feed.set": "changed the event feed",
  "audit.read": "read this log",
  "author.read": "read an author's history",
  "author.erased": "erased an author",
  "search.made": "searched for an id",
};

/** What somebody did, in words; an action that has none yet is its code with spaces. */
export const actionWords = (action: Action): string => SPELLED[action] ?? action.replace(/[._]/g, " ");

const TURNS: Readonly<Record<string, string>> = {
  first: "it was its turn",
  next: "it was its turn",
  jumped: "passed over cases before it",
  mine: "while holding it",
  unclaimed: "without holding it",
  others: "while somebody else held it",
  parent: "as what another item answers",
};

/** A fact of an entry in words: "outcome: uphold". */
export function factWords(name: string, value: string): string {
  const turn = name === "turn" ? TURNS[value] : undefined;
  return turn ?? `${name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)}: ${value}`;
}
