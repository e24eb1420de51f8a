import { describe, expect, it } from "vitest";
import { eventOfBreaker } from "../../../shared/alerts/alert-event.ts";
import { alertIdOf, openAlert } from "../../../shared/alerts/alert-life.ts";
import { eventOfOpenedCase } from "../../../shared/alerts/case-events.ts";
import { groupKeysOf } from "../../../shared/alerts/group-keys.ts";
import { headlineOf } from "../../../shared/alerts/headline.ts";
import { alertMessage, eventMessage, gatheredMessage } from "../../../shared/alerts/told-facts.ts";
import type { Alert } from "../../../shared/domain/alert.ts";
import { caseIdOf, openCase } from "../../../shared/domain/case.ts";
import { clusterKeyOf } from "../../../shared/domain/cluster-key.ts";
import { outgoing } from "../../../shared/domain/outgoing.ts";
import { exampleVerdict, NOW } from "../domain/examples.ts";
import { exampleSubscription, labelled, later, reviewEvent, verdictEvent } from "./alert-examples.ts";

const subscription = exampleSubscription();
const alertOf = (event: ReturnType<typeof reviewEvent>, tally: Partial<Alert["tally"]> = {}): Alert => {
  const [subject] = groupKeysOf(event);
  const id = alertIdOf(subscription.id, subject, event.facts.id, NOW);
  const made = openAlert(subscription, event, { id, subject, notice: { kind: "now" } }, NOW);
  return { ...made, tally: { ...made.tally, ...tally } };
};

describe("what is grouped", () => {
  const keys = (...of: Parameters<typeof groupKeysOf>) => groupKeysOf(...of).map(({ by, id }) => `${by} ${id}`);

  it("is a target's reviews, a label's posts, an account's audience, and what reads alike", () => {
    expect(keys(reviewEvent(1))).toEqual(["target hotel-1"]);
    expect(keys(reviewEvent(1, {}, "same-words"))).toEqual(["target hotel-1", "cluster same-words"]);
    expect(keys(verdictEvent())).toEqual(["label insult"]);
    const ref = { kind: "audience", id: "star", revision: "3" } as const;
    expect(keys(verdictEvent({ ref, authorId: "star" }))).toEqual([`account ${caseIdOf("acme", ref)}`]);
  });

  it("is never one duty with another, but for near-duplicates", () => {
    const made = { labels: [labelled("adverse_event")] };
    expect(keys(reviewEvent(1, made))).toEqual(["item review.review-1.r1"]);
    expect(keys(reviewEvent(2, made))).not.toEqual(keys(reviewEvent(1, made)));
    expect(keys(reviewEvent(2, made, "same-words"))).toEqual(["cluster duty.same-words", "item review.review-2.r1"]);
    expect(keys(reviewEvent(3, {}, "same-words"))).not.toContain("cluster duty.same-words");
  });

  it.each(["rating_storm", "fake_review.brigade"] as const)("is never one duty with another of its %s", (label) => {
    const made = { labels: [labelled("adverse_event"), labelled(label)] };
    const cluster = (n: number) => String(n).padStart(22, "w");
    expect(keys(reviewEvent(1, made, cluster(1)))).toEqual([`cluster duty.${cluster(1)}`, "item review.review-1.r1"]);
    // Its case knows of no other cluster than the storm's.
    const ref = { kind: "review", id: "review-1", revision: "r1" } as const;
    const verdict = exampleVerdict({ ...made, ref, targetId: "drug-1", cluster: cluster(1) });
    const key = clusterKeyOf(verdict) ?? "";
    expect(key).not.toBe(cluster(1));
    expect(keys(eventOfOpenedCase(openCase({ ...verdict, cluster: key }, NOW)))).toEqual(["item review.review-1.r1"]);
    const { targetId: _, ...alone } = verdict;
    expect(keys(eventOfOpenedCase(openCase(alone, NOW)))).toEqual([
      `cluster duty.${cluster(1)}`,
      "item review.review-1.r1",
    ]);
  });
});

describe("a headline", () => {
  it("says how many in how long, the share of one star, and of what", () => {
    const storm = alertOf(reviewEvent(1), {
      count: 214,
      lastAt: later(40, new Date(reviewEvent(1).facts.at)).toISOString(),
      stars: [61, 9, 10, 10, 10],
      labels: { rating_storm: 200, insult: 20 },
    });
    expect(headlineOf(storm)).toBe("214 reviews in 40 minutes, 61% with one star: many ratings at once, insult");
    expect(headlineOf(alertOf(verdictEvent()))).toBe("1 post: insult");
  });

  it("has the gravest of its labels first, and says once what they are all consistent with", () => {
    const threat = verdictEvent({ labels: [labelled("harassment"), labelled("insult"), labelled("threat", 6)] });
    expect(headlineOf(alertOf(threat))).toBe("1 post: threat of violence, harassment, insult");
    const group = reviewEvent(1, { labels: [labelled("fake_review.fabricated"), labelled("fake_review.brigade", 5)] });
    expect(headlineOf(alertOf(group))).toBe("1 review: review consistent with a co-ordinated group, fabrication");
  });

  it("says what the breaker holds", () => {
    const at = NOW.toISOString();
    const quarantine = {
      id: "q",
      subject: "rule",
      name: "insult",
      kind: "post",
      effect: "flag",
      at,
      until: at,
      usual: 0.01,
      factor: 5,
      seen: 0.2,
      hits: 20,
      items: 100,
    } as const;
    const event = eventOfBreaker("acme", { id: "e1", type: "breaker.opened", at, quarantine });
    expect(headlineOf(alertOf(event))).toBe(
      'The flood breaker holds the rule "insult" among posts: 20% where at most 1% is usual',
    );
  });
});

describe("what is handed over", () => {
  const event = verdictEvent();
  const alert = alertOf(event);

  it("fits its schema, each by its own id, the same again by the same", () => {
    const made = [
      eventMessage(subscription, event.facts),
      alertMessage(subscription, "alert.opened", alert, { at: alert.openedAt, sequence: 0 }),
      alertMessage(subscription, "alert.grown", alert, { at: alert.openedAt, sequence: 1 }),
      gatheredMessage(subscription, "rate", [alert, alertOf(reviewEvent(2))], later(60).toISOString()),
    ];
    for (const one of made) expect(outgoing.parse(one)).toEqual(one);
    expect(new Set(made.map(({ id }) => id)).size).toBe(made.length);
    expect(eventMessage(subscription, event.facts).id).toBe(made[0]?.id);
  });

  it("counts all that was gathered and shows the gravest first", () => {
    const many = Array.from({ length: 70 }, (_, n) => alertOf(reviewEvent(n, { severity: n % 8 }), { count: n + 1 }));
    const { data } = gatheredMessage(subscription, "digest", many, later(60).toISOString());
    if (data.about !== "alerts") throw new Error("not gathered");
    expect(data.alerts).toMatchObject({ alerts: 70, events: (70 * 71) / 2 });
    expect(data.alerts.shown).toHaveLength(50);
    expect(data.alerts.shown[0]?.tally.worst).toBe(7);
    expect(data.alerts.headline).toBe("Your digest: 70 alerts of 2485 events");
  });

  it("says nothing of reach or of the features of a text", () => {
    const told = JSON.stringify(
      eventMessage(subscription, verdictEvent({ features: { follower_count: 9_999, words: 777 } }).facts),
    );
    expect(told).not.toContain("9999");
    expect(told).not.toContain("777");
  });
});
