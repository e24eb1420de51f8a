import { judge, readPolicy } from "../gate/policy.ts";
import type { DeclaredFunction } from "../lambda/plans.ts";
import { eventSourceMapping } from "../template/kinds/functions.ts";
import { queue } from "../template/kinds/queues.ts";
import type { Declarations } from "../template/read.ts";
import { TemplateRefused } from "../template/world.ts";
import type { MappingPlan } from "./mapping.ts";

export interface DeclaredMapping {
  plan: MappingPlan;
  /** ARN of the function that it feeds. */
  functionArn: string;
}

const needed = ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"];

/**
 * The stacks' event-source mappings.
 * @param concurrencyOf invocations of a function at the same time at most, where the template allows more
 * @throws TemplateRefused as AWS would: the role may not consume the queue, or its visibility is under the time-out
 */
export function mappingPlans(
  declarations: Declarations,
  functions: readonly DeclaredFunction[],
  concurrencyOf: (name: string) => number,
): DeclaredMapping[] {
  return declarations.of(eventSourceMapping).map(({ stack, logicalId, properties }) => {
    const where = `${stack}/${logicalId}`;
    const source = declarations.of(queue).find(({ attributes }) => attributes.Arn === properties.EventSourceArn);
    if (source === undefined)
      throw new TemplateRefused(`${where}: no stack declares the queue ${properties.EventSourceArn}`);
    const target = functions.find(({ plan }) => [plan.arn, plan.physicalName].includes(properties.FunctionName));
    if (target === undefined)
      throw new TemplateRefused(`${where}: no stack declares the function ${properties.FunctionName}`);
    const statements = target.caller.policies.flatMap((one) => readPolicy(one.document, one.where));
    for (const action of needed) {
      if (judge(statements, action, properties.EventSourceArn) === "allowed") continue;
      throw new TemplateRefused(`${where}: the role of ${target.plan.name} does not grant ${action} on the queue`);
    }
    if ((source.properties.VisibilityTimeout ?? 30) < target.plan.timeoutSeconds) {
      throw new TemplateRefused(`${where}: the queue's visibility timeout is under the function's time-out`);
    }
    if (properties.BatchSize > 10 && properties.MaximumBatchingWindowInSeconds === 0) {
      throw new TemplateRefused(`${where}: a batch of more than 10 needs a batching window`);
    }
    const most = concurrencyOf(target.plan.name);
    return {
      functionArn: target.plan.arn,
      plan: {
        queueUrl: source.ref,
        queueArn: properties.EventSourceArn,
        batchSize: properties.BatchSize,
        windowSeconds: properties.MaximumBatchingWindowInSeconds,
        concurrency: Math.min(properties.ScalingConfig?.MaximumConcurrency ?? most, most),
        reportsFailures: properties.FunctionResponseTypes.length > 0,
      },
    };
  });
}
