import { Duration } from "aws-cdk-lib";
import { Alarm, ComparisonOperator, type IMetric, Stats, TreatMissingData } from "aws-cdk-lib/aws-cloudwatch";
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

/** The alarms: each one's description says what its firing means and what to do. */
export class Alarms extends Construct {
  /** Work that waits too long, and any work that was given up. */
  watchQueue(queue: WorkQueue): void {
    this.add(`${queue.name}-age`, {
      metric: queue.queue.metricApproximateAgeOfOldestMessage({
        period: Duration.minutes(1),
        statistic: Stats.MAXIMUM,
      }),
      threshold: 300,
      periods: 3,
      meaning: `Messages of the queue ${queue.name} have waited over 5 minutes: its function is failing, throttled or too slow for what arrives. Look at the function's errors and duration; if both are normal, raise the mapping's maximum concurrency.`,
    });
    this.add(`${queue.name}-dead`, {
      metric: queue.dead.metricApproximateNumberOfMessagesVisible({
        period: Duration.minutes(1),
        statistic: Stats.MAXIMUM,
      }),
      threshold: 1,
      periods: 1,
      meaning: `At least one message of the queue ${queue.name} failed 5 times or can never succeed, so an item waits without its verdict or case. Read the function's log for the refusal, mend the cause, then redrive ${queue.name}-dead within 14 days.`,
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
      meaning: `The function ${fn.name} was not started for 10 minutes, so what a crash left unpublished stays unpublished. Look whether its schedule is enabled and its schedule's role may invoke it.`,
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
