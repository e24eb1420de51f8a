import { vi } from "vitest";
import type { Invocation, Question, TextItem } from "../../../shared/analyzers/analyzer.ts";
import { type CallRules, openCaller } from "../../../shared/analyzers/comprehend/caller.ts";
import { comprehendAnalyzer } from "../../../shared/analyzers/comprehend/comprehend-analyzer.ts";
import { comprehendApi } from "../../../shared/analyzers/comprehend/comprehend-api.ts";
import type { Counted, Meter } from "../../../shared/analyzers/meter.ts";

export const QUICK: CallRules = {
  circuit: { failures: 5, openMs: 1_000, longestOpenMs: 60_000, probeMs: 500 },
  retries: 3,
  attemptMs: 250,
  reserveMs: 0,
  backoffMs: 4,
};

/** Counts in memory. */
export function memoryMeter() {
  const counts: Partial<Record<Counted, number>> = {};
  const failures: { readonly call: string; readonly reason: string; readonly circuitOpened: boolean }[] = [];
  const meter: Meter = {
    count(what, by = 1) {
      counts[what] = (counts[what] ?? 0) + by;
    },
    failed: (call, reason, circuitOpened) => void failures.push({ call, reason, circuitOpened }),
  };
  return { meter, failures, of: (what: Counted) => counts[what] ?? 0 };
}

export const run = (milliseconds = 5_000): Invocation => {
  const end = Date.now() + milliseconds;
  return { remainingMs: () => end - Date.now() };
};

export const about = (...questions: Question[]): ReadonlySet<Question> => new Set(questions);
export const TOXICITY = about("toxicity");

export const textItem = (text: string, more: Partial<TextItem> = {}): TextItem => ({
  input: { text, media: 0, audience: "general", visibility: "public" },
  conversation: "acme#thread#square#t1",
  createdAt: "2026-11-22T12:00:00Z",
  mayLeave: true,
  language: "en",
  ...more,
});

/** The adapter over the SDK and HTTP, on an endpoint; time for the circuit stands still unless it is moved. */
export function askingAt(endpoint: string, rules: Partial<CallRules> = {}, lingerMs = 10) {
  vi.stubEnv("AWS_ENDPOINT_URL_COMPREHEND", endpoint);
  vi.stubEnv("AWS_REGION", "eu-west-1");
  vi.stubEnv("AWS_ACCESS_KEY_ID", "AKIATEST");
  vi.stubEnv("AWS_SECRET_ACCESS_KEY", "none");
  const counted = memoryMeter();
  let time = 0;
  const call = openCaller(
    { ...QUICK, ...rules },
    {
      meter: counted.meter,
      now: () => time,
      sleep: (milliseconds) => new Promise((done) => setTimeout(done, milliseconds)),
      random: () => 0.5,
    },
  );
  const analyze = comprehendAnalyzer(comprehendApi(), call, { lingerMs });
  return {
    analyze,
    ...counted,
    later(milliseconds: number) {
      time += milliseconds;
    },
  };
}
