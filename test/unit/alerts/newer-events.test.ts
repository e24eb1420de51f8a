import { expect, it } from "vitest";
import { eventsOfVerdict } from "../../../shared/alerts/alert-event.ts";
import { eventsOfDecision } from "../../../shared/alerts/case-events.ts";
import type { DecisionMessage } from "../../../shared/contracts/messages.ts";
import type { EventFacts } from "../../../shared/domain/alert-event.ts";
import type { Case } from "../../../shared/domain/case.ts";
import { publishReversal } from "../../../shared/queue/decision-events.ts";
import { exampleCase, exampleVerdict } from "../domain/examples.ts";
import { memoryTopic } from "../functions/ports.ts";
import { later } from "./alert-examples.ts";

// What docs/alerts.md tells readers of the feed: how to know what is newer, in whatever order events come.

/** A reader's rule: does `next` take the place of what was known of the item? */
const isNewer = (known: EventFacts, next: EventFacts): boolean => {
  const [one, other] = [known, next].map(({ item, decision }) => ({
    receivedAt: Date.parse(item?.receivedAt ?? ""),
    version: decision?.version ?? -1,
  }));
  if (!one || !other) throw new Error("no events");
  return other.receivedAt === one.receivedAt ? other.version > one.version : other.receivedAt > one.receivedAt;
};

const newestOf = (events: readonly EventFacts[]): EventFacts =>
  events.reduce((known, next) => (isNewer(known, next) ? next : known));

function* ordersOf<T>(all: readonly T[]): Generator<readonly T[]> {
  if (all.length <= 1) yield all;
  for (const [index, one] of all.entries()) for (const rest of ordersOf(all.toSpliced(index, 1))) yield [one, ...rest];
}

const verdictOf = (revision: string, minute: number) =>
  exampleVerdict({ ref: { kind: "post", id: "p", revision }, receivedAt: later(minute).toISOString() });

function decided(revision: string, receivedMinute: number, at: number, more: Partial<DecisionMessage>): EventFacts {
  const made = verdictOf(revision, receivedMinute);
  const seen: Case = exampleCase("p", made);
  const decision = {
    id: `d${at}`,
    outcome: "uphold",
    reason: "violates_policy",
    by: "key:m",
    at: later(at).toISOString(),
  } as const;
  const { ref, policy } = made;
  const message = {
    v: 1,
    event: "decision.made",
    tenant: made.tenant,
    caseId: seen.id,
    ref,
    action: "flag",
    labels: [],
    policy,
    decision,
    version: 2,
    ...more,
  } as const;
  const told = eventsOfDecision({ ...message, labels: [...message.labels] }, seen).find(
    ({ facts }) => facts.place === "decision",
  );
  if (!told) throw new Error("no decision");
  return told.facts;
}

const flagged = (revision: string, minute: number): EventFacts => {
  const [event] = eventsOfVerdict(verdictOf(revision, minute));
  if (!event) throw new Error("no verdict");
  return event.facts;
};

it("a later revision's last decision holds, whatever was decided about the one before, and in every order", () => {
  const ofFirst = [
    flagged("r1", 0),
    decided("r1", 0, 6, {}),
    decided("r1", 0, 9, { event: "decision.undone", version: 3 }),
  ];
  const ofSecond = [flagged("r2", 4), decided("r2", 4, 5, {})];
  for (const order of ordersOf(ofFirst)) expect(newestOf(order)).toBe(ofFirst[2]);
  for (const order of ordersOf([...ofFirst, ...ofSecond])) expect(newestOf(order)).toBe(ofSecond[1]);
});

it("an undo of an item without a case is over its verdict, and not over a later revision", async () => {
  const topic = memoryTopic();
  const undone = { by: "undo:1", at: later(30).toISOString(), from: "block", to: "allow" } as const;
  await publishReversal(topic, verdictOf("r1", 0), undone, 0);
  const message = topic.published[0]?.message as DecisionMessage;
  const told = eventsOfDecision(message, undefined).find(({ facts }) => facts.place === "decision")?.facts;
  if (!told) throw new Error("no reversal");
  expect(told.decision?.reversal).toEqual({ from: "block", to: "allow" });
  for (const order of ordersOf([flagged("r1", 0), told])) expect(newestOf(order)).toBe(told);
  const next = flagged("r2", 4);
  for (const order of ordersOf([flagged("r1", 0), told, next])) expect(newestOf(order)).toBe(next);
});
