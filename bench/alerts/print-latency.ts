import { quantile } from "../../local/ledger.ts";
import { table } from "../table.ts";
import { HOPS, type Way } from "./hops.ts";
import type { MachineUse } from "./machine.ts";
import { type LatencyOptions, SCENARIOS, type ScenarioResult } from "./measure-latency.ts";
import { joined, type Segment } from "./segment.ts";

const GOAL_MS = 2_000;

const HOP_NAMES: Readonly<Record<keyof Way, string>> = {
  topic: "verdict → alerts queue",
  alertsQueue: "waiting for match-alerts",
  matching: "match-alerts, until queued",
  deliveriesQueue: "waiting for deliver",
  delivering: "deliver, until it arrives",
};

const sumOf = (values: readonly number[]): number => values.reduce((sum, one) => sum + one, 0);
const sum = (segments: readonly Segment[], of: (segment: Segment) => number): number => sumOf(segments.map(of));
const mean = (values: readonly number[]): number => sumOf(values) / values.length;
const at = (values: readonly number[], share: number): number => quantile(values, share) ?? Number.NaN;

export const quantilesOf = (waits: readonly number[]): number[] =>
  [0.5, 0.95, 0.99, 1].map((share) => at(waits, share));

/** One line of what the machine did meanwhile. */
export function useLine(uses: readonly MachineUse[]): string {
  const of = (name: keyof MachineUse): string => mean(uses.map((use) => use[name])).toFixed(1);
  return `of ${uses[0]?.cores} cores: cloud and bench ${of("cloud")}, receiver ${of("receiver")}, others ${of("others")}; load ${uses.map(({ load }) => load.toFixed(1)).join(", ")}`;
}

function printHops(ways: readonly Way[], out: (line: string) => void): void {
  const totals = ways.map((way) => sumOf(HOPS.map((hop) => way[hop])));
  const rows = HOPS.map((hop) => {
    const values = ways.map((way) => way[hop]).sort((a, b) => a - b);
    return [HOP_NAMES[hop], at(values, 0.5), at(values, 0.95), `${Math.round((100 * mean(values)) / mean(totals))}%`];
  });
  for (const line of table(["hop", "p50 ms", "p95 ms", "share of the mean"], rows)) out(line);
}

function printScenario(
  { name, segments, floors, coldMs }: ScenarioResult,
  { rate }: LatencyOptions,
  out: (line: string) => void,
): void {
  const { waits, sinceIntake, ways } = joined(segments);
  const floor = joined(floors).waits;
  out("");
  out(`${name}: ${SCENARIOS[name].what}`);
  const verdicts = sum(segments, ({ expected }) => expected?.verdicts ?? 0);
  const matched = sum(segments, ({ expected }) => expected?.matched ?? 0);
  const matches = sum(segments, ({ expected }) => expected?.matches ?? 0);
  const wanted = sum(segments, ({ expected }) => expected?.messages.size ?? 0);
  out(
    `  ${verdicts} verdicts at ${rate}/s; ${matched} wanted by somebody, by ${(matches / matched).toFixed(1)} subscriptions each; ${wanted} messages to webhooks, the others are counted in alerts or in the inbox`,
  );
  const rows = [
    ["verdict to first attempt", ...quantilesOf(waits)],
    ...(SCENARIOS[name].from === "intake" ? [["intake to first attempt", ...quantilesOf(sinceIntake)]] : []),
    ["floor", ...quantilesOf(floor)],
  ];
  for (const line of table(["ms", "p50", "p95", "p99", "longest"], rows)) out(line);
  const p95 = at(waits, 0.95);
  out(
    `  ratio to the floor: p50 ${(at(waits, 0.5) / at(floor, 0.5)).toFixed(1)}, p95 ${(p95 / at(floor, 0.95)).toFixed(1)}`,
  );
  out(`  p95 ≤ ${GOAL_MS} ms: ${p95 <= GOAL_MS ? "yes" : "NO"}`);
  out(
    `  missing ${sum(segments, ({ missing }) => missing)}, unexpected ${sum(segments, ({ unexpected }) => unexpected)}, repeats ${sum(segments, ({ repeats }) => repeats)}, signatures that do not hold ${sum(segments, ({ unsigned }) => unsigned)}; slowest of the warm-up, cold starts included: ${coldMs} ms`,
  );
  printHops(ways, out);
  const all = segments.flatMap(({ invocations }) => invocations);
  const rowsOfFunctions = [...Map.groupBy(all, (one) => one.name)].map(([of, own]) => {
    const count = sumOf(own.map((one) => one.count));
    const messages = sumOf(own.map((one) => one.messages));
    return [of, count, messages / count, sumOf(own.map((one) => one.meanMs * one.count)) / count];
  });
  for (const line of table(["function", "invocations", "messages each", "ms each"], rowsOfFunctions)) out(line);
  const cpuMs = sum(segments, (segment) => segment.cpuMs);
  const floorMs = sum(floors, (segment) => segment.cpuMs) / floor.length;
  out(
    `  processor time: ${(cpuMs / verdicts).toFixed(1)} ms a verdict, ${(cpuMs / waits.length).toFixed(1)} ms a message; the floor ${floorMs.toFixed(1)} ms a message`,
  );
  out(`  ${useLine(segments.map(({ machine }) => machine))}`);
  out(
    `  the sender was late by ${Math.max(...segments.map(({ pace }) => pace.late95)).toFixed(0)} ms (p95), ${Math.max(...segments.map(({ pace }) => pace.latest)).toFixed(0)} ms at the most, which counts as waiting`,
  );
}

/** Prints what was measured, with what it was measured on. */
export function printLatency(
  results: readonly ScenarioResult[],
  options: LatencyOptions,
  out: (line: string) => void,
): void {
  out(
    `From a verdict to the first attempt at its webhook: ${options.subscriptions} subscriptions, ${Math.round(options.share * 100)}% of verdicts flagged, ${options.seconds} s in ${options.rounds} rounds.`,
  );
  for (const result of results) printScenario(result, options, out);
  out("");
  out(
    "  floor    as many messages of the same size in the same bursts: SNS → SQS → a function that posts them, as often as",
  );
  out("           verdicts are told, without a table, a signature or a second queue; on the same parts, in turns");
  out(
    "  verdict  from the time at which it was due to be published (whole posts: at which it was made) until the request",
  );
  out("           reaches the receiver, a process of its own that checks each signature with the published library");
}
