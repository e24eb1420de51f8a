import type { Invocation, MissingReason } from "../analyzer.ts";
import type { Meter } from "../meter.ts";
import { admit, type Circuit, type CircuitRules, CLOSED, settle } from "./circuit.ts";
import { unitsOf } from "./cost.ts";
import { faultOf } from "./fault.ts";

export interface CallRules {
  readonly circuit: CircuitRules;
  /** Second attempts in one invocation, all its calls together. */
  readonly retries: number;
  /** Milliseconds that one attempt may take. */
  readonly attemptMs: number;
  /** Milliseconds of the invocation that are kept for what comes after the answer. */
  readonly reserveMs: number;
  /** Milliseconds before the first second attempt, at most; twice as many before each further one. */
  readonly backoffMs: number;
}

export interface CallPorts {
  readonly meter: Meter;
  /** Epoch milliseconds. */
  readonly now: () => number;
  readonly sleep: (milliseconds: number) => Promise<void>;
  /** From 0 up to, not including, 1. */
  readonly random: () => number;
}

export type Called<Answer> =
  | { readonly kind: "answer"; readonly answer: Answer }
  | { readonly kind: "missing"; readonly reason: MissingReason };

export interface Call<Answer> {
  readonly name: "toxicity" | "personal_data" | "language";
  /** Characters of all its texts: what it costs. */
  readonly characters: number;
  readonly attempt: (signal: AbortSignal) => Promise<unknown>;
  /** @throws MalformedAnswer */
  readonly parse: (raw: unknown) => Answer;
}

export type Caller = <Answer>(call: Call<Answer>, invocation: Invocation) => Promise<Called<Answer>>;

const isOpen = ({ kind }: Circuit): boolean => kind === "open";

/** Less time than this gives no answer, only a bill. */
const LEAST_ATTEMPT_MS = 50;

class TimedOut extends Error {
  override readonly name = "TimeoutError";
}

/** The SDK hears of the cut but may be reading a body that never ends: it is not waited for. */
async function within(milliseconds: number, attempt: (signal: AbortSignal) => Promise<unknown>): Promise<unknown> {
  const cut = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new TimedOut());
      cut.abort();
    }, milliseconds);
  });
  try {
    return await Promise.race([attempt(cut.signal), late]);
  } finally {
    clearTimeout(timer);
  }
}

/**
 * Makes calls that end in time, whatever the service does: each attempt is cut off, second attempts come out of one
 * budget for the whole invocation, and after failures in a row nothing is sent at all for a while. Never rejects.
 */
export function openCaller(rules: CallRules, { meter, now, sleep, random }: CallPorts): Caller {
  let circuit: Circuit = CLOSED;
  const spent = new WeakMap<Invocation, number>();

  async function attemptOf<Answer>(
    { characters, attempt, parse }: Call<Answer>,
    milliseconds: number,
  ): Promise<Answer> {
    const units = unitsOf(characters);
    meter.count("ComprehendRequests");
    try {
      const answer = parse(await within(milliseconds, attempt));
      meter.count("ComprehendUnits", units);
      return answer;
    } catch (error) {
      // An answer that cannot be read was an answer; of none at all only the bill says whether it was charged.
      const { reason } = faultOf(error);
      if (reason === "malformed_answer") meter.count("ComprehendUnits", units);
      if (reason === "timed_out" || reason === "unreachable") meter.count("ComprehendUnitsUnsettled", units);
      throw error;
    }
  }

  return async (call, invocation) => {
    for (let attempt = 0; ; attempt++) {
      const time = Math.min(rules.attemptMs, invocation.remainingMs() - rules.reserveMs);
      if (time < LEAST_ATTEMPT_MS) return { kind: "missing", reason: "out_of_time" };
      const admitted = admit(rules.circuit, circuit, now());
      circuit = admitted.circuit;
      if (!admitted.pass) return { kind: "missing", reason: "circuit_open" };
      try {
        const answer = await attemptOf(call, time);
        circuit = settle(rules.circuit, circuit, admitted.pass, true, now());
        return { kind: "answer", answer };
      } catch (error) {
        const fault = faultOf(error);
        const wasOpen = isOpen(circuit);
        circuit = settle(rules.circuit, circuit, admitted.pass, !fault.ofService, now());
        meter.count("ComprehendFailures");
        meter.failed(call.name, fault.reason, !wasOpen && isOpen(circuit));
        const used = spent.get(invocation) ?? 0;
        const again = fault.passing && used < rules.retries && !isOpen(circuit);
        if (!again) return { kind: "missing", reason: fault.reason };
        spent.set(invocation, used + 1);
        await sleep(random() * rules.backoffMs * 2 ** attempt);
      }
    }
  };
}
