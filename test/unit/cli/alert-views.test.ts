import { describe, expect, it } from "vitest";
import { alertLines, alertRow } from "../../../cli/views/alert-view.ts";
import { subscriptionLines, subscriptionRow } from "../../../cli/views/subscription-view.ts";
import { alertViewOf } from "../../../functions/alerts/alert-view.ts";
import { alertIdOf, openAlert } from "../../../shared/alerts/alert-life.ts";
import { subscriptionViewOf } from "../../../shared/alerts/subscription-view.ts";
import { caseIdOf } from "../../../shared/domain/case.ts";
import { exampleSubscription, labelled, reviewEvent, subscriptionNo } from "../alerts/alert-examples.ts";
import { NOW } from "../domain/examples.ts";

const document = {
  name: "Night\u202etrains",
  filter: { targets: ["hotel-1"], minSeverity: 3 },
  when: "item.rating <= 2.0",
  quiet: { from: "22:00", to: "07:00", timeZone: "Europe/Zurich" },
  duty: { ackMinutes: 15, escalateTo: subscriptionNo(2) },
};
const subscription = exampleSubscription(document);
const shown = subscriptionViewOf(subscription, { actor: "key:1", role: "admin" });

describe("subscriptions on a terminal", () => {
  it("are a row each, with nothing that could play with it", () => {
    expect(subscriptionRow(shown)).toEqual([
      subscription.id,
      "Night<U+202E>trains",
      "verdict",
      "webhook receiver.example",
      "at once",
      "active",
    ]);
  });

  it("say all that they ask for", () => {
    const paused = { why: "failing", at: NOW.toISOString() } as const;
    const lines = subscriptionLines({ ...shown, state: "paused", paused });
    expect(lines).toEqual([
      `${subscription.id}  Night<U+202E>trains`,
      "state: failing; version 1, changed 2026-11-22 12:00 UTC by key:1",
      "owner: key:1 as admin",
      "hears of: verdict",
      "  targets: hotel-1",
      "  minSeverity: 3",
      "  when: item.rating <= 2.0",
      "by: webhook receiver.example, at once, at most 60 an hour",
      "quiet: 22:00 to 07:00 Europe/Zurich, but for severe safety",
      `duty: acknowledged within 15 minutes, or passed on to ${subscriptionNo(2)}`,
    ]);
  });
});

describe("alerts on a terminal", () => {
  const event = reviewEvent(1, { labels: [labelled("adverse_event")] });
  const subject = { by: "item", id: "review.review-1.r1" } as const;
  const id = alertIdOf(subscription.id, subject, event.facts.id, NOW);
  const alert = openAlert(subscription, event, { id, subject, notice: { kind: "now" } }, NOW);

  it("say what must be acknowledged, until when, and lead to their cases", () => {
    const view = alertViewOf(alert, subscription);
    expect(alertRow(view)).toEqual([
      "2026-11-22 12:00",
      id,
      "TO ACKNOWLEDGE",
      "1 review: possible side effect to report",
    ]);
    expect(alertLines(view)).toEqual([
      "1 review: possible side effect to report",
      `${id}  TO ACKNOWLEDGE, until 2026-11-22 12:15 UTC`,
      `by ${subscription.id} Night<U+202E>trains; about item review.review-1.r1`,
      "1 from 2026-11-22 11:59 to 2026-11-22 11:59 UTC: 1 flag",
      `  review review-1 r1  case ${caseIdOf("acme", { kind: "review", id: "review-1", revision: "r1" })}`,
      "record:",
      "  2026-11-22 12:00 opened (1 by then)",
      "  2026-11-22 12:00 told (1 by then)",
    ]);
  });

  it("say to whom they could not be passed on, and who took them", () => {
    const at = NOW.toISOString();
    const record = [
      { at, what: "not_reached", to: subscriptionNo(2), why: "paused" },
      { at, what: "escalated", to: "inbox" },
      { at, what: "acknowledged", by: "lena" },
    ] as const;
    expect(alertLines(alertViewOf({ ...alert, record: [...record] }, subscription)).slice(-3)).toEqual([
      `  2026-11-22 12:00 not reached (${subscriptionNo(2)}, which is paused)`,
      "  2026-11-22 12:00 escalated (inbox)",
      "  2026-11-22 12:00 acknowledged (by lena)",
    ]);
  });

  it("say of which words nobody was told", () => {
    const at = NOW.toISOString();
    const record = [
      { at, what: "in_inbox", why: "paused" },
      { at, what: "in_inbox" },
      { at, what: "grown", to: "inbox", why: "paused", count: 40 },
    ] as const;
    expect(alertLines(alertViewOf({ ...alert, record: [...record] }, subscription)).slice(-3)).toEqual([
      "  2026-11-22 12:00 in the inbox only (since the subscription was paused)",
      "  2026-11-22 12:00 in the inbox only",
      "  2026-11-22 12:00 grown (in the inbox only, since the subscription was paused, 40 by then)",
    ]);
  });

  it("stay readable where their subscription is gone", () => {
    expect(alertViewOf(alert, undefined).subscription.name).toBe("a deleted subscription");
  });
});
