import { Duration, RemovalPolicy } from "aws-cdk-lib";
import { EventSourceMapping } from "aws-cdk-lib/aws-lambda";
import { Queue, QueueEncryption } from "aws-cdk-lib/aws-sqs";
import { Construct } from "constructs";
import type { ServiceFunction } from "./service-function.ts";

export interface WorkQueueProps {
  /** Becomes the variable QUEUE_<NAME> of the functions that send to it. */
  readonly name: string;
  readonly consumerTimeout: Duration;
  /** How long a message may wait before somebody should look; 5 minutes if absent. */
  readonly mayWait?: Duration;
}

export interface Draining {
  /** Messages handed to one invocation at most. */
  readonly batch: number;
  /** Invocations at the same time at most (2 to 1,000). */
  readonly concurrency: number;
}

const RECEIVES_BEFORE_DEAD = 5;
/** AWS's advice for queues that feed Lambda: room for the retries of a throttled invocation. */
const VISIBILITY_PER_TIMEOUT = 6;

/**
 * A queue that feeds one function, with its dead-letter queue. What failed five times waits there for 14 days; the
 * queue itself keeps messages for 4, since a dead letter keeps the age that it came with.
 */
export class WorkQueue extends Construct {
  readonly name: string;
  readonly queue: Queue;
  readonly dead: Queue;
  readonly mayWait: Duration;
  private readonly visibility: Duration;

  constructor(scope: Construct, id: string, props: WorkQueueProps) {
    super(scope, id);
    this.name = props.name;
    this.mayWait = props.mayWait ?? Duration.minutes(5);
    this.visibility = Duration.seconds(props.consumerTimeout.toSeconds() * VISIBILITY_PER_TIMEOUT);
    const kept = { encryption: QueueEncryption.SQS_MANAGED, enforceSSL: true, removalPolicy: RemovalPolicy.RETAIN };
    this.dead = new Queue(this, "Dead", { ...kept, retentionPeriod: Duration.days(14) });
    this.queue = new Queue(this, "Queue", {
      ...kept,
      retentionPeriod: Duration.days(4),
      visibilityTimeout: this.visibility,
      deadLetterQueue: { queue: this.dead, maxReceiveCount: RECEIVES_BEFORE_DEAD },
    });
  }

  /** Lets the function send to the queue and tells it where. */
  filledBy(fn: ServiceFunction): void {
    fn.allow(["sqs:SendMessage"], [this.queue.queueArn]);
    fn.tell(`QUEUE_${this.name.toUpperCase()}`, this.queue.queueUrl);
  }

  /**
   * Hands the queue's messages to the function as they come, and lets it bury one straight away (a message that can
   * never succeed) or bring one back sooner.
   */
  drainedBy(fn: ServiceFunction, draining: Draining): void {
    if (this.visibility.toSeconds() < fn.timeout.toSeconds() * VISIBILITY_PER_TIMEOUT) {
      throw new Error(
        `queue ${this.name}: visibility of ${this.visibility.toSeconds()} s is under ${VISIBILITY_PER_TIMEOUT} times the timeout of ${fn.name}`,
      );
    }
    fn.allow(
      ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes", "sqs:ChangeMessageVisibility"],
      [this.queue.queueArn],
    );
    fn.allow(["sqs:SendMessage"], [this.dead.queueArn]);
    fn.tell("QUEUE_SELF", this.queue.queueUrl);
    fn.tell("QUEUE_DEAD", this.dead.queueUrl);
    new EventSourceMapping(fn, "Messages", {
      target: fn.lambda,
      eventSourceArn: this.queue.queueArn,
      batchSize: draining.batch,
      // No waiting for a fuller batch: the author of a post waits for its verdict.
      maxBatchingWindow: Duration.seconds(0),
      maxConcurrency: draining.concurrency,
      reportBatchItemFailures: true,
    });
  }
}
