import { describe, expect, it } from "vitest";
import { type AlertMessage, matchAlerts } from "../../../functions/match-alerts/match-alerts.ts";
import { eventsOfVerdict, isDuty, isUrgent } from "../../../shared/alerts/alert-event.ts";
import { eventsOfDecision } from "../../../shared/alerts/case-events.ts";
import { compileSubscriptions } from "../../../shared/alerts/match-subscriptions.ts";
import { type DecisionMessage, decisionMessage, verdictMessage } from "../../../shared/contracts/messages.ts";
import type { EventFacts } from "../../../shared/domain/alert-event.ts";
import { PLACES } from "../../../shared/domain/alert-place.ts";
import { type Case, caseIdOf } from "../../../shared/domain/case.ts";
import type { Subscription } from "../../../shared/domain/subscription.ts";
import type { TenantSettings } from "../../../shared/domain/tenant.ts";
import { exampleSubscription, labelled, later, subscriptionNo } from "../alerts/alert-examples.ts";
import { exampleCase, exampleVerdict, NOW } from "../domain/examples.ts";
import { settingsOf } from "./ports.ts";

const ALL = exampleSubscription({ places: [...PLACES] }, { id: subscriptionNo(1) });

function matcher(
  subscriptions: readonly Subscription[],
  cases: readonly Case[] = [],
  more: Partial<TenantSettings> = {},
) {
  const told: { readonly to: string; readonly facts: EventFacts }[] = [];
  const fed: EventFacts[] = [];
  const failing = new Set<string>();
  const sentOn: { readonly message: AlertMessage; readonly seconds: number }[] = [];
  const run = matchAlerts({
    subscriptionsOf: async () => compileSubscriptions(subscriptions),
    settingsOf: settingsOf({ alerts: { places: ["verdict"], allowed: [] }, ...more }),
    cases: { get: async (_, id) => cases.find((one) => one.id === id) },
    feed: {
      append: async (event) => {
        fed.push(event);
      },
    },
    tell: async ({ id }, { facts }) => {
      if (failing.has(id)) throw new Error("not told");
      told.push({ to: id, facts });
    },
    sendOn: async (message, seconds) => {
      sentOn.push({ message, seconds });
    },
    clock: () => NOW,
  });
  const step = (message: AlertMessage, remainingMs = () => 20_000) => run(message, { remainingMs });
  return { step, told, fed, failing, sentOn, types: () => told.map(({ facts }) => facts.type) };
}

const decided = (more: Partial<DecisionMessage> = {}): DecisionMessage => {
  const { id, ref, verdict } = exampleCase();
  return {
    v: 1,
    event: "decision.made",
    tenant: "acme",
    caseId: id,
    ref,
    action: verdict.action,
    labels: ["insult"],
    policy: verdict.policy,
    decision: { id: "d1", outcome: "uphold", reason: "violates_policy", by: "key:m", at: later(5).toISOString() },
    version: 2,
    ...more,
  };
};
const verdict = (more = {}): AlertMessage => ({ v: 1, verdict: exampleVerdict(more) });

