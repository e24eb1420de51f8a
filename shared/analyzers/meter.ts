import { MetricUnit } from "@aws-lambda-powertools/metrics";
import { logger, metrics } from "../runtime/logger.ts";
import type { MissingReason } from "./analyzer.ts";

/** What is counted of second opinions: items that were asked about, withheld or left without an answer; requests; cost. */
export type Counted =
  | "SecondOpinionAsked"
  | "SecondOpinionWithheld"
  | "SecondOpinionMissing"
  | "ComprehendRequests"
  | "ComprehendFailures"
  /** Of 100 characters, of requests that were answered. */
  | "ComprehendUnits"
  /** Of requests that ended without an answer: whether they are charged only the bill says. */
  | "ComprehendUnitsUnsettled";

export interface Meter {
  count(what: Counted, by?: number): void;
  /** A request that failed, and whether the circuit opened for it; never anything of its text. */
  failed(call: string, reason: MissingReason, circuitOpened: boolean): void;
}

/** Counts as CloudWatch metrics of the function, failures also in its log. */
export const functionMeter: Meter = {
  count: (what, by = 1) => metrics.addMetric(what, MetricUnit.Count, by),
  failed: (call, reason, circuitOpened) => logger.warn("no answer from Comprehend", { call, reason, circuitOpened }),
};
