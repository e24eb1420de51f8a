import { describe, expect, it } from "vitest";
import { deliveryLines, deliveryRow } from "../../../cli/views/delivery-view.ts";
import { endpointLines } from "../../../cli/views/endpoint-view.ts";
import { viewDelivery } from "../../../functions/deliveries/delivery-view.ts";
import { concluded, type Delivery, postponed, withAttempt } from "../../../shared/domain/delivery.ts";
import { NOW } from "../domain/examples.ts";

const at = NOW.toISOString();
const made: Delivery = {
  id: `msg_${"a".repeat(22)}`,
  tenant: "acme",
  subscription: "sub_aaaaaaaaaaaa",
  type: "alert.opened",
  channel: "webhook",
  about: "alr_20261122T120000000_abcdefghij012345",
  createdAt: at,
  state: "waiting",
  attempts: [],
  round: { since: at, attempts: 0 },
  version: 1,
};
const tried = withAttempt(made, { at, ms: 812, outcome: "status", status: 500 });
const replay = `\`deliveries replay ${made.id}\` sends it again`;

describe("a delivery on a terminal", () => {
  it("that waits says what it tells of, how the last attempt went, and when the next is", () => {
    const view = viewDelivery(postponed(tried, new Date("2026-11-22T12:00:05Z")));
    expect(deliveryRow(view)).toEqual([
      "2026-11-22 12:00:00",
      made.id,
      "alert opened",
      "waiting",
      "1",
      "500",
      "2026-11-22 12:00:05",
    ]);
    expect(deliveryLines(view)).toEqual([
      `${made.id}  waiting`,
      "tells of: alert opened alr_20261122T120000000_abcdefghij012345",
      "to: sub_aaaaaaaaaaaa by webhook; made 2026-11-22 12:00:00 UTC",
      "why: The receiver failed (500). Look at its log.",
      "next try: 2026-11-22 12:00:05 UTC",
      "1 attempt, the first at the top:",
      "  2026-11-22 12:00:00  500 after 812 ms. The receiver failed (500). Look at its log.",
    ]);
  });

  it.each([
    ["attempts_used_up", [replay]],
    ["paused_failing", [`\`subscriptions enable sub_aaaaaaaaaaaa\`, then ${replay}`]],
    ["paused_owner_gone", [`\`subscriptions enable sub_aaaaaaaaaaaa\`, then ${replay}`]],
    ["subscription_deleted", []],
  ])("that ended as %s says what can be done", (reason, help) => {
    const lines = deliveryLines(viewDelivery(concluded(tried, "cancelled", reason)));
    expect(lines.slice(6)).toEqual(help);
  });

  it("that was never tried, or arrived, says so and no more", () => {
    expect(deliveryLines(viewDelivery(made)).slice(3)).toEqual(["no attempt yet"]);
    const taken = withAttempt(tried, { at, ms: 40, outcome: "delivered", status: 200 });
    const view = viewDelivery(concluded(taken, "delivered"));
    expect(deliveryRow(view).slice(3)).toEqual(["delivered", "2", "", ""]);
    expect(deliveryLines(view).at(-1)).toBe("  2026-11-22 12:00:00  200 after 40 ms. The receiver took it.");
  });

  it("of a test offers another, since tests are not replayed", () => {
    const view = viewDelivery(concluded({ ...tried, type: "subscription.test" }, "failed", "test"));
    expect(deliveryLines(view).at(-1)).toBe("`subscriptions test sub_aaaaaaaaaaaa` sends another");
    expect(deliveryRow(view)[5]).toBe("test: 500");
  });
});

describe("a receiver on a terminal", () => {
  const since = "2026-11-22T10:00:00.000Z";

  it("that is left alone says until when, since when it fails, and which secrets sign", () => {
    const shown = endpointLines(
      {
        state: "open",
        failures: 4,
        failingSince: since,
        openUntil: "2026-11-22T12:00:30.000Z",
        secrets: [{ since }, { since, until: "2026-11-23T10:00:00.000Z" }],
      },
      "sub_aaaaaaaaaaaa",
    );
    expect(shown).toEqual([
      "failing, and not called until 2026-11-22 12:00:30 UTC; then one message tries",
      "4 failures in a row, since 2026-11-22 10:00:00 UTC",
      "a secret signs since 2026-11-22 10:00:00 UTC",
      "the one before signs beside it until 2026-11-23 10:00:00 UTC",
    ]);
  });

  it("that is no webhook has no secret to ask for", () => {
    const well = { state: "well" as const, failures: 0, secrets: [] };
    expect(endpointLines(well, undefined)).toEqual(["well: nothing has failed since it last answered"]);
    expect(endpointLines(well, "sub_aaaaaaaaaaaa")).toHaveLength(2);
  });
});
