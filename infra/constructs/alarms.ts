import { Duration } from "aws-cdk-lib";
import {
  Alarm,
  ComparisonOperator,
  type IMetric,
  MathExpression,
  Metric,
  Stats,
  TreatMissingData,
} from "aws-cdk-lib/aws-cloudwatch";
import { Construct } from "constructs";
import type { Api } from "./api.ts";
import type { ServiceFunction } from "./service-function.ts";
import type { WorkQueue } from "./work-queue.ts";

interface Rule {
  readonly metric: IMetric;
  readonly threshold: number;
  /** Periods in a row that must be over (or under) the threshold. */
  readonly periods: number;
  /** What firing means and what to do, for someone woken by it. */
  readonly meaning: string;
  readonly below?: boolean;
}

/** Units of Comprehend that a quiet hour stays under; one is a hundredth of a cent. */
const UNITS_AN_HOUR = 100_000;

/** What several functions count themselves under one name, together. */
function counted(functions: readonly ServiceFunction[], metricName: string, period: Duration): IMetric {
  const metrics = functions.map(({ name }, index): [string, IMetric] => [
    `m${index}`,
    new Metric({ namespace: "Touchstone", metricName, dimensionsMap: { service: name }, statistic: Stats.SUM, period }),
  ]);
  // A function that has not asked yet has no such metric.
  const sum = metrics.map(([id]) => `FILL(${id}, 0)`).join(" + ");
  return new MathExpression({ expression: sum, usingMetrics: Object.fromEntries(metrics), period, label: metricName });
}

/** The alarms: each one's description says what its firing means and what to do. */
export class Alarms extends Construct {
  /** Work that waits too long, and any work that was given up. */
  watchQueue(queue: WorkQueue): void {
    this.add(`${queue.name}-age`, {
      metric: queue.queue.metricApproximateAgeOfOldestMessage({
        period: Duration.minutes(1),
        statistic: Stats.MAXIMUM,
      }),
      threshold: queue.mayWait.toSeconds(),
      periods: 3,
      meaning: `Messages of the queue ${queue.name} have waited over ${queue.mayWait.toMinutes()} minutes: its function is failing, throttled or too slow for what arrives. Look at the function's errors and duration; if both are normal, raise the mapping's maximum concurrency.`,
    });
    this.add(`${queue.name}-dead`, {
      metric: queue.dead.metricApproximateNumberOfMessagesVisible({
        period: Duration.minutes(1),
        statistic: Stats.MAXIMUM,
      }),
      threshold: 1,
      periods: 1,
      meaning: `At least one message of the queue ${queue.name} failed 5 times or can never succeed, so an item waits without its verdict or case (in the queue jobs: a day of a backtest or undo is not done; in alerts, deliveries and retries: somebody is not told). Read the function's log for the refusal, mend the cause, then redrive ${queue.name}-dead within 14 days.`,
    });
  }

  /** A function that throws or runs out of time. */
  watchFunction(fn: ServiceFunction): void {
    this.add(`${fn.name}-errors`, {
      metric: fn.lambda.metricErrors({ period: Duration.minutes(5), statistic: Stats.SUM }),
      threshold: 5,
      periods: 1,
      meaning: `The function ${fn.name} threw or timed out 5 times in 5 minutes; refusals are answers and do not count. Search its log for level ERROR and compare with the time of the last deployment; if they match, deploy the version before.`,
    });
  }

  /** Answers of 500 and above: a handler's surprises, which are caught and so are no errors of its function. */
  watchApi({ api }: Api): void {
    this.add("api-5xx", {
      metric: api.metricServerError({ period: Duration.minutes(5), statistic: Stats.SUM }),
      threshold: 5,
      periods: 1,
      meaning:
        "The API answered 5 requests with 500 or above in 5 minutes: platforms see failures and will send again. Find the route in the access log, then search its function's log for level ERROR; if it began with a deployment, deploy the version before.",
    });
  }

  /** A scheduled function that is not run, which no error shows. */
  watchSchedule(fn: ServiceFunction): void {
    this.add(`${fn.name}-silent`, {
      metric: fn.lambda.metricInvocations({ period: Duration.minutes(5), statistic: Stats.SUM }),
      threshold: 1,
      periods: 2,
      below: true,
      meaning: `The function ${fn.name} was not started for 10 minutes, so what it takes up (events that a crash left unpublished; late retries, digests and duties) stays where it is. Look whether its schedule is enabled and its schedule's role may invoke it.`,
    });
  }

  /** What the flood breaker holds, and whether it can see anything. */
  watchFlow(functions: readonly ServiceFunction[]): void {
    this.add("breaker-opened", {
      metric: counted(functions, "BreakerOpened", Duration.minutes(5)),
      threshold: 1,
      periods: 1,
      meaning:
        "The share of a rule or label left its usual band at some tenant and is held at flag for a day. Look at `touchstone policy quarantines`: if a flood is under way, leave it held; if the rule is wrong, roll its policy back; if all is right as it is, `touchstone policy reset`.",
    });
    this.add("flow-unwatched", {
      metric: counted(functions, "FlowUnwatched", Duration.minutes(5)),
      threshold: 5,
      periods: 2,
      meaning:
        "Counts of what flows could not be written or compared for ten minutes: the flood breaker sees nothing, while verdicts are made as ever. Look for `the flow was not watched` in the scoring functions' logs and at the table of signals.",
    });
  }

  /** Stored policies that the deployed code cannot use. */
  watchPolicies(functions: readonly ServiceFunction[]): void {
    this.add("policies-unusable", {
      metric: counted(functions, "PoliciesUnusable", Duration.minutes(5)),
      threshold: 1,
      periods: 1,
      meaning:
        "A tenant's active policies cannot be used by the deployed code, so its items are judged by the policies before or by the built-in one. Look for `policies cannot be used` in the scoring functions' logs: it names tenant, policy and version. If it began with a deployment, deploy the version before; else roll the policy back.",
    });
  }

  /** Comprehend not answering, and what it costs: both of all functions that ask it. */
  watchSecondOpinion(functions: readonly ServiceFunction[]): void {
    this.add("second-opinion-missing", {
      metric: counted(functions, "SecondOpinionMissing", Duration.minutes(5)),
      threshold: 20,
      periods: 3,
      meaning:
        "Comprehend left 20 or more posts without an answer in each of three times 5 minutes: their verdicts are the embedded analyzer's and say degraded. Look for `no answer from Comprehend` in the logs of score-post and score; throttled asks for a higher quota or a narrower band, access_denied for the role's grants.",
    });
    this.add("second-opinion-cost", {
      metric: counted(functions, "ComprehendUnits", Duration.hours(1)),
      threshold: UNITS_AN_HOUR,
      periods: 1,
      meaning: `Comprehend was charged ${UNITS_AN_HOUR} units ($${UNITS_AN_HOUR / 10_000}) or more within an hour, over $${(UNITS_AN_HOUR * 720) / 10_000} a month if it stays so. Compare SecondOpinionAsked with the posts handled; narrow the context comprehendBand or switch comprehend off, and deploy.`,
    });
  }

  private add(id: string, rule: Rule): void {
    new Alarm(this, id, {
      metric: rule.metric,
      threshold: rule.threshold,
      evaluationPeriods: rule.periods,
      alarmDescription: rule.meaning,
      comparisonOperator: rule.below
        ? ComparisonOperator.LESS_THAN_THRESHOLD
        : ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      treatMissingData: rule.below ? TreatMissingData.BREACHING : TreatMissingData.NOT_BREACHING,
    });
  }
}
