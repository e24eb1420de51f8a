import { describe, expect, it } from "vitest";
import { checkInvariants } from "../../../bench/soak/invariants.ts";
import type { Observed } from "../../../bench/soak/observe.ts";
import { type Accepted, nameOf, noPromises } from "../../../bench/soak/promises.ts";
import { reportOf } from "../../../bench/soak/report.ts";
import { scheduleOf } from "../../../bench/soak/schedule.ts";
import { TARGET } from "../../../shared/store/review-kinds.ts";
import { pack } from "../../../shared/store/state-row.ts";

const post: Accepted = { kind: "post", id: "p1", revision: "r1" };
const review: Accepted = { kind: "review", id: "v1", revision: "r1" };
const follow: Accepted = { kind: "follow", id: "f1", revision: "r1", follows: { account: "a1", count: 3 } };

/** A target whose row has taken in its second log up to the fourth entry. */
const heat = { epoch: "e", rolledAt: 0, until: 0, seen: [0, 4] };
const comes = { event: { at: 1, rating: 4, firstReview: true } };

const promised = () => {
  const promises = noPromises("acme");
  for (const one of [post, review, follow]) promises.accepted.set(nameOf(one), one);
  promises.decisions.set("case-1", "decision-1");
  promises.poisons.add("poison");
  return promises;
};

const kept = () => {
  const verdict = { pk: "acme#post#p1", sk: "r1", state: "scored", verdict: { ref: { ...post }, action: "flag" } };
  const reflected = { pk: "acme#follow#f1", sk: "r1", state: "reflected" };
  const allowed = { ...verdict, pk: "acme#review#v1", verdict: { ref: { ...review }, action: "allow" } };
  const journal = {
    pk: "acme#journal#2026-11-22#post",
    sk: "2026-11-22T12:00:00.000Z#m",
    entries: pack([
      { ref: post, action: "flag" },
      { ref: post, action: "flag" },
      { ref: review, action: "allow" },
    ]),
  };
  const opened = {
    pk: "acme#case-1",
    sk: "case",
    case: { id: "case-1", ref: { ...post }, decision: { id: "decision-1" } },
  };
  return {
    verdicts: [verdict, reflected, allowed, journal] as Record<string, unknown>[],
    cases: [opened] as Record<string, unknown>[],
    signals: [
      { pk: "acme#account#a1", sk: "state", state: pack({ follows: 3 }) },
      { pk: "acme#target#t1", sk: "state", state: pack(TARGET.after(undefined, [])), heat },
      { pk: "acme#target#t1#e#1", sk: "0000000004", events: pack([["old", comes]]) },
      { pk: "acme#target#t1#e#1", sk: "0000000005", events: pack([["new", comes]]) },
    ] as Record<string, unknown>[],
    dead: [{ queue: "QueuePosts", body: "poison", reason: "message_not_json" }] as Observed["dead"][number][],
  };
};

/** The places, from 0, of the invariants that are broken. */
const brokenBy = (change: (observed: ReturnType<typeof kept>) => void): number[] => {
  const observed = kept();
  change(observed);
  return checkInvariants(promised(), observed).flatMap(({ violations }, place) =>
    violations.length > 0 ? [place] : [],
  );
};

describe("the invariants", () => {
  it("hold where every promise is kept", () => {
    expect(brokenBy(() => {})).toEqual([]);
    expect(checkInvariants(promised(), kept()).map(({ checked }) => checked)).toEqual([2, 3, 1, 1, 1, 1, 2]);
  });

  it.each<[string, (observed: ReturnType<typeof kept>) => void, number[]]>([
    ["a verdict is missing", ({ verdicts }) => verdicts.shift(), [0, 2]],
    ["a review is not counted", ({ signals }) => signals.pop(), [5]],
    ["a review is counted twice", ({ signals }) => signals.push({ ...signals.at(-1), sk: "0000000006" }), [5]],
    ["a verdict is there twice", ({ verdicts }) => verdicts.push({ ...verdicts[0], sk: "r1 again" }), [0]],
    ["a follow message is not reflected", ({ verdicts }) => verdicts.splice(1, 1), [1]],
    [
      "an account counts twice",
      ({ signals }) => signals.splice(0, 1, { ...signals[0], state: pack({ follows: 6 }) }),
      [1],
    ],
    ["a verdict is not in the journal", ({ verdicts }) => verdicts.pop(), [6]],
    [
      "the journal says otherwise",
      ({ verdicts }) => verdicts.push({ pk: "acme#journal#d", entries: pack([{ ref: post, action: "hold" }]) }),
      [6],
    ],
    ["a case is missing", ({ cases }) => cases.pop(), [2, 3]],
    ["an item has two cases", ({ cases }) => cases.push({ ...cases[0], pk: "acme#case-2" }), [2]],
    ["an event is owed", ({ cases }) => cases.splice(0, 1, { ...cases[0], owes: "decision-1" }), [3]],
    ["a poison is nowhere", ({ dead }) => dead.pop(), [4]],
    ["a poison has no reason", ({ dead }) => dead.splice(0, 1, { queue: "q", body: "poison", reason: undefined }), [4]],
    ["another message is dead", ({ dead }) => dead.push({ queue: "q", body: "good", reason: "failed.Error" }), [4]],
  ])("see that %s", (_, change, places) => {
    expect(brokenBy(change)).toEqual(places);
  });
});

it("the report says what broke, and that something did", () => {
  const observed = kept();
  observed.dead.pop();
  const { text, held } = reportOf(checkInvariants(promised(), observed), new Map([["kill -9", 2]]), new Map());
  expect(held).toBe(false);
  expect(text).toMatch(/BROKEN +1 × the dead letters/);
  expect(text).toContain("2 × kill -9");
  expect(reportOf(checkInvariants(promised(), kept()), new Map(), new Map()).held).toBe(true);
});

it("the schedule is the seed's, has every kind of step and fits its time", () => {
  expect(scheduleOf(3, 300)).toEqual(scheduleOf(3, 300));
  expect(scheduleOf(3, 300)).not.toEqual(scheduleOf(4, 300));
  const steps = scheduleOf(3, 300);
  expect(new Set(steps.map(({ kind }) => kind))).toEqual(new Set(["kill", "poison", "behave"]));
  expect(steps.reduce((sum, { seconds }) => sum + seconds, 0)).toBeLessThan(300);
});