describe("what reaches subscribers", () => {
  it("is a verdict, once to each though it is news of the target as well", async () => {
    const ofTarget = exampleSubscription({ places: ["target"] }, { id: subscriptionNo(2) });
    const { step, told } = matcher([ALL, ofTarget]);
    const ref = { kind: "review", id: "r", revision: "1" };
    await step(verdict({ ref, targetId: "hotel", labels: [labelled("rating_storm")] }));
    expect(told.map(({ to, facts }) => [to, facts.type])).toEqual([
      [ALL.id, "verdict.flagged"],
      [ofTarget.id, "target.flagged"],
    ]);
  });

  it("is each of a message's events to a platform's stream", async () => {
    const channel = { type: "webhook", url: "https://platform.example/in", stream: true };
    const stream = exampleSubscription({ places: [...PLACES], channel }, { id: subscriptionNo(2) });
    const { step, told } = matcher([ALL, stream], [exampleCase()]);
    const toEach = () => told.map(({ to, facts }) => [to, facts.type]).sort();
    const ref = { kind: "review", id: "r", revision: "1" };
    await step(verdict({ ref, targetId: "hotel", labels: [labelled("rating_storm")] }));
    expect(toEach()).toEqual([
      [ALL.id, "verdict.flagged"],
      [stream.id, "target.flagged"],
      [stream.id, "verdict.flagged"],
    ]);
    told.length = 0;
    await step(decided());
    expect(toEach()).toEqual([
      [ALL.id, "case.decided"],
      [stream.id, "case.decided"],
      [stream.id, "decision.made"],
    ]);
  });

  it("weighs the same whichever of a message's events is told", async () => {
    const ref = { kind: "review", id: "r", revision: "1" } as const;
    const grave = { labels: [labelled("rating_storm"), labelled("adverse_event", 6)], lane: "severe_safety" } as const;
    const message = exampleVerdict({ ref, targetId: "hotel", ...grave, labels: [...grave.labels] });
    const ofMessages = [
      eventsOfVerdict(message),
      ...[decided(), decided({ event: "decision.undone" })].map((one) => eventsOfDecision(one, exampleCase())),
    ];
    for (const events of ofMessages) {
      expect(events.length).toBe(2);
      expect(
        new Set(events.map((event) => JSON.stringify([isDuty(event), isUrgent(event), event.facts.item]))).size,
      ).toBe(1);
    }
  });

  it("is a decision, with what the case says of the item's brands", async () => {
    const mine = exampleSubscription({ places: ["decision"], filter: { brands: ["shoes"] } });
    const ofShoes = { ...exampleCase("post-1", { brandIds: ["shoes", "hats"] }) };
    const { step, told } = matcher([mine], [ofShoes]);
    await step(decided());
    expect(told[0]?.facts).toMatchObject({
      type: "decision.made",
      at: later(5).toISOString(),
      item: { ref: { id: "post-1" }, brands: ["shoes", "hats"] },
      decision: { id: "d1", outcome: "uphold", version: 2 },
    });
  });

  it("says of an undo what the action was and what it is now", async () => {
    const { step, told } = matcher([exampleSubscription({ places: ["decision"] })], [exampleCase()]);
    await step(decided({ reversal: { from: "block", to: "flag" } }));
    await step(decided());
    expect(told.map(({ facts }) => facts.decision?.reversal)).toEqual([{ from: "block", to: "flag" }, undefined]);
  });

  it("says of a decision whose case is gone no more than its message does", async () => {
    const { step, told } = matcher([ALL, exampleSubscription({ places: ["decision"], filter: { brands: ["shoes"] } })]);
    await step(decided());
    expect(told).toHaveLength(1);
    expect(told[0]?.facts.item).toMatchObject({ brands: [], labels: [{ label: "insult" }] });
  });

  it.each([
    [decided(), ["case.decided"]],
    [decided({ event: "decision.undone" }), ["case.reopened"]],
    [decided({ event: "case.reopened" }), ["case.reopened"]],
    [decided({ decision: { ...decided().decision, outcome: "escalate" } }), ["case.escalated"]],
  ] as const)("names what happened to a case", async (message, expected) => {
    const { step, types } = matcher([exampleSubscription({ places: ["case"] })], [exampleCase()]);
    await step(message);
    expect(types()).toEqual(expected);
  });

  it("is a case that was opened, and the breaker", async () => {
    const { step, types } = matcher([ALL], [exampleCase()]);
    const id = caseIdOf("acme", exampleCase().ref);
    await step({ v: 1, tenant: "acme", event: { type: "case.opened", case: id, at: NOW.toISOString() } });
    const at = NOW.toISOString();
    const quarantine = {
      ...({ id: "q", subject: "rule", name: "insult", kind: "post", effect: "flag", at, until: at } as const),
      ...{ usual: 0.01, factor: 5, seen: 0.2, hits: 20, items: 100 },
    };
    await step({ v: 1, tenant: "acme", event: { id: "e1", type: "breaker.opened", at, quarantine } });
    expect(types()).toEqual(["case.opened", "breaker.opened"]);
  });

  it("has the same ids however often it comes, and others for other revisions and decisions", async () => {
    const { step, told } = matcher([ALL], [exampleCase()]);
    const ids = async (message: AlertMessage) => {
      told.length = 0;
      await step(message);
      return told.map(({ facts }) => facts.id);
    };
    const seen = [
      await ids(verdict()),
      await ids(decided()),
      await ids(decided({ event: "decision.undone", version: 3 })),
    ];
    expect(await ids(verdict())).toEqual(seen[0]);
    expect(await ids(decided())).toEqual(seen[1]);
    const other = await ids(verdict({ ref: { kind: "post", id: "post-1", revision: "r2" } }));
    expect(new Set([...seen.flat(), ...other]).size).toBe(4);
  });

  it("is nothing where nobody subscribed, and all where the tenant keeps a feed", async () => {
    const silent = matcher([ALL], [], { alerts: { places: [], allowed: [] } });
    await silent.step(verdict());
    expect(silent.told).toEqual([]);
    const feeding = matcher([], [], { alerts: { places: [], allowed: [] }, eventFeed: true });
    await feeding.step(verdict());
    expect(feeding.fed.map(({ type }) => type)).toEqual(["verdict.flagged"]);
  });

  it("is in the feed what was allowed only of the kinds that the tenant named, whatever subscriptions want", async () => {
    const wanting = exampleSubscription({ filter: { actions: ["allow"] } });
    const allowed = [
      verdict({ action: "allow" }),
      verdict({ action: "allow", ref: { kind: "review", id: "r", revision: "1" } }),
    ];
    const typesFed = async (feedAllowed: TenantSettings["feedAllowed"]) => {
      const { step, fed, told } = matcher([wanting], [], { eventFeed: true, feedAllowed });
      for (const message of allowed) await step(message);
      expect(told).toHaveLength(2);
      return fed.map(({ type, item }) => [type, item?.kind]);
    };
    expect(await typesFed([])).toEqual([]);
    expect(await typesFed(["review"])).toEqual([["verdict.allowed", "review"]]);
  });

  it("reaches the others where one cannot be told, and comes again for that one", async () => {
    const other = exampleSubscription({}, { id: subscriptionNo(2) });
    const { step, told, failing } = matcher([ALL, other]);
    failing.add(ALL.id);
    await expect(step(verdict())).rejects.toThrow("not told");
    expect(told.map(({ to }) => to)).toEqual([other.id]);
  });
});

