import { describe, expect, it } from "vitest";
import {
  type Document,
  documentOf,
  draftOf,
  missingIn,
  newSubscriptionId,
} from "../../../console/pages/subscriptions/subscription-draft.ts";
import { subscriptionId } from "../../../shared/domain/alert.ts";
import { subscriptionDocument } from "../../../shared/domain/subscription.ts";

const ZONE = "Europe/Zurich";

const documents: Readonly<Record<string, Document>> = {
  least: {
    name: "Inbox",
    places: ["case"],
    filter: {},
    channel: { type: "inbox" },
    timing: { kind: "immediate" },
    perHour: 60,
  },
  all: {
    name: "Everything",
    places: ["verdict", "target"],
    filter: {
      kinds: ["review"],
      brands: ["glow", "beam"],
      targets: ["lamp"],
      accounts: ["a.1"],
      labels: ["spam", "scam"],
      minSeverity: 3,
      actions: ["hold", "block"],
      languages: ["en", "pt-BR"],
    },
    when: 'item.kind == "review"',
    channel: { type: "slack", url: "https://hooks.slack.com/…" },
    timing: { kind: "digest", every: "day", at: "07:30", timeZone: ZONE },
    quiet: { from: "22:00", to: "06:00", timeZone: "UTC" },
    perHour: 5,
    duty: { ackMinutes: 30, escalateTo: "sub_escalation00" },
  },
  stream: {
    name: "Platform",
    places: ["decision"],
    filter: {},
    channel: { type: "webhook", url: "https://receiver.example/in", stream: true },
    timing: { kind: "immediate" },
    perHour: 60,
  },
};

describe("a subscription's draft", () => {
  it.each(Object.entries(documents))("is the document again: %s", (_, document) => {
    const draft = draftOf(document);
    expect(missingIn(draft)).toEqual({});
    expect(documentOf(draft)).toEqual(document);
  });

  it("leaves out of a stream what streams do not have", () => {
    const { stream, all } = documents;
    const draft = { ...draftOf(all), channel: "webhook" as const, url: "https://receiver.example/in", stream: true };
    const sent = subscriptionDocument.parse(documentOf(draft));
    expect(sent).toMatchObject({ channel: stream?.channel, timing: { kind: "immediate" } });
    expect(sent).not.toHaveProperty("quiet");
    expect(sent).not.toHaveProperty("duty");
  });

  it("says what is missing before anything is sent", () => {
    const draft = draftOf(undefined);
    expect(Object.keys(missingIn(draft))).toEqual(["name", "places"]);
    const wrong = { ...draft, name: "x", places: ["case" as const], channel: "email" as const, perHour: "0" };
    expect(Object.keys(missingIn(wrong))).toEqual(["to", "perHour"]);
    const times = { ...wrong, to: "a@b.example", perHour: "60", timing: "day" as const, at: "25:00", isQuiet: true };
    expect(Object.keys(missingIn({ ...times, quietTo: times.quietFrom, hasDuty: true, ackMinutes: "1441" }))).toEqual([
      "at",
      "quietTo",
      "ackMinutes",
      "escalateTo",
    ]);
  });

  it("makes ids that fit", () => {
    expect(subscriptionId.safeParse(newSubscriptionId()).success).toBe(true);
  });
});
