import type { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { describe, expect, it } from "vitest";
import { type WireItem, type WireValue, writeUnits } from "../../../bench/count/item-size.ts";
import { eventsOfVerdict } from "../../../shared/alerts/alert-event.ts";
import { eventsOfDecision } from "../../../shared/alerts/case-events.ts";
import type { EventFacts } from "../../../shared/domain/alert-event.ts";
import { eventFeed } from "../../../shared/store/event-feed.ts";
import { labelled } from "../alerts/alert-examples.ts";
import { exampleCase, exampleVerdict, NOW } from "../domain/examples.ts";

// What docs/alerts.md says that an event in the feed costs.

const wireOf = (value: unknown): WireValue => {
  if (Array.isArray(value)) return { L: value.map(wireOf) };
  if (typeof value === "number") return { N: String(value) };
  if (typeof value === "object" && value !== null) return { M: wiresOf(value) };
  return { S: String(value) };
};
const wiresOf = (row: object): WireItem =>
  Object.fromEntries(Object.entries(row).map(([name, value]) => [name, wireOf(value)]));

/** Write units of each row that appending an event writes. */
async function unitsOf(event: EventFacts | undefined): Promise<readonly number[]> {
  if (!event) throw new Error("no event");
  const rows: WireItem[] = [];
  const send = async ({ input }: { input: { Item: object } }) => rows.push(wiresOf(input.Item));
  const client = { send } as unknown as DynamoDBDocumentClient;
  await eventFeed({ client, name: "deliveries" }).append(event, () => NOW);
  return rows.map(writeUnits);
}

const ids = {
  ref: { kind: "post", id: "p".repeat(36), revision: "2026-11-23T12:00:00.000Z" },
  authorId: "a".repeat(36),
} as const;

describe("an event in the feed", () => {
  it("takes one write unit, of one row in no index, where its item has a label or two", async () => {
    for (const labels of [[], [labelled("insult")], [labelled("insult"), labelled("threat")]]) {
      const [event] = eventsOfVerdict(exampleVerdict({ ...ids, labels, brandIds: ["b".repeat(20)] }));
      expect(await unitsOf(event?.facts)).toEqual([1]);
    }
  });

  it("takes two with as many labels and brands as there can be; a decision takes one", async () => {
    const many = { ...ids, labels: Array.from({ length: 12 }, () => labelled("fake_review.brigade")) };
    const [event] = eventsOfVerdict(
      exampleVerdict({ ...many, brandIds: Array.from({ length: 20 }, (_, n) => `${n}`.repeat(20)) }),
    );
    expect(await unitsOf(event?.facts)).toEqual([2]);
    const { id: caseId, ref, verdict } = exampleCase();
    const decision = {
      id: "d".repeat(36),
      outcome: "uphold",
      reason: "violates_policy",
      by: "key:m",
      at: NOW.toISOString(),
    } as const;
    const message = {
      v: 1,
      event: "decision.made",
      tenant: "acme",
      caseId,
      ref,
      action: "flag",
      labels: [],
      policy: verdict.policy,
      decision,
      version: 2,
    } as const;
    for (const { facts } of eventsOfDecision({ ...message, labels: [...message.labels] }, exampleCase()))
      expect(await unitsOf(facts)).toEqual([1]);
  });
});
