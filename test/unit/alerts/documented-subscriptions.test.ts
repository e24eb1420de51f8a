import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { type AlertEvent, eventsOfVerdict } from "../../../shared/alerts/alert-event.ts";
import { checkSubscription } from "../../../shared/alerts/check-subscription.ts";
import { compileSubscriptions } from "../../../shared/alerts/match-subscriptions.ts";
import { subscriptionDocument } from "../../../shared/domain/subscription.ts";
import { exampleVerdict } from "../domain/examples.ts";
import { exampleSubscription, labelled, reviewEvent, verdictEvent } from "./alert-examples.ts";

// The subscriptions that docs/alerts.md shows are ones that can be saved, and hear of what it says that they hear of.

const documents = [...readFileSync("docs/alerts.md", "utf8").matchAll(/^```json\n(.*?)^```/gms)].map(
  ([, code = ""]) => JSON.parse(code) as { readonly name: string },
);
const documentOf = (name: string) => {
  const found = documents.find((one) => one.name === name);
  if (!found) throw new Error(`docs/alerts.md shows no subscription "${name}"`);
  return found;
};
const hears = (name: string, event: AlertEvent): boolean =>
  compileSubscriptions([exampleSubscription({ ...documentOf(name) })]).match(event).length === 1;

it("each can be saved as it stands", () => {
  expect(documents).toHaveLength(5);
  for (const document of documents) expect(checkSubscription(subscriptionDocument.parse(document))).toEqual([]);
});

describe("who wants to hear", () => {
  const ofRailway = (rating: number) =>
    reviewEvent(1, { brandIds: ["river-line"], action: "allow", features: { rating } });

  it("of unhappy passengers hears of a low rating that was allowed, and of no high one", () => {
    expect([1, 2, 3, 5].map((rating) => hears("Unhappy passengers", ofRailway(rating)))).toEqual([
      true,
      true,
      false,
      false,
    ]);
  });

  it("of side effects hears of each, whatever was done with it", () => {
    const told = (["allow", "flag", "hold"] as const).map((action) =>
      hears(
        "Side effects to report",
        verdictEvent({ brandIds: ["cardiolin"], labels: [labelled("adverse_event", 2)], action }),
      ),
    );
    expect(told).toEqual([true, true, true]);
  });

  it("of a storm hears of it where it is about its hotel", () => {
    const ofTarget = (targetId: string) =>
      eventsOfVerdict(
        exampleVerdict({
          ref: { kind: "review", id: "review-1", revision: "r1" },
          surface: "review",
          targetId,
          features: { rating: 1 },
          labels: [labelled("rating_storm")],
        }),
      ).find(({ facts }) => facts.place === "target");
    for (const [target, heard] of [
      ["quayside-hotel", true],
      ["hotel-2", false],
    ] as const) {
      const event = ofTarget(target);
      expect(event && hears("Storms at the Quayside", event)).toBe(heard);
    }
  });

  it("of everything that a platform acts on hears of what was flagged, not of what passed", () => {
    expect(hears("Our moderation service", verdictEvent({ action: "hold" }))).toBe(true);
    expect(hears("Our moderation service", verdictEvent({ action: "allow" }))).toBe(false);
  });
});
