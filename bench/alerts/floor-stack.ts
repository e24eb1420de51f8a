import { join } from "node:path";
import { App, CfnOutput, Stack } from "aws-cdk-lib";
import { Key } from "aws-cdk-lib/aws-kms";
import { Code } from "aws-cdk-lib/aws-lambda";
import { Bucket } from "aws-cdk-lib/aws-s3";
import { EventTopic } from "../../infra/constructs/event-topic.ts";
import { ServiceFunction } from "../../infra/constructs/service-function.ts";
import { WorkQueue } from "../../infra/constructs/work-queue.ts";
import type { SynthesisedStack } from "../../infra/synthesise.ts";
import { TIMEOUTS } from "../../infra/timeouts.ts";

/** The name of its function. */
export const FLOOR = "floor";
/** The output with its topic's ARN. */
export const FLOOR_TOPIC = "FloorTopic";

/** A topic, a queue and a function that posts what comes: the shortest way from a verdict to a receiver, without our logic. */
export function floorStack(): SynthesisedStack {
  const app = new App({ analyticsReporting: false, builtinCloudFormationValidation: false, treeMetadata: false });
  const stack = new Stack(app, "bench-floor");
  const topic = new EventTopic(stack, "Topic", { name: FLOOR, key: new Key(stack, "Key") });
  const queue = new WorkQueue(stack, "Queue", { name: FLOOR, consumerTimeout: TIMEOUTS.queue });
  topic.feeds(queue);
  const asset = `${FLOOR}.zip`;
  const fn = new ServiceFunction(stack, "Function", {
    name: FLOOR,
    code: Code.fromBucket(Bucket.fromBucketName(stack, "Assets", "assets"), asset),
    timeout: TIMEOUTS.queue,
  });
  queue.drainedBy(fn, { batch: 10, concurrency: 20 });
  new CfnOutput(stack, FLOOR_TOPIC, { value: topic.topic.topicArn });
  const { stackName: name, template } = app.synth().getStackByName(stack.stackName);
  return { name, template, assets: { [asset]: join(import.meta.dirname, "floor-function") } };
}