describe("what is for more subscriptions than one run can tell", () => {
  const many = Array.from({ length: 250 }, (_, n) => exampleSubscription({}, { id: subscriptionNo(n) }));
  // In no order, as they are listed.
  const shuffled = many.map((_, n) => many[(n * 101) % many.length] ?? ALL);
  const ids = many.map(({ id }) => id);
  const feeding = { eventFeed: true } as const;

  /** Runs what was sent on until there is nothing left. @returns runs that there were */
  const toTheEnd = async (it: ReturnType<typeof matcher>, remainingMs?: () => number) => {
    let runs = 0;
    for (let next = it.sentOn.shift(); next; next = it.sentOn.shift()) {
      runs += 1;
      if (runs > 1_000) throw new Error("it never ends");
      await it.step(next.message, remainingMs);
    }
    return runs;
  };

  it("is sent on, and told to each once, and to the feed once", async () => {
    const it = matcher(shuffled, [], feeding);
    await it.step(verdict());
    expect(it.told).toHaveLength(100);
    expect(it.sentOn).toMatchObject([{ message: { subscriptions: { after: ids[99] } }, seconds: 0 }]);
    expect(await toTheEnd(it)).toBe(2);
    expect(it.told.map(({ to }) => to).sort()).toEqual(ids);
    expect(it.fed).toHaveLength(1);
  });

  it("is sent on when the run has little time left, with what was begun told", async () => {
    const it = matcher(shuffled);
    let asked = 0;
    await it.step(verdict(), () => (asked++ < 40 ? 7_000 : 5_000));
    expect(it.told.length).toBeLessThan(100);
    expect(it.sentOn).toMatchObject([{ message: { subscriptions: { after: ids[it.told.length - 1] } } }]);
    await toTheEnd(it);
    expect(it.told.map(({ to }) => to).sort()).toEqual(ids);
  });

  it("comes to its end though no run has any time", async () => {
    const it = matcher(shuffled);
    await it.step(verdict(), () => 0);
    expect(await toTheEnd(it, () => 0)).toBe(ids.length - 1);
    expect(it.told.map(({ to }) => to)).toEqual(ids);
  });

  it("comes again for those alone that could not be told, and goes on for the others", async () => {
    const it = matcher(shuffled);
    const bad = ids[7] ?? "";
    it.failing.add(bad);
    await it.step(verdict());
    expect(it.sentOn.map(({ message: { subscriptions }, seconds }) => [subscriptions, seconds > 0])).toEqual([
      [{ until: ids[99] }, true],
      [{ after: ids[99] }, false],
    ]);
    const [again, rest] = it.sentOn.splice(0);
    if (!again || !rest) throw new Error("not sent on");
    await expect(it.step(again.message)).rejects.toThrow("not told");
    expect(it.sentOn).toEqual([]);
    it.told.length = 0;
    await it.step(rest.message);
    await toTheEnd(it);
    expect(it.told.map(({ to }) => to)).toEqual(ids.slice(100));
    it.failing.clear();
    it.told.length = 0;
    await it.step(again.message);
    expect(it.told.map(({ to }) => to)).toEqual(ids.slice(0, 100));
  });

  it("is still each of a message's events to a platform's stream, whose place is never between them", async () => {
    const channel = { type: "webhook", url: "https://platform.example/in", stream: true };
    const places = ["verdict", "target"];
    const streams = ids.slice(0, 150).map((id) => exampleSubscription({ places, channel }, { id }));
    const it = matcher(streams);
    const ref = { kind: "review", id: "r", revision: "1" };
    await it.step(verdict({ ref, targetId: "hotel", labels: [labelled("rating_storm")] }));
    await toTheEnd(it);
    expect(it.told).toHaveLength(300);
    expect(new Set(it.told.map(({ to, facts }) => `${to} ${facts.type}`)).size).toBe(300);
  });

  it("fits the queue's schema, and no range that is no range does", () => {
    const message = { v: 1, verdict: exampleVerdict(), subscriptions: { after: ids[0], until: ids[9] } };
    expect(verdictMessage.parse(message)).toEqual(message);
    expect(decisionMessage.safeParse({ ...decided(), subscriptions: { after: "somebody" } }).success).toBe(false);
    expect(decisionMessage.safeParse({ ...decided(), subscriptions: {} }).success).toBe(true);
  });
});
