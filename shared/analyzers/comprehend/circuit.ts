/** How a circuit breaker behaves. */
export interface CircuitRules {
  /** Failures in a row that open it. */
  readonly failures: number;
  /** Milliseconds that it stays open the first time; twice as long each time that the probe fails. */
  readonly openMs: number;
  readonly longestOpenMs: number;
  /** Milliseconds that a probe may take; after that another is let through. */
  readonly probeMs: number;
}

/** Times are epoch milliseconds. */
export type Circuit =
  | { readonly kind: "closed"; readonly failures: number }
  | { readonly kind: "open"; readonly until: number; readonly openings: number }
  | { readonly kind: "half_open"; readonly probe: number; readonly probeUntil: number; readonly openings: number };

export const CLOSED: Circuit = { kind: "closed", failures: 0 };

/** `probe`: the pass's number where the call is the one that tries whether the service is back. */
export type Pass = { readonly probe?: number };

const probing = (rules: CircuitRules, openings: number, now: number): { circuit: Circuit; pass: Pass } => ({
  circuit: { kind: "half_open", probe: now, probeUntil: now + rules.probeMs, openings },
  pass: { probe: now },
});

/** May a call be made now? Without a pass it may not. Pure. */
export function admit(
  rules: CircuitRules,
  circuit: Circuit,
  now: number,
): { readonly circuit: Circuit; readonly pass?: Pass } {
  switch (circuit.kind) {
    case "closed":
      return { circuit, pass: {} };
    case "open":
      return now < circuit.until ? { circuit } : probing(rules, circuit.openings, now);
    case "half_open":
      return now < circuit.probeUntil ? { circuit } : probing(rules, circuit.openings, now);
  }
}

const opened = (rules: CircuitRules, openings: number, now: number): Circuit => ({
  kind: "open",
  until: now + Math.min(rules.longestOpenMs, rules.openMs * 2 ** Math.min(openings, 30)),
  openings: openings + 1,
});

/**
 * What a call's end makes of the circuit. While it is not closed only the probe's end counts: calls that were under way
 * when it opened say nothing new. Pure.
 */
export function settle(rules: CircuitRules, circuit: Circuit, pass: Pass, well: boolean, now: number): Circuit {
  if (circuit.kind === "open") return circuit;
  if (circuit.kind === "half_open") {
    if (pass.probe !== circuit.probe) return circuit;
    return well ? CLOSED : opened(rules, circuit.openings, now);
  }
  if (well) return CLOSED;
  const failures = circuit.failures + 1;
  return failures < rules.failures ? { kind: "closed", failures } : opened(rules, 0, now);
}
