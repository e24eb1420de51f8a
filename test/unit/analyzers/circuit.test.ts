import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { admit, type Circuit, CLOSED, type Pass, settle } from "../../../shared/analyzers/comprehend/circuit.ts";

const RULES = { failures: 3, openMs: 100, longestOpenMs: 1_000, probeMs: 50 };

/** A service and its callers: time passes, calls begin, and any call that is under way may end, well or not. */
const steps = fc.array(
  fc.oneof(
    fc.record({ kind: fc.constant("wait" as const), milliseconds: fc.integer({ min: 1, max: 400 }) }),
    fc.record({ kind: fc.constant("call" as const) }),
    fc.record({ kind: fc.constant("end" as const), which: fc.nat(), well: fc.boolean() }),
  ),
  { maxLength: 120 },
);

describe("the circuit", () => {
  it("never lets a call through while it is open, and one probe at a time after that", () => {
    fc.assert(
      fc.property(steps, (script) => {
        let now = 1;
        let circuit: Circuit = CLOSED;
        const underWay: Pass[] = [];
        for (const step of script) {
          if (step.kind === "wait") now += step.milliseconds;
          else if (step.kind === "call") {
            const before: Circuit = circuit;
            const { circuit: after, pass } = admit(RULES, before, now);
            circuit = after;
            if (before.kind === "closed") expect(pass).toEqual({});
            if (before.kind === "open") expect(pass !== undefined).toBe(now >= before.until);
            if (before.kind === "half_open") expect(pass !== undefined).toBe(now >= before.probeUntil);
            if (pass) underWay.push(pass);
          } else if (underWay.length > 0) {
            const [pass = {}] = underWay.splice(step.which % underWay.length, 1);
            const before: Circuit = circuit;
            circuit = settle(RULES, before, pass, step.well, now);
            if (before.kind === "open") expect(circuit).toEqual(before);
            if (before.kind === "half_open" && pass.probe !== before.probe) expect(circuit).toEqual(before);
            if (circuit.kind === "closed") expect(circuit.failures).toBeLessThan(RULES.failures);
            if (before.kind !== "open" && circuit.kind === "open") {
              expect(step.well).toBe(false);
              expect(circuit.until).toBeGreaterThan(now);
              expect(circuit.until).toBeLessThanOrEqual(now + RULES.longestOpenMs);
            }
          }
        }
      }),
    );
  });

  it("opens after failures in a row, not after as many with a success between", () => {
    const circuitAfter = (...ends: boolean[]) =>
      ends.reduce<Circuit>((circuit, well) => settle(RULES, circuit, {}, well, 0), CLOSED);
    expect(circuitAfter(false, false)).toEqual({ kind: "closed", failures: 2 });
    expect(circuitAfter(false, false, true, false, false).kind).toBe("closed");
    expect(circuitAfter(false, false, false)).toEqual({ kind: "open", until: 100, openings: 1 });
  });

  it("stays open twice as long each time that the probe fails, up to a limit, and forgets that when it closes", () => {
    let circuit: Circuit = { kind: "open", until: 0, openings: 1 };
    const waits: number[] = [];
    for (let now = 10_000; waits.length < 6; now += 10_000) {
      const { circuit: probing, pass = {} } = admit(RULES, circuit, now);
      circuit = settle(RULES, probing, pass, false, now);
      if (circuit.kind === "open") waits.push(circuit.until - now);
    }
    expect(waits).toEqual([200, 400, 800, 1_000, 1_000, 1_000]);
    const { circuit: probing, pass = {} } = admit(RULES, circuit, 1e9);
    expect(settle(RULES, probing, pass, true, 1e9)).toEqual(CLOSED);
  });

  it("tries again where a probe was never heard of", () => {
    const first = admit(RULES, { kind: "open", until: 0, openings: 1 }, 10);
    expect(admit(RULES, first.circuit, 59).pass).toBeUndefined();
    const second = admit(RULES, first.circuit, 60);
    expect(second.pass).toEqual({ probe: 60 });
    expect(settle(RULES, second.circuit, first.pass ?? {}, true, 61)).toEqual(second.circuit);
  });
});
