import { Duration } from "aws-cdk-lib";
import { Dashboard, GraphWidget, type IMetric, Metric, Stats, TextWidget } from "aws-cdk-lib/aws-cloudwatch";
import { Construct } from "constructs";
import type { Api } from "./api.ts";
import type { ServiceFunction } from "./service-function.ts";
import type { WorkQueue } from "./work-queue.ts";

export interface OverviewProps {
  readonly queues: readonly WorkQueue[];
  readonly functions: readonly ServiceFunction[];
  readonly api: Api;
  /** Functions that ask Comprehend; none where its switch is off. */
  readonly asking: readonly ServiceFunction[];
}

/** Steps behind queues, beside those that score. */
const OTHER_STEPS: ReadonlySet<string> = new Set(["open-case", "run-job", "match-alerts", "deliver", "deliver-again"]);
const MINUTE = { period: Duration.minutes(1) };
const HALF = 12;

const graph = (title: string, left: IMetric[], label: string): GraphWidget =>
  new GraphWidget({ title, left, leftYAxis: { label, min: 0, showUnits: false }, width: HALF, height: 6 });

/** What our functions count themselves (Powertools, embedded metric format). */
const counted = (fn: ServiceFunction, metricName: string): Metric =>
  new Metric({
    namespace: "Touchstone",
    metricName,
    dimensionsMap: { service: fn.name },
    statistic: Stats.SUM,
    label: fn.name,
    ...MINUTE,
  });

/** The one dashboard: does work flow, does anything fail, is anybody waiting. Read it from the top. */
export class Overview extends Construct {
  constructor(scope: Construct, id: string, { queues, functions, api, asking }: OverviewProps) {
    super(scope, id);
    const steps = functions.filter((fn) => fn.name.startsWith("score-") || OTHER_STEPS.has(fn.name));
    const named = (label: string) => ({ ...MINUTE, label, statistic: Stats.MAXIMUM });
    new Dashboard(this, "Dashboard", {
      widgets: [
        [
          new TextWidget({
            markdown:
              "**Is anybody waiting?** The oldest message of a healthy queue is seconds old. **Was anything given up?** A dead letter is an item without its verdict or case, or somebody who is not told: read its `reason`, mend the cause, redrive.",
            width: HALF * 2,
            height: 2,
          }),
        ],
        [
          graph(
            "Oldest message of each queue",
            queues.map(({ name, queue }) => queue.metricApproximateAgeOfOldestMessage(named(name))),
            "seconds",
          ),
          graph(
            "Dead letters",
            queues.map(({ name, dead }) => dead.metricApproximateNumberOfMessagesVisible(named(name))),
            "messages",
          ),
        ],
        [
          graph(
            "Messages handled",
            steps.map((fn) => counted(fn, "Handled")),
            "a minute",
          ),
          graph(
            "Messages tried again",
            steps.map((fn) => counted(fn, "Retried")),
            "a minute",
          ),
        ],
        [
          graph(
            "API: requests, refusals (4xx), failures (5xx)",
            [
              api.api.metricCount({ ...MINUTE, statistic: Stats.SUM, label: "requests" }),
              api.api.metricClientError({ ...MINUTE, statistic: Stats.SUM, label: "refusals" }),
              api.api.metricServerError({ ...MINUTE, statistic: Stats.SUM, label: "failures" }),
            ],
            "a minute",
          ),
          graph(
            "API: latency",
            [
              api.api.metricLatency({ ...MINUTE, statistic: Stats.p(50), label: "half are faster" }),
              api.api.metricLatency({ ...MINUTE, statistic: Stats.p(95), label: "95% are faster" }),
            ],
            "milliseconds",
          ),
        ],
        [
          graph(
            "Functions that threw or timed out",
            functions.map(({ name, lambda }) => lambda.metricErrors({ ...MINUTE, statistic: Stats.SUM, label: name })),
            "a minute",
          ),
          graph(
            "Longest run of each function",
            functions.map(({ name, lambda }) => lambda.metricDuration(named(name))),
            "milliseconds",
          ),
        ],
        ...(asking.length === 0
          ? []
          : [
              [
                graph(
                  "Posts left without an answer of Comprehend",
                  asking.map((fn) => counted(fn, "SecondOpinionMissing")),
                  "a minute",
                ),
                graph(
                  "Comprehend, units charged ($1 for 10,000)",
                  asking.map((fn) => counted(fn, "ComprehendUnits")),
                  "a minute",
                ),
              ],
            ]),
      ],
    });
  }
}
