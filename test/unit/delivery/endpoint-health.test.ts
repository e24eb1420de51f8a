import { describe, expect, it } from "vitest";
import {
  afterEnd,
  afterSign,
  circuitOf,
  type EndpointHealth,
  isTroubled,
  WELL,
} from "../../../shared/delivery/endpoint-health.ts";

const START = Date.parse("2026-11-23T00:00:00Z");
const at = (seconds: number) => new Date(START + seconds * 1000);
const QUICK = 2_000;
const GONE = { isGone: true, changedAt: at(-999).toISOString() };
const fail = (health: EndpointHealth, seconds: number, retryAfter?: number): EndpointHealth =>
  afterSign(
    health,
    { kind: "failed", began: at(seconds), ...(retryAfter !== undefined && { retryAfter }) },
    at(seconds),
    QUICK,
  );
const failing = (times: number): EndpointHealth => {
  let health = WELL;
  for (let time = 0; time < times; time += 1) health = fail(health, time);
  return health;
};

describe("an endpoint's circuit", () => {
  it("writes nothing while all is well", () => {
    expect(afterSign(WELL, { kind: "well", ms: 50 }, at(0), QUICK)).toBe(WELL);
    expect(isTroubled(WELL)).toBe(false);
  });

  it("is in trouble after one failure, and opens after three", () => {
    expect(isTroubled(failing(1))).toBe(true);
    expect(circuitOf(failing(2), at(3)).kind).toBe("closed");
    expect(circuitOf(failing(3), at(3))).toEqual({ kind: "open", until: at(2 + 15) });
  });

  it("counts what failed side by side once", () => {
    let health = WELL;
    for (let request = 0; request < 10; request += 1)
      health = afterSign(health, { kind: "failed", began: at(0) }, at(1), QUICK);
    expect(health.failures).toBe(1);
  });

  it("lets one try after its time, and stays open for all others meanwhile", () => {
    const health = failing(3);
    const circuit = circuitOf(health, at(60));
    expect(circuit.kind).toBe("probe");
    if (circuit.kind !== "probe") return;
    expect(circuitOf(circuit.health, at(60)).kind).toBe("open");
    // What was under way before somebody set out to try says nothing.
    expect(afterSign(circuit.health, { kind: "failed", began: at(59) }, at(61), QUICK)).toBe(circuit.health);
    const worse = afterSign(circuit.health, { kind: "failed", began: at(60) }, at(70), QUICK);
    expect(worse).toMatchObject({ failures: 4, openUntil: at(70 + 30).toISOString() });
    expect(afterSign(circuit.health, { kind: "well", ms: 5 }, at(61), QUICK)).toEqual(WELL);
    // Whoever tried died: another tries.
    expect(circuitOf(circuit.health, at(60 + 30)).kind).toBe("probe");
  });

  it("waits longer each time, an hour at most", () => {
    const waits = Array.from({ length: 15 }, (_, index) => {
      const health = failing(index + 3);
      return (Date.parse(health.openUntil ?? "") - at(index + 2).getTime()) / 1000;
    });
    expect(waits).toEqual([...waits].sort((a, b) => a - b));
    expect(waits.at(-1)).toBe(3_600);
  });

  it("rests as long as a receiver asks, an hour at most, from its first refusal on", () => {
    expect(circuitOf(fail(WELL, 0, 120), at(119))).toEqual({ kind: "open", until: at(120) });
    expect(circuitOf(fail(WELL, 0, 1_000_000), at(0))).toEqual({ kind: "open", until: at(3_600) });
  });

  it("remembers who is slow, until it is quick again", () => {
    const slow = afterSign(WELL, { kind: "slow" }, at(0), QUICK);
    expect(isTroubled(slow)).toBe(true);
    expect(circuitOf(slow, at(0)).kind).toBe("closed");
    expect(afterSign(slow, { kind: "well", ms: 5_000 }, at(1), QUICK)).toBe(slow);
    expect(afterSign(slow, { kind: "well", ms: 100 }, at(1), QUICK)).toEqual(WELL);
    expect(afterSign(WELL, { kind: "well", ms: 5_000 }, at(1), QUICK)).toEqual(slow);
  });

  it("is to end after three days of failures, not after a few of them or a short while, or when it says so", () => {
    const endOf = (health: EndpointHealth, seconds: number, isGone = false, changed = -999) =>
      afterEnd(health, { isGone, version: 4, changedAt: at(changed).toISOString() }, at(seconds)).ended;
    const ended = (why: "failing" | "gone", seconds: number) => ({ why, at: at(seconds).toISOString(), version: 4 });
    expect(endOf(failing(20), 3 * 86_400)).toEqual(ended("failing", 3 * 86_400));
    expect(endOf(failing(20), 2 * 86_400)).toBeUndefined();
    expect(endOf(failing(10), 10 * 86_400)).toBeUndefined();
    expect(endOf(WELL, 10 * 86_400)).toBeUndefined();
    // Who resumes it gives it three days more.
    expect(endOf(failing(20), 4 * 86_400, false, 2 * 86_400)).toBeUndefined();
    expect(endOf(failing(20), 5 * 86_400, false, 2 * 86_400)).toEqual(ended("failing", 5 * 86_400));
    expect(endOf(failing(1), 5, true)).toEqual(ended("gone", 5));
  });

  it("ends once in each version of its subscription, whoever finds it again, and is well after a success", () => {
    const first = afterEnd(failing(1), { ...GONE, version: 4 }, at(5));
    expect(afterEnd(first, { ...GONE, version: 4 }, at(9))).toBe(first);
    const second = afterEnd(first, { ...GONE, version: 5 }, at(9));
    expect(second.ended).toEqual({ why: "gone", at: at(9).toISOString(), version: 5 });
    expect(afterSign(second, { kind: "well", ms: 5 }, at(10), QUICK)).toEqual(WELL);
  });
});
