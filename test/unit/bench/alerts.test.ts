import { describe, expect, it } from "vitest";
import { expecting } from "../../../bench/alerts/expected.ts";
import { waysOf } from "../../../bench/alerts/hops.ts";
import { keepPace } from "../../../bench/alerts/pace.ts";
import { mixedSubscriptions, platformSubscriptions, streamSubscriptions } from "../../../bench/alerts/subscribers.ts";
import { postsOf, verdictsOf } from "../../../bench/alerts/verdicts.ts";
import { compileSubscriptions } from "../../../shared/alerts/match-subscriptions.ts";
import { item } from "../../../shared/domain/item.ts";
import { type Subscription, subscription } from "../../../shared/domain/subscription.ts";
import { verdict } from "../../../shared/domain/verdict.ts";

const NOW = new Date("2026-11-23T00:00:00.000Z");
const PLAN = { tenant: "mixd", prefix: "v-", seed: 1, share: 0.1, brands: { first: 0, count: 200 } };

const made = (wants: readonly object[]): Subscription[] =>
  wants.map((wanted, n) => {
    const { channel } = wanted as { readonly channel: { readonly type: string } };
    return subscription.parse({
      id: `sub_${String(n).padStart(12, "0")}`,
      tenant: "mixd",
      version: 1,
      document: {
        name: `No. ${n}`,
        places: ["verdict"],
        timing: { kind: "immediate" },
        perHour: 600,
        ...wanted,
        channel: {
          ...channel,
          ...(channel.type === "webhook" && { url: "https://a.example/", stream: false, ...channel }),
        },
      },
      owner: { actor: "key:bench", role: "admin" },
      createdAt: NOW.toISOString(),
      changedAt: NOW.toISOString(),
      changedBy: "key:bench",
    });
  });

describe("what the bench of alerts sends", () => {
  it("is valid, and a tenth of the verdicts is flagged", () => {
    const next = verdictsOf(PLAN);
    const verdicts = Array.from({ length: 500 }, () => verdict.parse(next(NOW)));
    const flagged = verdicts.filter(({ action }) => action === "flag").length;
    expect(flagged).toBeGreaterThan(25);
    expect(flagged).toBeLessThan(100);
    const post = postsOf(PLAN);
    for (let n = 0; n < 20; n += 1) item.parse(post(NOW));
  });

  it.each([mixedSubscriptions, streamSubscriptions, platformSubscriptions])(
    "has conditions that can be read: %o",
    (of) => {
      const all = made(of(1_000));
      expect(compileSubscriptions(all).unreadable).toEqual([]);
    },
  );

  it("tells a flagged verdict to one to three webhooks, and every one where a platform streams", () => {
    const next = verdictsOf(PLAN);
    const verdicts = Array.from({ length: 1_000 }, () => next(NOW));
    const mixed = expecting(made(mixedSubscriptions(1_000)))(verdicts);
    expect(mixed.matched).toBeLessThan(200);
    expect(mixed.messages.size / mixed.matched).toBeGreaterThan(1);
    expect(mixed.messages.size / mixed.matched).toBeLessThan(3.01);
    const stream = expecting(made(streamSubscriptions(1_000)))(verdicts);
    expect([stream.matched, stream.messages.size]).toEqual([1_000, 1_000]);
  });

  it("expects an alert once, when it begins", () => {
    const next = verdictsOf({ ...PLAN, share: 1, brands: { first: 0, count: 1 } });
    const expects = expecting(
      made([{ filter: { brands: ["brand-0"], kinds: ["post"] }, channel: { type: "webhook" } }]),
    );
    const some = () => Array.from({ length: 200 }, () => next(NOW));
    const [first, second] = [expects(some()), expects(some())];
    // Posts are grouped by their gravest label, of which there are four.
    expect([first.messages.size, second.messages.size]).toEqual([4, 0]);
    expect(second.matches).toBeGreaterThan(50);
  });
});

it("puts a message's way together from what functions were given", () => {
  const record = (body: object, sent: number) => ({
    body: JSON.stringify(body),
    attributes: { SentTimestamp: String(sent) },
  });
  const invoked = (name: string, began: number, ...Records: object[]) => ({
    name,
    began,
    ended: began + 9,
    event: JSON.stringify({ Records }),
  });
  const arrival = { how: "hook", name: "sub", signed: true, about: "event v-1", item: "v-1", receivedAt: 0 };
  const ways = waysOf(
    [
      { ...arrival, id: "msg_1", since: 100, at: 190 },
      { ...arrival, id: "msg_of_a_retry", since: 100, at: 190 },
    ],
    [
      invoked("match-alerts", 120, record({ verdict: { ref: { id: "v-1" } } }, 103)),
      invoked("deliver", 160, record({ delivery: "msg_1" }, 150)),
      // What comes again is not the first attempt.
      invoked("deliver", 990, record({ delivery: "msg_1" }, 150)),
    ],
  );
  expect(ways).toEqual([{ topic: 3, alertsQueue: 17, matching: 30, deliveriesQueue: 10, delivering: 30 }]);
});

it("sends every burst, and does not wait for the one before", async () => {
  const gate = Promise.withResolvers<void>();
  let sent = 0;
  await keepPace({ rate: 1_000, seconds: 0.05, burst: 10 }, async (_due, count) => {
    sent += count;
    if (sent === 50) gate.resolve();
    await gate.promise;
  });
  expect(sent).toBe(50);
  await expect(
    keepPace({ rate: 1_000, seconds: 0.05, burst: 10 }, () => Promise.reject(new Error("refused"))),
  ).rejects.toThrow("refused");
});
